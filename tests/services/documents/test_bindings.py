"""The bindings that forms may name: all of the list are there, and each gives a value of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop import paths
from fupin_desktop.documents.definition.binding_types import COLUMNS, OFFERS
from fupin_desktop.documents.definition.binding_types import TYPES as TYPES_OF_NAMES
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.services import documents, villages
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.bindings import BINDINGS, value_of
from fupin_desktop.services.documents.context import Context, Subject
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.documents.office import HOUSEHOLD, VILLAGE
from tests.services.register_office import to_qingyuan

SUMS = {"investment.total", "funds.total"}
TYPES = {"text": str, "long": str, "phone": str, "count": int, "area": Decimal, "money": Decimal, "date": date, "list": list}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path)
    form = villages.VillageForm(
        "低岭村", assisting_unit="湛江市财政局", leader="陈观保", leader_phone="13822541234", team_leader="林队长",
        team_phone="0759-5591001", poor_village=True, total_households=486, total_persons=1932,
    )
    villages.update(made, office.village_key(made), form)
    yield made
    made.close()


def listed() -> set[str]:
    text = (paths.forms() / "BINDINGS.md").read_text("utf-8")
    return set(re.findall(r"`((?:document|office|checks|village|town|register|area|household|award|ledger)\.[a-z_]+)`", text))


def test_every_listed_binding_is_there_and_no_other() -> None:
    assert listed() == set(BINDINGS)


def listed_types() -> dict[str, str]:
    """Name and type in each line of the page, where one type stands for all names of a line or each has its own."""
    found = {}
    for line in (paths.forms() / "BINDINGS.md").read_text("utf-8").splitlines():
        names, kinds, *_ = (*line.strip("|").split("|"), "", "")
        written = re.findall(r"`([a-z_]+\.[a-z_]+)`", names)
        parts = [part.strip() for part in kinds.split(",")]
        found |= dict(zip(written, parts if len(parts) == len(written) else parts * len(written), strict=True))
    return found


def test_every_listed_binding_has_its_type() -> None:
    names = {name: kind for name, kind in listed_types().items() if name not in (*SUMS, *OFFERS)}
    assert names == TYPES_OF_NAMES
    assert {name for name, kind in names.items() if kind == "list"} == set(COLUMNS)


def test_a_list_gives_the_columns_that_are_listed() -> None:
    text = (paths.forms() / "BINDINGS.md").read_text("utf-8")
    for name, columns in COLUMNS.items():
        line = next(line for line in text.splitlines() if f"`{name}`" in line)
        assert re.findall(r"`([a-z_]+)`", line) == list(columns)


@pytest.mark.parametrize("form_id", [one.form_id for one in registry.filled_in("applications")])
def test_every_form_names_bindings_that_exist(form_id: str) -> None:
    for field in load_form(form_id).fields.values():
        for name in (field.bind, field.default):
            assert not name or name in BINDINGS or name in SUMS, f"{form_id}.{field.name}: {name}"


@pytest.mark.parametrize("form_id", [one.form_id for one in registry.filled_in("applications")])
def test_every_value_is_of_its_field_s_kind(bench: Workbench, form_id: str) -> None:
    place = next((one.key for one in documents.places(bench, form_id) if "不参与" not in one.name), "项目")
    key = office.begin(bench, form_id, place, {})
    opened = documents.open_document(bench, key)
    assert not [path for path, sentence in opened.faults.items() if "必须填写" not in sentence and "应成立" not in sentence
                and "至少" not in sentence and "请选定" not in sentence and "验收日期" not in sentence
                and "还是空的" not in sentence], opened.faults  # fmt: skip
    for field in opened.form.fields.values():
        value = opened.data.get(field.name)
        if value is not None and field.type in TYPES:
            assert isinstance(value, TYPES[field.type]), field.name


def test_the_ceiling_is_cited_as_an_official_paper_does_where_it_holds(bench: Workbench) -> None:
    place = next(one.key for one in documents.places(bench, HOUSEHOLD) if "不参与" not in one.name)
    key = office.begin(bench, HOUSEHOLD, place, {})
    cited = "奖补不超过核定成本（《吴川市推进产业扶贫实施方案》三（二）第4项）"
    assert documents.open_document(bench, key).data["ceiling"] == cited
    to_qingyuan(bench)
    assert documents.open_document(bench, key).data["ceiling"] is None


def test_a_village_s_facts_are_known_once(bench: Workbench) -> None:
    data = documents.open_document(bench, office.begin(bench, values={})).data
    assert (data["leader"], data["leader_phone"], data["assisting_unit"]) == ("陈观保", "13822541234", "湛江市财政局")
    assert (data["poor_village"], data["households_all"], data["persons_all"]) == (True, 486, 1932)
    assert (data["team_leader"], data["team_phone"]) == ("林队长", "0759-5591001")


def test_an_unknown_name_gives_nothing(bench: Workbench) -> None:
    with bench.read() as session:
        context = Context(bench, session, Subject(VILLAGE, 2026, office.village_key(bench), "低岭村", None))
        assert value_of("village.colour", context) is None
        assert value_of("document.today", context) == bench.today
        nowhere = Context(bench, session, Subject(HOUSEHOLD, 2026, "", "", None))
        for name in BINDINGS:
            value_of(name, nowhere)


@pytest.mark.parametrize(
    ("name", "committee"), [("低岭村", "低岭村委会"), ("城东社区", "城东社区居委会"), ("那罗", "那罗村委会"), ("那罗村委会", "那罗村委会")]
)
def test_the_committee_s_name(bench: Workbench, name: str, committee: str) -> None:
    villages.update(bench, office.village_key(bench), villages.VillageForm(name))
    data = documents.open_document(bench, office.begin(bench, VILLAGE, office.village_key(bench, name), {})).data
    assert data["applicant"] == committee
