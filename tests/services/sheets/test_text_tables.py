"""Tables kept as text: which sign parts their cells, what spreadsheets put round them, and texts that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets import text_tables
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.sheets.text_tables import between, read_plain


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("户主,村\n张三,低岭村\n", ","),
        ("户主\t村,组\n张三\t低岭村,一组\n", "\t"),
        ("户主，村\n张三，低岭村\n", "，"),
        ("户主、村\n张三、低岭村\n", "、"),
        ("户主;村,组;备注\n张三;低岭村;无\n", ";"),
        ("说明，共三户\n户主|村\n张三|低岭村\n李四|那罗村\n", "|"),
        ("户主\n张三\n", ""),
        ("", ""),
        ("1,234\n5,678\n9\n", ","),
    ],
)
def test_the_sign_that_stands_in_most_rows_parts_the_cells(text: str, sign: str) -> None:
    assert between(text) == sign


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('="0123"', "0123"),
        ('"=""0123"""', "0123"),
        ("'440883196803120019", "440883196803120019"),
        ("'甲", "'甲"),
        ("'", "'"),
        ("\u3000张三 ", "张三"),
        ('"a\tb"', "a\tb"),
        ('="a"b', '="a"b'),
        ('"="""', '="'),
    ],
)
def test_what_keeps_a_cell_from_being_changed_is_not_of_it(cell: str, kept: str) -> None:
    assert read_plain(f"x,{cell}\n1,2\n".encode(), "a.csv").rows[0] == ["x", kept]


def test_blank_rows_stay_between_and_go_at_the_end() -> None:
    found = read_plain("户主,村\n\n ,\n张三,低岭村\n,\n\n".encode(), "名册.csv")
    assert (found.name, found.rows) == ("名册", [["户主", "村"], [], [], ["张三", "低岭村"]])


def test_quotation_marks_that_never_end_are_told_with_their_row() -> None:
    text = "户主,村\n张三,低岭村\n李四,\"" + "长" * (1 << 20) + "\n"
    with pytest.raises(UnreadableFile, match="引号可能没有成对") as told:
        read_plain(text.encode(), "名册.csv")
    assert "名册.csv" in told.value.happened


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_that_breaks_off_within_a_character_is_not_taken_for_the_whole(encoding: str) -> None:
    whole = "户主,村\n张三,低岭村\n李四,那罗村".encode(encoding)
    assert len(read_plain(whole, "名册.csv").rows) == 3
    for cut in (whole[:-1], whole + b"\0" * 512):
        with pytest.raises(UnreadableFile, match="名册.csv”不完整") as told:
            read_plain(cut, "名册.csv")
        assert "重新导出" in told.value.todo


@pytest.mark.parametrize(
    ("name", "content", "happened", "todo"),
    [
        ("~$名册.xlsx", b"\x06\xc0\xee" + b" " * 162, "临时文件", "请选择“名册.xlsx”"),
        ("名册.xls", b"MIME-Version: 1.0\r\n\r\n<html><table><tr><td>1</td></tr></table></html>", "单个文件网页", "另存为"),
    ],
)
def test_files_that_hold_no_list_are_told_as_what_they_are(
    tmp_path: Path, name: str, content: bytes, happened: str, todo: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=happened) as told:
        open_workbook(tmp_path / name)
    assert todo in told.value.todo


def test_more_rows_than_a_sheet_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_tables, "MOST_ROWS", 3)
    assert len(read_plain(b"a,b\n" * 3, "a.csv").rows) == 3
    with pytest.raises(UnreadableFile, match="超过 3 行"):
        read_plain(b"a,b\n" * 4, "a.csv")


def test_more_cells_than_a_list_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_tables, "_MOST_CELLS", 4)
    assert read_plain(b"a,b\nc,d\n", "a.csv").rows == [["a", "b"], ["c", "d"]]
    with pytest.raises(UnreadableFile, match="4 格"):
        read_plain(b"a,b\nc,d\ne,f\n", "a.csv")
