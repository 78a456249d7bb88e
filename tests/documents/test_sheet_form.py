"""Spreadsheets with ``{{field}}`` in their cells become forms that print where LibreOffice prints them."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill

from fupin_desktop.documents.definition.loader import load_form, parse_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.workbook_forms import measures
from fupin_desktop.documents.workbook_forms.making import sheet_form
from fupin_desktop.documents.workbook_forms.marking import marked_workbook
from fupin_desktop.documents.workbook_forms.marks import MarkError, Marks, own_name
from fupin_desktop.documents.workbook_forms.reading import family_of
from fupin_desktop.errors import FileMissing, UnreadableFile
from tests.documents.drawn_sheet import MERGED, ROWS, SOFFICE, THICK, THIN, drawn, few_fonts, nearest, printed

BASE = load_form("village_application")
NEAR = 0.5


@pytest.fixture
def same_fonts(tmp_path, monkeypatch):
    """LibreOffice makes columns as wide as digits of the font that stands in: here one for all, as in the table."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(few_fonts(tmp_path)))
    only = measures._DIGITS["dejavu sans"]
    monkeypatch.setattr(measures, "_DIGITS", {})
    monkeypatch.setattr(measures, "_USUAL", only)


def made(path):
    sheet = sheet_form(path, BASE)
    assert sheet.faults == ()
    return sheet, parse_form(sheet.text, BASE.id)


def texts(filled):
    return [run.text for page in filled.pages for run in page.texts]


def ends(filled, at):
    return sorted({round(line[end], 2) for line in filled.pages[0].lines for end in (at, at + 2)})


@pytest.fixture(scope="module")
def sheet_and_form(tmp_path_factory):
    return made(drawn(tmp_path_factory.mktemp("drawn") / "表.xlsx"))


def alter(sheet):
    """A landscape sheet at 80 % with a hidden column and row, a first column without a width, other margins."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.scale = 80
    sheet.print_options.horizontalCentered = False
    sheet.page_margins.left, sheet.page_margins.top = 0.6, 0.9
    del sheet.column_dimensions["A"]
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.row_dimensions[6].height = None


def narrow(sheet):
    sheet.print_area = "A1:F9"
    sheet.page_setup.fitToHeight = 1
    sheet.row_dimensions[9].height = 400
    for row in range(3, 9):
        sheet.row_dimensions[row].height = 60


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice or DejaVu is not there")
@pytest.mark.parametrize(
    ("change", "default", "fit"),
    [(None, ("Calibri", 11), True), (None, ("宋体", 12), True), (alter, ("Arial", 10), False), (narrow, ("等线", 11), True)],
    ids=["fitted", "song", "landscape", "one page"],
)
def test_columns_and_rows_lie_where_libreoffice_prints_them(tmp_path, same_fonts, change, default, fit):
    path = drawn(tmp_path / "表.xlsx", change=change, default=default, fit=fit)
    sheet, form = made(path)
    xs, ys = printed(path)
    for edge in sheet.columns:
        assert nearest(edge, xs) <= NEAR, (sheet.columns, xs)
    for edge in sheet.rows[2:]:
        assert nearest(edge, ys) <= NEAR, (sheet.rows, ys)
    paper = fill(form, {"households": [{}]}, date(2026, 3, 2))
    for edge in ends(paper, 0):
        assert nearest(edge, xs) <= NEAR
    for edge in ends(paper, 1):
        assert nearest(edge, ys) <= NEAR
    assert len(ends(paper, 0)) == len(sheet.columns)
    assert len(ends(paper, 1)) == len(sheet.rows) - 2


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice or DejaVu is not there")
def test_a_whole_form_handed_out_as_a_spreadsheet_prints_alike(tmp_path, same_fonts):
    path = tmp_path / "表.xlsx"
    path.write_bytes(marked_workbook(BASE, date(2026, 3, 2)))
    _, form = made(path)
    xs, ys = printed(path)
    last = max(y for y in ys if y < 280)
    paper = fill(form, {}, date(2026, 3, 2), blanks=False)
    rows = [edge for edge in ends(paper, 1) if edge < last]
    assert len(rows) > 15
    assert all(nearest(edge, ys) <= 1 for edge in rows)
    assert all(nearest(edge, xs) <= 1 for edge in ends(paper, 0))


def test_what_the_cells_hold(sheet_and_form):
    sheet, form = sheet_and_form
    assert sheet.remarks == ()
    assert form.title.source == "低岭村产业申报审批表"
    road = own_name("机耕路里程")
    data = {
        "applicant": "低岭村委会", "reported_on": date(2026, 3, 2), "products": "番薯", road: 3,
        "households": [{"head": "陈水生", "area": 3}, {"head": "林塘㙍", "area": 8}],
        "area_cooperative": 0, "area_large": 8, "area_total": 11, "measures_large": "供苗",
        "opinion_village": {"agrees": True, "text": "", "name": "陈村长", "date": date(2026, 3, 3)},
    }
    told = texts(fill(form, data, date(2026, 3, 2)))
    for text in ("申报单位：低岭村委会", "2026年3月2日", "番薯", "3", "1", "陈水生", "2", "林塘㙍", "11.000", "供苗", "同意。",
                 "负责人签名：陈村长"):
        assert text in told
    assert any("大户 8.000 亩" in text for text in told)
    assert [field.name for field in form.opinions] == ["opinion_village", "opinion_town_office"]
    assert form.fields[road].label == "机耕路里程"
    assert form.fields[road].type == "quantity"


def test_a_long_list_goes_on_under_its_heading(sheet_and_form):
    _, form = sheet_and_form
    filled = fill(form, {"households": [{"head": f"户{at}", "area": 1} for at in range(200)]}, date(2026, 3, 2))
    assert len(filled.pages) > 3
    for page in filled.pages[1:3]:
        assert [run.text for run in page.texts][:2] == ["序号", "户主"]
    assert "200.000" in texts(filled)
    assert filled.grid is not None


def test_fields_have_their_places_for_typing(sheet_and_form):
    _, form = sheet_and_form
    filled = fill(form, {}, date(2026, 3, 2))
    fields = {area.field for page in filled.pages for area in page.areas}
    assert {"applicant", "reported_on", "products", own_name("机耕路里程"), "measures_large", "opinion_village"} <= fields


def test_looks_are_taken_over(tmp_path):
    def change(sheet):
        sheet["A3"].font = Font(name="黑体", size=12, color="FFC00000", bold=True)
        sheet["A3"].fill = PatternFill("solid", fgColor="FFEEEEEE")
        sheet["A4"].font = Font(name="楷体_GB2312")
        sheet["C3"].alignment = Alignment(horizontal="right", vertical="top", shrink_to_fit=True)
        sheet["A9"].alignment = Alignment(text_rotation=255)
        sheet["C4"].alignment = Alignment(indent=2)

    _, form = made(drawn(tmp_path / "表.xlsx", change=change))
    cells = {cell.content.source: cell for part in form.parts for row in part.rows for cell in row.cells}
    bold = cells["村（居）委会"].style
    assert (bold.font, bold.bold, bold.colour, bold.fill) == ("hei", True, "#c00000", "#eeeeee")
    assert cells["主要产品"].style.font == "kai"
    assert (cells["所属镇（街）"].style.align, cells["所属镇（街）"].style.valign, cells["所属镇（街）"].style.shrink) == ("right", "top", True)
    assert cells["扶持大户"].style.vertical
    assert cells["产业类别"].style.left == 2
    assert cells["低岭村产业申报审批表"].style.font == "biaosong"
    assert not cells["低岭村产业申报审批表"].border
    assert cells["主要产品"].border
    table = next(part for part in form.parts if part.rows[0].cells[0].border)
    assert (table.inner, table.outer) == (0.5, 1.2)


@pytest.mark.parametrize(
    ("name", "family"),
    [("宋体", "song"), ("SimSun", "song"), ("仿宋_GB2312", "fangsong"), ("楷体", "kai"), ("黑体", "hei"), ("微软雅黑", "song"),
     ("Microsoft YaHei", "hei"), ("方正小标宋简体", "biaosong"), ("Calibri", "song")],
)
def test_fonts_become_the_nearest_print_family(name, family):
    assert family_of(name) == ("hei" if name == "微软雅黑" else family)


BAD_MARKS = {
    "{{}}": "没有写字段",
    "{{负责人}}": "没有“负责人”这个字段",
    "{{prodcts}}": "products",
    "{{households}}": "列表",
    "{{households.tel}}": "没有“tel”这一栏",
    "{{products.name}}": "不是列表",
    "{{products:roman}}": "没有“roman”这种格式",
    "{{sum:products}}": "不能合计",
    "{{sum:households.head}}": "不是数字",
    "{{own:}}": "名称",
    "{{own:里程:浮点}}": "类型",
    "共 {{sum:households.area}} 亩": "单独占一格",
}


@pytest.mark.parametrize("text", BAD_MARKS)
def test_a_mark_that_stands_for_nothing_is_told(text):
    with pytest.raises(MarkError) as fault:
        Marks(BASE).read(text)
    assert BAD_MARKS[text] in str(fault.value)


@pytest.mark.parametrize(
    ("text", "template", "field"),
    [
        ("{{products}}", "{products}", "products"),
        ("｛｛ 主要产品 ｝｝", "{products}", "products"),
        ("{{investment_total:capital}}", "{investment_total:capital}", ""),
        ("共 {{products}} {注}", "共 {products} {{注}}", ""),
        ("没有字段", "没有字段", ""),
        ("{{own:等级:甲/乙/丙}}", "{" + own_name("等级") + "}", own_name("等级")),
    ],
)
def test_marks_become_places(text, template, field):
    marks = Marks(BASE)
    found = marks.read(text)
    assert (found.text, found.field) == (template, field)
    if "等级" in text:
        assert marks.fields[field].choices == ("甲", "乙", "丙")


def test_an_own_field_keeps_its_name_wherever_it_stands():
    first, second = Marks(BASE), Marks(BASE)
    second.read("{{own:别的}}")
    assert first.read("{{own:里程}}").field == second.read("{{自定：里程}}").field
    first.read("{{own:里程:数量}}")
    assert first.fields[own_name("里程")].type == "quantity"
    with pytest.raises(MarkError, match="类型不同"):
        first.read("{{own:里程:金额}}")
    with pytest.raises(MarkError):
        Marks(load_form("award_sheet")).read("{{own:里程}}")


def test_faults_name_the_cell(tmp_path):
    rows = {**ROWS, 4: ["主要产品", "{{prodcts}}", "{{households.head}}", "{{sum:households.area}}"], 5: ["{{nothing}}"]}
    sheet = sheet_form(drawn(tmp_path / "表.xlsx", rows=rows, merged=(*MERGED, "A8:A9")), BASE)
    assert sheet.text == ""
    assert sheet.faults[0].startswith("B4：")
    assert sheet.faults[1].startswith("A5：")
    assert any("A4 这一行" in fault for fault in sheet.faults)
    assert any("合并" in fault for fault in sheet.faults)
    plain = sheet_form(drawn(tmp_path / "空.xlsx", rows={1: ["表"]}, merged=()), BASE)
    assert "没有一个" in plain.faults[0]


def test_a_label_beside_a_list_stands_once(tmp_path):
    rows = {**ROWS, 6: ["参与户", "户主"], 7: ["", "{{households.head}}"], 8: ["备注", ""]}
    _, form = made(drawn(tmp_path / "表.xlsx", rows=rows, merged=(*MERGED, "A6:A7")))
    told = texts(fill(form, {"households": [{"head": "陈水生"}, {"head": "林阿妹"}, {"head": "李亚保"}]}, date(2026, 3, 2)))
    assert [told.count(text) for text in ("参与户", "户主", "陈水生", "林阿妹", "李亚保", "备注")] == [1] * 6


def test_what_cannot_be_taken_over_is_remarked(tmp_path):
    def change(sheet):
        sheet["F8"] = "=SUM(A1:A2)"
        sheet.column_dimensions["B"].width = 60
        sheet.page_setup.paperSize = 13
        sheet.oddFooter.center.text = "第 &P 页"

    sheet, form = made(drawn(tmp_path / "表.xlsx", change=change, fit=False))
    assert any("F8 的公式" in remark for remark in sheet.remarks)
    assert any("A4" in remark for remark in sheet.remarks)
    assert any("缩到" in remark for remark in sheet.remarks)
    assert form.footer.content.source == "第 {page} 页"


def test_columns_are_as_wide_whatever_fonts_the_pc_has(monkeypatch):
    """Windows has the fonts that workbooks name, Debian others in their stead: one workbook makes one form."""
    monkeypatch.setenv("PATH", "")
    assert measures.digit_width("Calibri", 11) == pytest.approx(1.967, abs=0.001)
    assert measures.digit_width("某字体", 12) == pytest.approx(2.117, abs=0.001)
    assert measures.column_width(10, measures.digit_width("Calibri", 11)) == pytest.approx(19.67, abs=0.02)


def test_text_runs_over_empty_cells_beside_it(tmp_path):
    def change(sheet):
        sheet["A2"].border = Border(THIN, None, THIN, THICK)

    _, form = made(drawn(tmp_path / "表.xlsx", change=change))
    cell = next(cell for part in form.parts for row in part.rows for cell in row.cells if "申报单位" in cell.content.source)
    part = next(part for part in form.parts if any(cell in row.cells for row in part.rows))
    assert sum(part.columns[: cell.span]) == pytest.approx(sum(part.columns[:-2]), abs=0.01)


def test_files_that_are_no_workbooks(tmp_path):
    with pytest.raises(FileMissing):
        sheet_form(tmp_path / "没有.xlsx", BASE)
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableFile):
        sheet_form(tmp_path / "坏.xlsx", BASE)
    (tmp_path / "文.xlsx").write_text("表", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        sheet_form(tmp_path / "文.xlsx", BASE)

    def change(sheet):
        sheet["A2000"] = "远"

    with pytest.raises(UnreadableFile) as fault:
        sheet_form(drawn(tmp_path / "大.xlsx", change=change), BASE)
    assert "打印区域" in fault.value.todo
