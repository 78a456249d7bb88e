"""Web pages and XML of 2003 named as workbooks: cell by cell, what spans, what is hidden, and what is none."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets import html_tables, xml_2003
from fupin_desktop.services.sheets.html_tables import read_html
from fupin_desktop.services.sheets.xml_2003 import read_xml

_XML = (
    '<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<ss:Worksheet ss:Name="名册"><ss:Table>{}</ss:Table></ss:Worksheet></ss:Workbook>'
)


def xml(rows: str) -> list[list[object]]:
    (found,) = read_xml(_XML.format(rows).encode(), "名册.xls")
    return [list(row) for row in found.rows]


def data(text: str, kind: str = "String") -> str:
    return f'<ss:Data ss:Type="{kind}">{text}</ss:Data>'


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("张三", "String", "张三"),
        ("0012", "String", "0012"),
        ("3.50", "Number", 3.5),
        ("1E3", "Number", 1000.0),
        ("1", "Boolean", True),
        ("0", "Boolean", False),
        ("2026-03-05T00:00:00.000", "DateTime", date(2026, 3, 5)),
        ("2026-03-05T08:30:00.000", "DateTime", datetime(2026, 3, 5, 8, 30)),  # noqa: DTZ001
        ("#REF!", "Error", "#REF!"),
        ("甲<ss:Font>乙</ss:Font>", "String", "甲乙"),
        ("", "Number", ""),
        (" ", "Number", ""),
        ("", "DateTime", ""),
        ("", "Boolean", ""),
    ],
)
def test_each_kind_of_data(text: str, kind: str, value: object) -> None:
    found = xml(f"<ss:Row><ss:Cell>{data('头')}</ss:Cell><ss:Cell>{data(text, kind)}</ss:Cell><ss:Cell>{data('尾')}</ss:Cell></ss:Row>")
    assert found == [["头", value, "尾"]]
    assert type(found[0][1]) is type(value)


def test_places_that_are_named_and_those_that_follow() -> None:
    found = xml(
        f'<ss:Row ss:Index="2"><ss:Cell ss:Index="3">{data("丙")}</ss:Cell><ss:Cell>{data("丁")}</ss:Cell></ss:Row>'
        f"<ss:Row><ss:Cell/><ss:Cell>{data('乙')}</ss:Cell></ss:Row><ss:Row/><ss:Row><ss:Cell>{data('甲')}</ss:Cell></ss:Row>"
    )
    assert found == [[], ["", "", "丙", "丁"], ["", "乙"], [], ["甲"]]


def test_a_cell_over_several_columns_moves_those_after_it() -> None:
    (found,) = read_xml(
        _XML.format(
            f'<ss:Row><ss:Cell ss:MergeAcross="1" ss:MergeDown="1">{data("题")}</ss:Cell><ss:Cell>{data("右")}</ss:Cell></ss:Row>'
            f'<ss:Row ss:Hidden="1"><ss:Cell ss:Index="3">{data("下")}</ss:Cell></ss:Row>'
        ).encode(),
        "名册.xls",
    )
    assert ([list(row) for row in found.rows], found.merges, found.hidden_rows) == ([["题", "", "右"], ["", "", "下"]], [(0, 0, 1, 1)], {1})


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<ss:Row ss:Index="0"><ss:Cell/></ss:Row>', "损坏"),
        ('<ss:Row ss:Index="x"><ss:Cell/></ss:Row>', "损坏"),
        ('<ss:Row ss:Index="1048577"><ss:Cell/></ss:Row>', "损坏"),
        ('<ss:Row><ss:Cell ss:Index="16385"/></ss:Row>', "损坏"),
        ('<ss:Row><ss:Cell ss:MergeAcross="-1"/></ss:Row>', "损坏"),
        (f"<ss:Row><ss:Cell>{data('三亩', 'Number')}</ss:Cell></ss:Row>", "损坏"),
        (f"<ss:Row><ss:Cell>{data('昨天', 'DateTime')}</ss:Cell></ss:Row>", "损坏"),
        ("<ss:Row><ss:Cell></ss:Row>", "损坏"),
    ],
)
def test_what_cannot_be_is_damage(rows: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        xml(rows)


def test_a_workbook_without_sheets_is_damage() -> None:
    with pytest.raises(UnreadableFile, match="没有工作表"):
        read_xml(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Styles/></Workbook>', "a.xls")


def test_rows_far_apart_are_too_many_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_2003, "_MOST_PLACES", 10)
    assert len(xml(f'<ss:Row ss:Index="9"><ss:Cell>{data("x")}</ss:Cell></ss:Row>')) == 9
    with pytest.raises(UnreadableFile, match="10 格"):
        xml(f'<ss:Row ss:Index="12"><ss:Cell>{data("x")}</ss:Cell></ss:Row>')


# ---- web pages ----
def page(body: str, head: str = "") -> list[list[list[object]]]:
    return [[list(row) for row in one.rows] for one in read_html(f"<html>{head}<body>{body}</body></html>".encode(), "名册.xls")]


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", [["甲", "乙"], ["丙", "丁"]]),
        ("<table><tr><th>甲</th></tr><tr><td> 一 <b>组</b>\n 二 </td></tr></table>", [["甲"], ["一 组 二"]]),
        ("<table><tr><td>甲<br>乙<p>丙</p></td></tr><tr><td>丁</td></tr></table>", [["甲\n乙\n丙"], ["丁"]]),
        ("<table><td>无行<tr><td>二</table>", [["无行"], ["二"]]),
        ("<table><tr><td>&lt;3&amp;4&#22616;</td></tr><tr><td>x</td></tr></table>", [["<3&4塘"], ["x"]]),
        ("<table><tr><td rowspan=2>合</td><td>1</td></tr><tr><td>2</td></tr></table>", [["合", "1"], ["", "2"]]),
        ("<table><tr><td colspan=2>题</td><td>右</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>", [["题", "", "右"], ["1", "2", "3"]]),
        ("<table><tr><td colspan=0 rowspan=-3>甲</td><td colspan=x>乙</td></tr><tr><td>丙</td></tr></table>", [["甲", "乙"], ["丙"]]),
        ("<table><tr><td>甲<script>var x='乙'</script><style>td{}</style></td></tr><tr><td>丙</td></tr></table>", [["甲"], ["丙"]]),
        ("<table><tr><td>甲</td></tr><tr><td>没有结束", [["甲"], ["没有结束"]]),
    ],
)
def test_tables_as_programs_write_them(body: str, rows: list[list[str]]) -> None:
    assert page(body) == [rows]


def test_a_table_within_another_stands_for_itself_and_small_ones_are_passed_over() -> None:
    inner = "<table><tr><td>里</td></tr><tr><td>面</td></tr></table>"
    found = page(f"<table><tr><td>页眉</td></tr></table><table><tr><td>外{inner}</td></tr><tr><td>部</td></tr></table>")
    assert found[1] == [["里"], ["面"]]
    assert found[0][1] == ["部"]
    assert [one.name for one in read_html(b"<table><tr><td>1</table>", "a.xls")] == ["表1"]


def test_the_encoding_that_a_page_names_wrongly_is_found_all_the_same() -> None:
    for name, encoding in (("utf-8", "gbk"), ("no-such", "gbk"), ("gb2312", "gb18030"), ("big5", "big5")):
        text = "農會" if encoding == "big5" else "低岭村"
        body = f"<meta charset={name}><table><tr><td>{text}</td></tr><tr><td>x</td></tr></table>".encode(encoding)
        (found,) = read_html(body, "a.xls")
        assert (name, found.rows[0]) == (name, [text])


@pytest.mark.parametrize(
    ("body", "told"), [("<p>没有表格</p>", "里面没有表格"), ("<table></table>", "里面没有表格")]
)
def test_a_page_without_a_table_is_told(body: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        page(body)


def test_spans_over_very_many_cells_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tables, "_MOST_CELLS", 6)
    assert page("<table><tr><td colspan=3>x</td></tr><tr><td>1</td></tr></table>")
    with pytest.raises(UnreadableFile, match="超过 6 格"):
        page("<table><tr><td colspan=3 rowspan=3>x</td></tr></table>")
