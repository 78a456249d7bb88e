"""Public files hide nothing: a number planted in any place of a PDF or workbook keeps it from being given out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from sqlalchemy import select

from fupin_desktop.documents.drawing.file_texts import texts_of
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.pages import FilledForm, Page, Paper, TextRun
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import award_notices, awards, offices, schemes, villages
from fupin_desktop.services.notices import files, leaks, posting
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Household, Village
from tests.services.award_office import REGISTER, identity_number, make_bench, put_register, scheme

ID, MOBILE, CARD, OWN = "440883196803120019", "13800138000", "6222021234567894", identity_number(1)
LANDLINE = "0759-5561234"
HARMLESS = ("440883********1234", "138****8000", "12317", "2026-11-09", "98,000.00", "吴扶〔2018〕1号", "镇备〔2026〕3号")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = make_bench(tmp_path_factory.mktemp("leaks") / "data")
    (key, *_) = put_register(made, REGISTER)
    with made.write("test", "试") as unit:
        unit.update_many(Household, [{"key": key, "phone": LANDLINE, "bank_account": "80020000123456789"}])
    yield made
    made.close()


# ---- PDF ----
def pdf(*lines: str, title: str = "公示") -> bytes:
    runs = tuple(TextRun(20.0, 30.0 + 8 * at, line, "song", 10.5) for at, line in enumerate(lines))
    form = FilledForm("leak", title, Paper(210, 297, 20, 20, 20, 20), [Page(runs)], date(2026, 3, 2))
    return pdf_bytes(form)


def in_metadata(number: str) -> bytes:
    return pdf("公示", title=f"公示 {number}")


def in_annotation(number: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("公示"))))
    writer.add_annotation(0, FreeText(text=f"见 {number}", rect=(50, 50, 200, 100)))
    return written(writer)


def in_attachment(number: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("公示"))))
    writer.add_attachment("名单.txt", f"李 {number}".encode())
    return written(writer)


def in_own_property(number: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("公示"))))
    writer.add_metadata({"/Keywords": number})
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


# ---- xlsx ----
def book(change: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = "户主", "金额"
    sheet["A2"], sheet["B2"] = "李亚保", 4000.12345678901234
    change(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def first(made: Workbook):
    return made.worksheets[0]


def cell(number: str) -> bytes:
    return book(lambda made: first(made).__setitem__("C2", number))


def as_number(number: str) -> bytes:
    return book(lambda made: first(made).__setitem__("C2", int(number[:11])))


def hidden_row(number: str) -> bytes:
    def change(made):
        first(made)["A9"] = number
        first(made).row_dimensions[9].hidden = True

    return book(change)


def hidden_column(number: str) -> bytes:
    def change(made):
        first(made)["Z2"] = number
        first(made).column_dimensions["Z"].hidden = True

    return book(change)


def hidden_sheet(number: str) -> bytes:
    def change(made):
        sheet = made.create_sheet("原")
        sheet["A1"] = number
        sheet.sheet_state = "veryHidden"

    return book(change)


def comment(number: str) -> bytes:
    return book(lambda made: setattr(first(made)["A2"], "comment", Comment(number, "李文静")))


def sheet_name(number: str) -> bytes:
    return book(lambda made: setattr(first(made), "title", number))


def book_property(number: str) -> bytes:
    return book(lambda made: setattr(made.properties, "description", number))


def author(number: str) -> bytes:
    return book(lambda made: setattr(made.properties, "creator", number))


def defined_name(number: str) -> bytes:
    return book(lambda made: made.defined_names.add(DefinedName("x", attr_text=f'"{number}"')))


def header(number: str) -> bytes:
    return book(lambda made: setattr(first(made).oddHeader.center, "text", number))


def link(number: str) -> bytes:
    return book(lambda made: setattr(first(made)["A2"], "hyperlink", f"http://x/{number}"))


PDF_PLACES = (pdf, in_metadata, in_annotation, in_attachment, in_own_property)
XLSX_PLACES = (
    cell, hidden_row, hidden_column, hidden_sheet, comment, sheet_name, book_property, author, defined_name, header, link,
)  # fmt: skip


@pytest.mark.parametrize("place", [*PDF_PLACES, *XLSX_PLACES])
@pytest.mark.parametrize("number", [ID, MOBILE, CARD, OWN], ids=["id", "mobile", "card", "own"])
def test_a_number_planted_anywhere_is_found(bench: Workbench, place: Callable[[str], bytes], number: str) -> None:
    data = place(number)
    assert leaks.leaks_in(bench, data), place.__name__
    with pytest.raises(NotAllowed, match="没有给出文件") as told:
        leaks.refuse_leaks(bench, data)
    assert number not in str(told.value)


@pytest.mark.parametrize("place", [*PDF_PLACES, *XLSX_PLACES])
def test_what_may_be_public_is_let_through(bench: Workbench, place: Callable[[str], bytes]) -> None:
    for text in HARMLESS if place is not sheet_name else HARMLESS[2:3]:
        assert leaks.leaks_in(bench, place(text)) == [], text


def test_numbers_in_cells_and_split_runs_are_found(bench: Workbench) -> None:
    assert leaks.leaks_in(bench, as_number(MOBILE))
    assert leaks.leaks_in(bench, pdf(f"{OWN[:10]}", f"{OWN[10:]}")), "broken over two lines"


def test_a_landline_of_a_household_and_a_short_account_are_found_by_comparison(bench: Workbench) -> None:
    assert leaks.leaks_in(bench, pdf(f"电话 {LANDLINE}")) == [("第1页", "台账里某人的号码")]
    assert leaks.leaks_in(bench, pdf("电话 0759-5569999")) == []
    assert leaks.leaks_in(bench, cell("80020000123456789"))


@pytest.mark.parametrize(
    ("column", "value", "known"),
    [
        ("phone", "5561234", True), ("phone", "556123", False),
        ("bank_account", "80020011", True), ("bank_account", "8002001", False),
        ("head_id_number", "440883680312001", True), ("head_id_number", "4408836", False),
    ],
)  # fmt: skip
def test_what_is_too_short_to_be_anybody_s_number_is_not_looked_for(tmp_path: Path, column: str, value: str, known: bool) -> None:
    made = make_bench(tmp_path / "data")
    (key, *_) = put_register(made, REGISTER)
    with made.write("test", "试") as unit:
        unit.update_many(Household, [{"key": key, column: value}])
    assert (value in leaks.known(made).numbers) is known
    assert bool(leaks.leaks_in(made, pdf(f"见 {value} 等"))) is known
    made.close()


def test_the_phone_of_a_village_committee_is_public_and_that_of_its_leader_is_not(tmp_path: Path) -> None:
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    with made.read() as session:
        village = session.scalars(select(Village.key)).first()
    with made.write("test", "试") as unit:
        unit.update_many(Village, [{"key": village, "phone": "0759-5567788", "leader_phone": "0759-5567799"}])
    assert leaks.leaks_in(made, pdf("村委会电话 0759-5567788")) == []
    assert leaks.leaks_in(made, pdf("书记电话 0759-5567799")) == [("第1页", "台账里某人的号码")]
    made.close()


@pytest.mark.parametrize(("address", "told"), [("文明路尾12", True), ("文明路尾1", False), ("　文明路尾 ", False)])
def test_an_address_of_six_characters_is_looked_for(tmp_path: Path, address: str, told: bool) -> None:
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    with made.write("test", "试") as unit:
        unit.session.add(Entity(name="合作社", kind="农民合作社", credit_code="93440883MA4UJ0000X", leader="陈", phone="", address=address))
    found = leaks.leaks_in(made, pdf(f"地点：{address.strip()}旁"))
    assert found == ([("第1页", "门牌地址")] if told else [])
    made.close()


@pytest.mark.parametrize(("number", "told"), [("80020000123456", False), ("800200001234567", True)])
def test_a_long_number_is_found_broken_over_lines_and_a_short_one_is_not(number: str, told: bool) -> None:
    data = pdf(number[:6], number[6:])
    if told:
        with pytest.raises(NotAllowed, match="第1页有台账里某人的号码") as refused:
            leaks.refuse_numbers(data, [number])
        assert number not in str(refused.value)
    else:
        leaks.refuse_numbers(data, [number])
    with pytest.raises(NotAllowed):
        leaks.refuse_numbers(pdf(number), [number])


def test_a_landline_that_a_paper_prints_itself_is_allowed_there_alone() -> None:
    leaks.refuse_numbers(pdf(LANDLINE), [LANDLINE], allowed=[LANDLINE])
    with pytest.raises(NotAllowed, match="台账里某人的号码"):
        leaks.refuse_numbers(pdf(LANDLINE), [LANDLINE], allowed=["0759-5569999"])


@pytest.mark.parametrize(("pages", "more"), [(3, False), (4, True)])
def test_three_places_are_told_and_how_many_there_are(pages: int, more: bool) -> None:
    form = FilledForm("leak", "公示", Paper(210, 297, 20, 20, 20, 20), [Page((TextRun(20.0, 30.0, CARD, "song", 10.5),))] * pages, date(2026, 3, 2))
    with pytest.raises(NotAllowed, match="第3页") as told:
        leaks.refuse_numbers(pdf_bytes(form), [])
    assert (f"等 {pages} 处" in str(told.value)) is more
    assert "第4页" not in str(told.value)


@pytest.mark.parametrize(("text", "told"), [("低岭村文明路12号", True), ("低岭村 一组", False), ("上垌村12号文件", False)])
def test_street_addresses_are_found(bench: Workbench, text: str, told: bool) -> None:
    assert (("第1页", "门牌地址") in leaks.leaks_in(bench, pdf(text))) is told


def test_phones_of_public_bodies_stay(bench: Workbench) -> None:
    form = replace(offices.office(bench), objection_town="13900001111")
    offices.save(bench, form)
    assert leaks.leaks_in(bench, pdf("塘㙍镇扶贫办：13900001111")) == []
    assert leaks.leaks_in(bench, pdf("低岭村：13700001111"), ["13700001111"]) == []
    offices.save(bench, replace(form, objection_town=""))
    assert leaks.leaks_in(bench, pdf("塘㙍镇扶贫办：13900001111")) != []


# ---- what is really given out ----
def test_a_posted_notice_is_given_out_in_every_shape(bench: Workbench, tmp_path: Path) -> None:
    key = schemes.save(bench, None, scheme()).keys[0]
    awards.recalculate(bench, key)
    village = next(one for one in villages.all(bench) if one.name == "低岭村")
    villages.update(bench, village.key, villages.VillageForm(name="低岭村", phone="13600002222"))
    run = awards.runs(bench, key)[0].key
    notice = award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]
    paper = posting.posted_paper(bench, notice)
    files.write_pdf(bench, paper, tmp_path / "公示.pdf")
    files.write_poster(bench, paper, tmp_path / "张贴.pdf")
    small, large = (PdfReader(tmp_path / name) for name in ("公示.pdf", "张贴.pdf"))
    assert len(small.pages) == len(large.pages)
    assert [round(float(part)) for part in large.pages[0].mediabox[2:]] == [842, 1191]
    assert "13600002222" in "".join(found.text for found in texts_of((tmp_path / "公示.pdf").read_bytes()))
    files.write_list(bench, paper, tmp_path / "名单.xlsx")
    sheet = load_workbook(tmp_path / "名单.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("村组", "户主", "类别", "金额")
    assert [row[1][:3] for row in rows[1:]] == ["李亚保", "陈华（", "陈华（"]
    assert sum(row[3] for row in rows[1:]) == pytest.approx(6959.76)


def test_a_name_with_a_number_keeps_every_shape_from_being_given_out(bench: Workbench, tmp_path: Path) -> None:
    line = award_notices.all(bench, 2026)[0]
    paper = posting.posted_paper(bench, line.key)
    spoiled = replace(paper, subject=replace(paper.subject, title=f"公示 {LANDLINE}"))
    for write in (files.write_pdf, files.write_poster, files.write_list):
        with pytest.raises(NotAllowed, match="没有给出文件"):
            write(bench, spoiled, tmp_path / "不能有")
    assert not (tmp_path / "不能有").exists()
    with pytest.raises(NotAllowed):
        files.all_clear(bench, [spoiled])
