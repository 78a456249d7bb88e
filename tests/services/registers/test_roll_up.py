"""户 → 组 → 村 → 镇: whatever is registered, every sum is that of the rows below it."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_desktop.services import offices, registers, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Filter, Query
from fupin_desktop.services.registers.by_village import by_village
from tests.storage.office_file import NOW

PLACES = (("塘㙍镇", "低岭村"), ("塘㙍镇", "那罗村"), ("覃巴镇", "那吉村"))
HOUSES = 7
MEMBERS = next(one.heading for one in registers.columns(HOUSEHOLDS) if one.key == "members")
ONE = st.tuples(
    st.sampled_from([village for _, village in PLACES]),
    st.sampled_from(["一组", "二组", ""]),
    st.integers(0, 99_999),
    st.integers(0, 9),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    made = open_workbench(tmp_path_factory.mktemp("roll") / "office", clock=lambda: NOW)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    for town, name in PLACES:
        villages.add(made, villages.VillageForm(name, town=town))
    for place in range(HOUSES):
        assert registers.add(made, HOUSEHOLDS, {"code": f"R{place}", "head_name": f"户{place}", "village": "低岭村"}).change
    yield made
    made.close()


def figures(bench, **query):
    """Number, persons and area of some rows."""
    found = registers.totals(bench, Query(HOUSEHOLDS, 2026, **query))
    members, area = (found.sums[name].replace(",", "") or "0" for name in ("members", "area_total"))
    return found.count, int(members), Decimal(area)


def added(rows):
    return len(rows), sum(row[3] for row in rows), Decimal(sum(row[2] for row in rows)) / 1000


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ONE, min_size=HOUSES, max_size=HOUSES))
def test_every_sum_is_that_of_the_rows_below_it(bench, rows):
    keys = registers.all_keys(bench, Query(HOUSEHOLDS, 2026, sort=(("code", False),)))
    edits = [
        CellEdit(key, column, text)
        for key, (village, group, area, members) in zip(keys, rows, strict=True)
        for column, text in (
            ("village", village), ("group_name", group), ("area", f"{Decimal(area) / 1000}"), ("members", str(members)),
        )
    ]  # fmt: skip
    registers.set_cells(bench, HOUSEHOLDS, edits)
    groups, of_villages = defaultdict(list), defaultdict(list)
    for row in rows:
        groups[row[0], row[1]].append(row)
        of_villages[row[0]].append(row)
    for (village, group), below in groups.items():
        only = Filter("group_name", (group,)) if group else Filter("group_name", blank=True)
        assert figures(bench, village=village, filters=(only,)) == added(below)
    for village, below in of_villages.items():
        assert figures(bench, village=village) == added(below)
    assert figures(bench) == added(rows)
    table = by_village(bench, Query(HOUSEHOLDS, 2026))
    at = [table.headings.index(one) for one in ("数量(户)", MEMBERS)]
    by_name = {row[1]: [int(row[place].replace(",", "") or 0) for place in at] for row in table.rows if row[1] not in ("小计", "")}
    assert by_name == {village: list(added(below)[:2]) for village, below in of_villages.items()}
    towns = {row[0]: int(row[at[0]]) for row in table.rows if row[1] == "小计"}
    town_of, wanted = {name: town for town, name in PLACES}, defaultdict(int)
    for village, below in of_villages.items():
        wanted[town_of[village]] += len(below)
    assert towns == (dict(wanted) if len(wanted) > 1 else {})
    assert [int(table.rows[-1][place]) for place in at] == list(added(rows)[:2])
