import os
from pathlib import Path

import pytest

from fupin_desktop.errors import FileBusy, Situation
from fupin_desktop.services import files
from fupin_desktop.services.files import write_together

FILES = {"甲.txt": "新甲".encode(), "乙.txt": "新乙".encode(), "丙.txt": "新丙".encode()}


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_fresh_folder_is_made_with_its_parents(tmp_path):
    write_together(tmp_path / "深" / "处", FILES)
    assert content(tmp_path / "深" / "处") == FILES


def test_old_files_are_replaced_and_others_stay(tmp_path):
    (tmp_path / "甲.txt").write_text("旧甲", encoding="utf-8")
    (tmp_path / "别的.txt").write_text("别的", encoding="utf-8")
    write_together(tmp_path, FILES)
    assert content(tmp_path) == {**FILES, "别的.txt": "别的".encode()}


def test_old_files_that_a_virus_scanner_holds_do_not_undo_the_new_ones(tmp_path, monkeypatch):
    (tmp_path / "甲.txt").write_text("旧甲", encoding="utf-8")

    def held(_path, missing_ok=False):
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "unlink", held)
    write_together(tmp_path, FILES)
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == FILES


@pytest.mark.parametrize("broken", ["甲.txt", "乙.txt", "丙.txt"])
def test_one_file_held_open_leaves_all_as_they_were(tmp_path, monkeypatch, broken):
    (tmp_path / "甲.txt").write_text("旧甲", encoding="utf-8")
    (tmp_path / "丙.txt").write_text("旧丙", encoding="utf-8")
    before = content(tmp_path)
    real = os.replace

    def refuse(source, target):
        if str(tmp_path / broken) in {str(source), str(target)}:
            raise OSError(16, "busy")
        real(source, target)

    monkeypatch.setattr(files, "rename", refuse)
    with pytest.raises(FileBusy, match=broken):
        write_together(tmp_path, FILES)
    monkeypatch.undo()
    assert content(tmp_path) == before


def test_an_old_file_that_cannot_be_put_back_is_not_thrown_away(tmp_path, monkeypatch):
    (tmp_path / "甲.txt").write_text("旧甲", encoding="utf-8")
    real = os.replace

    def refuse(source, target):
        if str(target) == str(tmp_path / "甲.txt"):
            raise OSError(16, "busy")
        real(source, target)

    monkeypatch.setattr(files, "rename", refuse)
    with pytest.raises(FileBusy):
        write_together(tmp_path, FILES)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()] == ["旧甲"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "文件").write_text("in the way", encoding="utf-8")
    with pytest.raises(Situation):
        write_together(tmp_path / "文件", FILES)
    with pytest.raises(Situation):
        write_together(tmp_path / "文件" / "里面", FILES)
    assert (tmp_path / "文件").read_text() == "in the way"


def test_a_failed_first_write_leaves_no_empty_folder(tmp_path, monkeypatch):
    def fail(_path, _content):
        raise FileBusy("测试。")

    monkeypatch.setattr(files, "write_bytes", fail)
    with pytest.raises(FileBusy):
        write_together(tmp_path / "新", FILES)
    assert not (tmp_path / "新").exists()
