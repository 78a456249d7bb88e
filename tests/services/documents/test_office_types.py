"""The office's own form of a new id is a document by itself: begun, filled, checked, signed, frozen, printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from fupin_desktop.documents.definition.fitness import kind_of_place
from fupin_desktop.errors import BadDefinition, FileMissing, NotAllowed
from fupin_desktop.services import documents, home, own_forms
from fupin_desktop.services.documents import ApplicationState, office_types, registry
from fupin_desktop.services.documents.forms import parsed
from fupin_desktop.services.documents.place_kinds import VILLAGES
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FormVersion
from tests.services.documents import office
from tests.services.documents.office_form import ROAD, ROAD_VALUES, TITLE, put, road_text


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def road(bench: Workbench) -> Workbench:
    put(bench.data_folder, road_text())
    return bench


def begin(bench: Workbench) -> str:
    return office.begin(bench, ROAD, office.village_key(bench), ROAD_VALUES)


def test_it_is_listed_and_offered_beside_the_built_in_ones(bench: Workbench) -> None:
    before = documents.titles(bench)
    put(bench.data_folder, road_text())
    assert documents.titles(bench) == {**before, ROAD: TITLE}
    assert [one.form_id for one in office_types.filled_in(bench, "applications")][-1] == ROAD
    assert ROAD not in {one.form_id for one in office_types.filled_in(bench, "funds")}
    assert ROAD not in {one.form_id for one in registry.filled_in()}
    assert office_types.used(bench, ROAD) is office_types.used(bench, ROAD)
    assert [one.name for one in documents.places(bench, ROAD)] == ["低岭村", "那罗村"]


def test_it_goes_the_whole_way_and_stays_as_it_was_approved(road: Workbench) -> None:
    key = begin(road)
    document = documents.open_document(road, key)
    assert (document.data["village"], document.data["total"]) == ("低岭村", Decimal("13800.50"))
    assert documents.places(road, ROAD)[0].taken
    with pytest.raises(NotAllowed, match="已有 2026 年度的这张表"):
        begin(road)
    assert [line.title for line in documents.lines(road, 2026, form_id=ROAD)] == [TITLE]
    assert documents.submit(road, key).message == "已提交低岭村的申报表，等待“村（居）委会意见”。"
    documents.send_back(road, key, "井深写错了", "李文静")
    office.fill(road, key, {"depth": "45"})
    office.approve(road, key)
    pdf, xlsx = documents.pdf_bytes(road, key), documents.xlsx_bytes(road, key)
    own_forms.remove(road, ROAD)
    assert documents.titles(road).keys() == {one.form_id for one in registry.filled_in("applications")}
    assert (documents.pdf_bytes(road, key), documents.xlsx_bytes(road, key)) == (pdf, xlsx)
    line = documents.open_document(road, key).line
    assert (line.state, line.title) == (ApplicationState.APPROVED, TITLE)
    assert ROAD in {one.form_id for one in documents.lines(road, 2026)}
    with pytest.raises(FileMissing):
        begin(road)


def test_it_is_printed_and_written_as_a_workbook(road: Workbench, tmp_path: Path) -> None:
    key = begin(road)
    documents.write_pdf(road, key, tmp_path / "a.pdf")
    documents.write_xlsx(road, key, tmp_path / "a.xlsx")
    text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert TITLE in text
    assert "13,800.50" in text
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert "打井" in {cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize(("change", "code"), [({"leader": ""}, "required"), ({"leader": "陈"}, "")])
def test_it_is_checked_as_every_document_is(road: Workbench, change: dict[str, str], code: str) -> None:
    key = begin(road)
    office.fill(road, key, change)
    assert (code in office.codes(road, key)) is bool(code)
    if code:
        with pytest.raises(NotAllowed):
            documents.submit(road, key)
    else:
        documents.submit(road, key)
        assert documents.open_document(road, key).line.state is ApplicationState.SUBMITTED


def test_the_first_page_calls_it_by_its_title_apart_from_others(road: Workbench) -> None:
    other = "ditch_report"
    put(road.data_folder, road_text().replace(ROAD, other).replace(TITLE, "水渠维修申报表"), other)
    begin(road)
    office.begin(road, other, office.village_key(road), ROAD_VALUES)
    for line in documents.lines(road, 2026):
        documents.submit(road, line.key)
    due = [(one.text, one.target.filter) for one in home.overview(road, road.today).due if "等待登记意见" in one.text]
    assert due == [
        ("低岭村水渠维修申报表等待登记意见", f"{other}:submitted"),
        (f"低岭村{TITLE}等待登记意见", f"{ROAD}:submitted"),
    ]


def test_one_whose_form_is_read_no_more_is_told_and_the_first_page_stays(road: Workbench) -> None:
    key = begin(road)
    with road.write("tests.form", "表样") as unit:
        for one in unit.session.scalars(select(FormVersion)):
            one.body = "id = 1"
    with pytest.raises(NotAllowed, match="读不了"):
        documents.open_document(road, key)
    assert [one.text for one in home.overview(road, road.today).due if one.target.key == key] == [
        "低岭村申报表已填好，可以提交"
    ]


def test_its_last_years_texts_are_copied(road: Workbench) -> None:
    place = office.village_key(road)
    with pytest.raises(NotAllowed, match="没有可以复制的内容"):
        documents.copy_last_year(road, ROAD, place, year=2027)
    begin(road)
    key = documents.copy_last_year(road, ROAD, place, year=2027).keys[0]
    assert documents.open_document(road, key).data["depth"] == Decimal("42.5")


def test_an_approved_one_is_corrected_even_where_the_form_was_given_up(road: Workbench) -> None:
    key = begin(road)
    office.approve(road, key)
    own_forms.remove(road, ROAD)
    new = documents.correct(road, key).keys[0]
    office.fill(road, new, {"depth": "60"})
    office.approve(road, new)
    assert documents.open_document(road, key).line.state is ApplicationState.REPLACED


@pytest.mark.parametrize(
    ("places", "binding", "names", "gives"),
    [
        ("town", "town.name", ["塘㙍镇"], "塘㙍镇"),
        ("household", "household.head", ["低岭村 一组 李亚保", "低岭村 二组 陈康", "低岭村 不参与的"], "不参与的"),
        ("village", "village.name", ["低岭村", "那罗村"], "低岭村"),
        ("project", "document.year", [], 2026),
    ],
)
def test_whom_it_is_for_is_said_or_follows_from_its_names(
    bench: Workbench, places: str, binding: str, names: list[str], gives: str | int
) -> None:
    written = road_text(places=places).replace("village.name", binding).replace('"village.leader"', '"office.clerk"')
    put(bench.data_folder, written)
    assert sorted(one.name for one in documents.places(bench, ROAD)) == sorted(names)
    key = documents.create(bench, ROAD, documents.places(bench, ROAD)[0].key if names else "机耕路").keys[0]
    assert documents.open_document(bench, key).data["village"] == gives
    silent = parsed(ROAD, written.replace(f'places = "{places}"\n', ""))
    assert kind_of_place(silent) == ("village" if places == "project" else places)


def test_one_of_a_project_is_listed_by_the_name_typed(bench: Workbench) -> None:
    text = road_text(places="project").replace('"village.name"', '"office.name"').replace('"village.leader"', '"office.clerk"')
    text = text.replace("[fields]\n", '[fields]\nproject = { label = "项目", type = "text" }\n', 1)
    put(bench.data_folder, text)
    assert documents.places(bench, ROAD) == []
    with pytest.raises(NotAllowed, match="没有填写项目名称"):
        documents.create(bench, ROAD, " ")
    key = documents.create(bench, ROAD, "低岭机耕路").keys[0]
    assert documents.open_document(bench, key).data["project"] == "低岭机耕路"
    office.fill(bench, key, {"project": "低岭机耕路二期"})
    assert [line.place for line in documents.lines(bench, 2026)] == ["低岭机耕路二期"]
    with pytest.raises(NotAllowed, match="已有 2026 年度的这张表"):
        documents.create(bench, ROAD, "低岭机耕路二期")
    assert [one.name for one in documents.places(bench, ROAD, year=2027)] == ["低岭机耕路二期"]


LIST = 'label = "费用"\ntype = "list"\n[fields.costs.fields]\n'
BROKEN = [
    ("entry = true", "entry = false", "entry"),
    ('bind = "village.name"', 'bind = "well.litres"', "well.litres"),
    ('bind = "village.name"', 'bind = "household.head"', "household.head"),
    ('workbook = true', 'places = "county"\nworkbook = true', "places"),
    ('{ field = "opinion_town", style = "opinion", span = 3 }', '{ text = "", span = 3 }', "opinion_town"),
    ('type = "text", bind = "village.name"', 'type = "count", bind = "village.name"', "不能放在 count 字段里"),
    ('default = "village.leader"', 'default = "town.village_table"', "不能放在 text 字段里"),
    ('default = "village.leader"', 'default = "plan.source_names"', "供选用"),
    ('default = "village.leader"', 'choices_from = "village.leader"', "不能供选用"),
    (LIST, f'default = "town.village_table"\n{LIST}total = {{ label = "数", type = "date" }}\n', "fields.costs.fields.total.type"),
    ('{ field = "leader" }', '{ text = "" }', "leader"),
]


@pytest.mark.parametrize(("old", "new", "told"), BROKEN)
def test_a_broken_one_is_told_and_not_offered(bench: Workbench, old: str, new: str, told: str) -> None:
    text = road_text(**({"places": "village"} if "household" in new else {}))
    assert text.count(old) == 1
    put(bench.data_folder, text.replace(old, new))
    assert ROAD not in documents.titles(bench)
    with pytest.raises(BadDefinition):
        documents.create(bench, ROAD, office.village_key(bench))
    line = own_forms.all(bench)[-1]
    assert (line.id, line.new, line.fillable) == (ROAD, True, False)
    assert told in line.broken
    assert [one.badge for one in home.overview(bench, bench.today).due if ROAD in one.text] == ["表样有误"]


def test_one_without_boxes_is_refused(bench: Workbench) -> None:
    lines = [line for line in road_text().splitlines() if "opinion_" not in line]
    put(bench.data_folder, "\n".join(lines))
    assert "至少要有一个意见框" in own_forms.all(bench)[-1].broken


def test_it_is_put_in_and_given_up_as_a_form(bench: Workbench, tmp_path: Path) -> None:
    file = tmp_path / "form.toml"
    file.write_text(road_text(), encoding="utf-8")
    examined = own_forms.examine(file)
    assert examined.usable
    assert "本单位新的一张表，按村填写" in examined.problems[0].sentence
    own_forms.install(bench, file)
    line = own_forms.all(bench)[-1]
    assert (line.id, line.title, line.origin, line.new, line.broken) == (ROAD, TITLE, own_forms.OWN, True, "")
    key = begin(bench)
    taken = own_forms.export(bench, ROAD, tmp_path / "out")
    assert own_forms.examine(taken).usable
    assert "已停用" in own_forms.remove(bench, ROAD).message
    assert own_forms.all(bench)[-1].id != ROAD
    document = documents.open_document(bench, key)
    assert (document.line.title, document.form_note[:9]) == (TITLE, "本单位已停用这张表")
    put(bench.data_folder, "id = 1")
    assert "表样有误" in documents.open_document(bench, key).form_note


def test_it_is_drawn_anew_in_a_spreadsheet(road: Workbench, tmp_path: Path) -> None:
    put(road.data_folder, road_text(places="village"))
    own_forms.export_workbook(road, ROAD, tmp_path / "road.xlsx")
    examined = own_forms.from_workbook(tmp_path / "road.xlsx", ROAD, road)
    assert examined.usable, examined.problems
    own_forms.install_examined(road, examined)
    assert documents.titles(road)[ROAD] == TITLE
    assert office_types.used(road, ROAD).places is VILLAGES
    office.approve(road, begin(road))
    with pytest.raises(FileMissing):
        own_forms.from_workbook(tmp_path / "road.xlsx", ROAD)


@pytest.mark.parametrize("name", ["Road", "机耕路"])
def test_a_folder_of_another_name_is_told_and_not_offered(bench: Workbench, name: str) -> None:
    put(bench.data_folder, road_text().replace(ROAD, name), name)
    assert name not in documents.titles(bench)
    assert "小写字母" in own_forms.all(bench)[-1].broken


def test_a_slip_in_a_built_in_id_is_told_with_the_one_meant(tmp_path: Path) -> None:
    file = tmp_path / "form.toml"
    file.write_text(road_text().replace(ROAD, "village_aplication"), encoding="utf-8")
    assert "应写 village_application" in own_forms.examine(file).problems[0].sentence


@pytest.mark.parametrize("name", ["../road", "Road", "机耕路", "9road", "road report"])
def test_an_id_that_is_no_name_of_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "form.toml"
    file.write_text(road_text().replace(ROAD, name), encoding="utf-8")
    assert not own_forms.examine(file).usable


def test_a_built_in_form_does_not_say_whom_it_is_for(tmp_path: Path) -> None:
    from fupin_desktop import paths

    text = (paths.forms() / office.VILLAGE / "form.toml").read_text(encoding="utf-8")
    file = tmp_path / "form.toml"
    file.write_text(text.replace("entry = true", 'places = "town"\nentry = true', 1), encoding="utf-8")
    assert "places" in own_forms.examine(file).problems[0].sentence
