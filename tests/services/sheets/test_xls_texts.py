"""The texts that the cells of an old .xls share: how long they are, and that no long one stands in very many cells."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.sheets.xls_records import records
from fupin_desktop.services.sheets.xls_scan import workbook_stream
from fupin_desktop.services.sheets.xls_texts import _Reader


def test_a_long_text_in_very_many_cells_of_an_xls_is_told(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    one = made.add_sheet("表")
    for row in range(200):
        for column in range(60):
            one.write(row, column, "长" * 30_000)
    made.save(str(tmp_path / "a.xls"))
    assert (tmp_path / "a.xls").stat().st_size < 600_000
    with pytest.raises(UnreadableFile, match="很长的文字"):
        open_workbook(tmp_path / "a.xls")


@pytest.mark.parametrize("texts", [["甲" * 9000, "a" * 12_000, "乙b" * 4000], ["短", "x"] * 400])
def test_the_lengths_of_shared_texts_are_read_over_the_ends_of_records(tmp_path: Path, texts: list[str]) -> None:
    made = xlwt.Workbook()
    one = made.add_sheet("表")
    for row, text in enumerate(texts):
        one.write(row, 0, f"{row}{text}")
    made.save(str(tmp_path / "a.xls"))
    stream = workbook_stream((tmp_path / "a.xls").read_bytes(), "a.xls")
    blocks = [(at, at + length) for kind, at, length in records(stream) if kind in (0xFC, 0x3C)]
    assert list(_Reader(stream, blocks).lengths()) == [len(f"{row}{text}") for row, text in enumerate(texts)]
