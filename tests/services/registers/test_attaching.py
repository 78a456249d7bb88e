"""Files attached to records: kept once, by checksum, told when they are damaged, undone like any edit."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import DiskFull, FileMissing, NotAllowed, UnreadableFile
from fupin_desktop.services import attachments, history, registers
from fupin_desktop.services.registers import CellEdit, Query
from fupin_desktop.services.registers.attaching import attach, attached
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import cell, make_office
from tests.services.registers.invented import Invented, invented


class Office:
    """An office with a pond to which files are attached."""

    def __init__(self, bench: Workbench, made: Invented, folder: Path) -> None:
        self.bench, self.ponds, self.folder = bench, made.ponds, folder
        registers.add(bench, self.ponds, {"name": "大塘", "village": "低岭村"})
        (row,) = registers.window(bench, Query(self.ponds, bench.year), 0, 5)
        self.key = row.key

    def file(self, name: str, content: bytes = b"scan") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def attach(self, *paths: Path) -> None:
        attach(self.bench, self.ponds, self.key, "contracts", paths)

    @property
    def shown(self) -> str:
        (row,) = registers.rows(self.bench, self.ponds, self.bench.year, [self.key])
        return cell(row, "contracts", self.ponds)

    @property
    def kept(self) -> list[Path]:
        return sorted(path for path in (self.bench.data_folder / attachments.FOLDER).rglob("*") if path.is_file())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with invented() as made:
        bench = make_office(tmp_path / "数据")
        yield Office(bench, made, tmp_path)
        bench.close()


def test_files_are_shown_by_name_and_kept_by_checksum(office: Office, tmp_path: Path) -> None:
    office.attach(office.file("合同.pdf"), office.file("照片.jpg", b"photo"))
    assert office.shown == "合同.pdf、照片.jpg"
    first, second = attached(office.bench, office.ponds, office.key, "contracts")
    assert (first.name, first.size) == ("合同.pdf", 4)
    assert {path.name for path in office.kept} == {first.sha256, second.sha256}
    attachments.save_as(office.bench.data_folder, first, tmp_path / "打开.pdf")
    assert (tmp_path / "打开.pdf").read_bytes() == b"scan"


def test_equal_content_takes_its_room_once_and_equal_names_are_told_apart(office: Office) -> None:
    office.attach(office.file("合同.pdf"))
    office.attach(office.file("副本.pdf"), office.file("合同.pdf", b"other"))
    office.attach(office.file("合同.pdf", b"third"))
    assert office.shown == "合同.pdf、副本.pdf、合同(2).pdf、合同(3).pdf"
    assert len(office.kept) == 3


def test_marks_that_part_names_do_not_stand_in_them(office: Office) -> None:
    office.attach(office.file("甲、乙；丙.pdf"))
    assert office.shown == "甲_乙_丙.pdf"


def test_a_name_is_taken_out_of_the_cell_and_an_unknown_one_refused(office: Office) -> None:
    office.attach(office.file("合同.pdf"), office.file("照片.jpg", b"photo"))
    change = registers.set_cells(office.bench, office.ponds, [CellEdit(office.key, "contracts", "照片.jpg")])
    assert change.change
    assert office.shown == "照片.jpg"
    refused = registers.set_cells(office.bench, office.ponds, [CellEdit(office.key, "contracts", "别的.pdf")])
    assert refused.refused
    assert "没有附过“别的.pdf”" in refused.problems[0].sentence
    history.undo(office.bench)
    assert office.shown == "合同.pdf、照片.jpg"
    history.undo(office.bench)
    assert office.shown == ""


def test_content_that_was_changed_or_is_gone_is_not_handed_out(office: Office, tmp_path: Path) -> None:
    office.attach(office.file("合同.pdf"))
    files = attached(office.bench, office.ponds, office.key, "contracts")
    folder = office.bench.data_folder
    assert attachments.damaged(folder, files) == []
    (place,) = office.kept
    place.write_bytes(b"scam")
    with pytest.raises(UnreadableFile, match="内容变了或坏了"):
        attachments.save_as(folder, files[0], tmp_path / "打开.pdf")
    assert not (tmp_path / "打开.pdf").exists()
    assert attachments.damaged(folder, files) == files
    place.unlink()
    with pytest.raises(FileMissing):
        attachments.verify(folder, files[0])
    assert attachments.damaged(folder, files) == files


def test_damaged_content_is_replaced_when_the_file_is_attached_again(office: Office) -> None:
    office.attach(office.file("合同.pdf"))
    office.kept[0].write_bytes(b"")
    office.attach(office.file("又一份.pdf"))
    files = attached(office.bench, office.ponds, office.key, "contracts")
    assert attachments.damaged(office.bench.data_folder, files) == []


def test_what_cannot_be_attached_is_told_and_nothing_is_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, kind in (
        (office.file("空.pdf", b""), NotAllowed), (tmp_path / "没有.pdf", FileMissing), (tmp_path, NotAllowed),
    ):  # fmt: skip
        with pytest.raises(kind):
            office.attach(path)
    monkeypatch.setattr(attachments, "MOST", 3)
    with pytest.raises(NotAllowed, match="大|超过"):
        office.attach(office.file("大.pdf"))
    with pytest.raises(NotAllowed, match="不能添加附件"):
        attach(office.bench, office.ponds, office.key, "name", [office.file("合同.pdf")])
    with pytest.raises(NotAllowed, match="已被删除"):
        attach(office.bench, office.ponds, "0" * 32, "contracts", [office.file("合同.pdf")])
    assert (office.shown, office.kept) == ("", [])


def test_a_full_disk_attaches_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office.file("合同.pdf")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match="“合同.pdf”没有写成"):
        office.attach(path)
    monkeypatch.undo()
    assert (office.shown, office.kept) == ("", [])
