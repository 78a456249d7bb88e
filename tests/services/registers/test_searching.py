"""The search box: what is typed in full width, with other dots or in capitals finds what is registered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fupin_desktop.services import change_log, registers
from fupin_desktop.services.change_log import Wanted
from fupin_desktop.services.registers import HOUSEHOLDS, Filter, Query, finding, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import GOOD_ID, add_household, make_office
from tests.services.registers.ledger_office import add, fill


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = make_office(tmp_path_factory.mktemp("search") / "office")
    add_household(made, "张三", code="H001", head_id_number=GOOD_ID, note="一组(东)1.5亩")
    add_household(made, "阿依·古丽", "那罗村", code="H002")
    add_household(made, "O'Neil 100%", code="H_3")
    fill(made, "entities", "projects")
    assert add(made, "projects", code="P2", name="水稻(一期)1.5万亩").change
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", {"张三", "阿依·古丽", "O'Neil 100%"}),
        ("H001", {"张三"}),
        ("h001", {"张三"}),
        ("Ｈ００１", {"张三"}),
        ("zs", {"张三"}),
        ("ＺＳ", {"张三"}),
        ("123X", {"张三"}),
        ("１２３ｘ", {"张三"}),
        ("440883196802", {"张三"}),
        ("４４０８８３１９６８０２", {"张三"}),
        ("阿依·古丽", {"阿依·古丽"}),
        ("阿依•古丽", {"阿依·古丽"}),
        ("阿依．古丽", {"阿依·古丽"}),
        ("aygl", {"阿依·古丽"}),
        ("那罗　古丽", {"阿依·古丽"}),
        ("那罗 张", set()),
        ("低岭村　Ｈ００１", {"张三"}),
        ("o'neil", {"O'Neil 100%"}),
        ("%", {"O'Neil 100%"}),
        ("H_3", {"O'Neil 100%"}),
        ("H_", {"O'Neil 100%"}),
        ("\u200b张三", {"张三"}),
    ],
)
def test_households_are_found(bench: Workbench, text: str, names: set[str]) -> None:
    rows = registers.window(bench, Query(HOUSEHOLDS, bench.year, text=text), 0, 9)
    assert {row.cells[1] for row in rows} == names


@pytest.mark.parametrize("text", ["P2", "ｐ２", "水稻（一期）", "水稻(一期)", "1.5万", "１．５万", "sdyq", "低岭 一期"])
def test_records_of_any_register_are_found(bench: Workbench, text: str) -> None:
    register = registry.of("projects")
    (row,) = registers.window(bench, Query(register, bench.year, text=text), 0, 9)
    assert "水稻(一期)1.5万亩" in row.cells
    assert [one.key for one in finding.find(bench, text, 9) if one.register is register] == [row.key]


@pytest.mark.parametrize(
    ("contains", "count"),
    [("一组(", 1), ("一组（东）", 1), ("１．５", 1), ("一组", 1), ("二组", 0), ("%", 0), ("_", 0)],
)
def test_a_filter_of_texts_takes_full_width_too(bench: Workbench, contains: str, count: int) -> None:
    assert registers.count(bench, Query(HOUSEHOLDS, bench.year, filters=(Filter("note", contains=contains),))) == count


def test_the_list_of_changes_is_searched_alike(bench: Workbench) -> None:
    plain, wide = (change_log.find(bench, Wanted(text=text, within=True)) for text in ("H001", "Ｈ００１"))
    assert list(plain) == list(wide)
    assert len(plain) == 1
