"""``--selftest``: what it reports where all is well, and where a step fails."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from fupin_desktop import __main__, app, paths, selftest
from fupin_desktop.services import self_test
from tests.ui.conftest import Answers

NOW = datetime(2026, 11, 9, 8, 0)  # noqa: DTZ001 - local time


@pytest.fixture
def report(tmp_path, monkeypatch, sample_folder):
    """Runs the self-test on a copy of the stored sample office, without drawing; gives its report."""
    monkeypatch.setattr(self_test, "make_office", lambda folder: shutil.copytree(sample_folder, folder))
    # Encrypting the office and back takes seconds, and has tests of its own.
    monkeypatch.setattr(self_test, "protected_and_back", lambda folder: len(list(folder.glob("*.sqlite"))))

    # This process has run other tests before, and its peak is theirs.
    monkeypatch.setattr(selftest, "peak_mib", lambda: 120.0)

    def picture(_data, folder, _clock, failed):
        folder.mkdir()
        (folder / "home.png").write_bytes(b"png")
        if broken:
            failed("dialog_settings", ValueError("no such thing"))
        return [folder / "home.png"]

    broken = False

    def run(*, broken_picture=False, menus="FP Hei 10.5 pt"):
        nonlocal broken
        broken = broken_picture
        monkeypatch.setattr(app, "save_shots", picture)
        monkeypatch.setattr(selftest, "_screen", lambda: {"font": "FP Hei 10.5 pt", "menus": menus})
        good = selftest.SelfTest(tmp_path / "out", lambda: NOW).run()
        found = json.loads((tmp_path / "out" / "selftest.json").read_text(encoding="utf-8"))
        assert found["ok"] is good
        return found

    return run


def test_everything_is_done_and_packed_to_be_sent(report, tmp_path):
    found = report()
    steps = {step["name"]: step for step in found["steps"]}
    assert [name for name, step in steps.items() if not step["ok"]] == []
    assert len(steps["calculation"]["awards"]) >= 5
    papers = steps["papers"]["sha256"]
    assert {"award/notice.pdf", "award/award_sheet.xlsx", "forms/village_application.pdf"} <= papers.keys()
    assert any(name.startswith("documents/") for name in papers)
    assert steps["register to a workbook and back"]["rows"] > 100
    assert steps["password"]["schemes"] == 1
    with zipfile.ZipFile(tmp_path / "out" / selftest.PACKED) as archive:
        assert archive.namelist() == ["selftest.json", "pictures/home.png"]
        text = archive.read("selftest.json").decode("utf-8")
    assert str(Path.home()) not in text


def test_a_step_that_fails_is_told_and_the_others_are_done(report, monkeypatch):
    def fails(_bench):
        raise ZeroDivisionError("not so")

    monkeypatch.setattr(self_test, "calculated", fails)
    monkeypatch.setattr(self_test, "write_papers", lambda _bench, _folder: {})
    found = report(broken_picture=True, menus="Tahoma 9 pt")
    steps = {step["name"]: step for step in found["steps"]}
    assert not found["ok"]
    assert "ZeroDivisionError: not so" in steps["calculation"]["trouble"]
    assert "no such thing" in steps["tabs and dialogs"]["failed"]["dialog_settings"]
    assert "Tahoma 9 pt" in steps["tabs and dialogs"]["failed"]["menus"]
    assert steps["backup"]["ok"]


def test_the_fonts_of_the_window_are_told(app):
    found = selftest._screen()
    assert found["font"] == found["menus"] != ""
    assert found["font"].endswith(" pt")


def test_a_crash_leaves_a_report_that_names_the_step(tmp_path, monkeypatch):
    def crashes(_folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(self_test, "make_office", crashes)
    with pytest.raises(KeyboardInterrupt):
        selftest.SelfTest(tmp_path, lambda: NOW).run()
    found = json.loads((tmp_path / "selftest.json").read_text(encoding="utf-8"))
    assert not found["ok"]
    assert found["steps"][-1] == {"name": "sample office", "ok": False, "trouble": "the program ended here"}


def test_the_command_line_runs_it(tmp_path, monkeypatch, capsys):
    seen = []
    monkeypatch.setattr(selftest.SelfTest, "run", lambda self: seen.append(self.folder) or True)
    assert __main__.main(["--selftest", str(tmp_path / "out")]) == 0
    assert seen == [tmp_path / "out"]
    assert selftest.PACKED in capsys.readouterr().out


class FromTheMenu(Answers):
    """Started without a console; answers the question before, and looks at the folder afterwards."""

    def __init__(self, *, begins):
        super().__init__()
        self.begins, self.asked, self.shown = begins, [], []

    def question(self, _parent, _title, text, **_buttons):
        self.asked.append(text)
        return self.begins

    def written(self, _parent, _title, text, path):
        self.shown.append((text, path))
        return path.parent


@pytest.mark.parametrize("begins", [True, False])
def test_from_the_menu_it_is_asked_before_and_the_report_shown_after(app, tmp_path, monkeypatch, begins):
    asker, opened = FromTheMenu(begins=begins), []
    monkeypatch.setattr(selftest, "_has_console", lambda: False)
    monkeypatch.setattr(selftest, "_asker", lambda: asker)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(
        selftest.SelfTest, "run", lambda self: bool((self.folder / selftest.PACKED).write_bytes(b"zip"))
    )
    assert selftest.run(tmp_path) == 0
    assert "单位的数据不会动" in asker.asked[0]
    if begins:
        assert asker.shown == [(f"自检完成，一切正常。请把“{tmp_path / selftest.PACKED}”交给技术人员。", tmp_path / selftest.PACKED)]
        assert [Path(one) for one in opened] == [tmp_path]
    else:
        assert [*tmp_path.iterdir()] == []


def test_it_has_a_folder_of_its_own_where_none_is_named(monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(paths, "_own_data", lambda: tmp_path)
    monkeypatch.setattr(selftest.SelfTest, "run", lambda self: seen.append(self.folder) or True)
    assert __main__.main(["--selftest"]) == 0
    assert seen == [tmp_path / "自检"]


def test_an_office_that_lies_in_the_folder_is_not_taken_for_the_sample(tmp_path, capsys):
    """The sample office is made anew in ``office``, and a clerk may call hers so too."""
    hers = tmp_path / "office" / "fupin.sqlite"
    hers.parent.mkdir()
    hers.write_bytes(b"hers")
    assert __main__.main(["--selftest", str(tmp_path)]) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [hers]
    assert "里有别的东西，没有检查" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert __main__.main(["--selftest", str(tmp_path / "file" / "自检")]) == 1
    assert "写不了自检的报告" in capsys.readouterr().out


@pytest.mark.parametrize(("peak", "good"), [(899, True), (900, False), (0, False)])
def test_more_memory_than_a_small_pc_has_is_a_fault(monkeypatch, peak, good):
    monkeypatch.setattr(selftest, "peak_mib", lambda: float(peak))
    assert selftest._memory()["ok"] is good
