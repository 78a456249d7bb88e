import shutil
import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWizard

from fupin_desktop import app as program
from fupin_desktop.ahead import begin
from fupin_desktop.errors import DataFileBusy, FileMissing
from fupin_desktop.paths import resources
from fupin_desktop.services import offices, samples
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.ui import data_folder, preferences
from fupin_desktop.ui.dialogs.office_form import OfficeFields
from fupin_desktop.ui.dialogs.wizard import FirstStart
from fupin_desktop.ui.preferences import Preferences
from tests.ui.conftest import Answers, moment


def fill(wizard: FirstStart, folder: Path, *, sample: bool = False) -> None:
    wizard.restart()
    fields = wizard.office_page.fields
    fields.county.setCurrentText("吴川市")
    fields.town.setCurrentText("塘㙍镇")
    fields.clerk.setText("李文静")
    wizard.next()
    wizard.folder_page.line.setText(str(folder))
    wizard.next()
    (wizard.start_page.sample if sample else wizard.start_page.empty).setChecked(True)
    wizard.accept()


def test_office_is_named_after_its_town_until_typed(app, qtbot):
    fields = OfficeFields(full=False)
    qtbot.addWidget(fields)
    fields.county.setCurrentText("吴川市")
    assert (fields.town.currentText(), fields.name.text()) == ("", "")
    fields.town.setCurrentText("塘㙍镇")
    assert fields.name.text() == "塘㙍镇扶贫办"
    assert not fields.complete()
    fields.clerk.setText("李文静")
    assert fields.complete()
    assert fields.form().town_code == "440883107"
    qtbot.keyClicks(fields.name, "X")
    fields.town.setCurrentText("黄坡镇")
    assert fields.name.text() == "塘㙍镇扶贫办X"


def test_places_that_are_not_listed_can_be_typed(app, qtbot):
    fields = OfficeFields(full=False)
    qtbot.addWidget(fields)
    fields.county.setEditText("别的县")
    fields.town.setEditText("别的镇")
    form = fields.form()
    assert (form.county, form.county_code, form.town, form.town_code) == ("别的县", "", "别的镇", "")


def test_wizard_describes_an_empty_office(app, answers, tmp_path, qtbot):
    wizard = FirstStart(answers, tmp_path / "数据")
    qtbot.addWidget(wizard)
    fill(wizard, tmp_path / "数据")
    setup = wizard.setup()
    assert setup.folder == tmp_path / "数据"
    assert setup.form.name == "塘㙍镇扶贫办"
    assert (setup.sample, setup.has_data) == (False, False)


def test_wizard_stays_on_a_page_that_is_not_complete(app, answers, tmp_path, qtbot):
    wizard = FirstStart(answers, tmp_path)
    qtbot.addWidget(wizard)
    wizard.restart()
    assert not wizard.office_page.isComplete()
    wizard.folder_page.line.setText("relative")
    assert not wizard.folder_page.isComplete()
    answers.answers.append(tmp_path / "chosen")
    wizard.folder_page._choose()
    assert wizard.folder_page.folder == tmp_path / "chosen"
    assert wizard.folder_page.isComplete()


def test_folders_are_judged(tmp_path, monkeypatch):
    assert data_folder.judge(Path("relative")).fault
    assert "程序" in data_folder.judge(resources() / "data").fault
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert data_folder.judge(tmp_path / "file" / "below").fault
    assert data_folder.judge(tmp_path / "new" / "deep") == data_folder.Verdict()
    assert not (tmp_path / "new").exists()
    (tmp_path / data_folder.DATA_FILE).write_bytes(b"")
    assert data_folder.judge(tmp_path).has_data
    monkeypatch.setattr(data_folder, "drive_kind", lambda folder: "removable")
    assert "U盘" in data_folder.judge(tmp_path).warning
    monkeypatch.setattr(data_folder, "drive_kind", lambda folder: "remote")
    assert "网络" in data_folder.judge(tmp_path).warning


def test_a_backup_elsewhere_is_asked_for_where_the_folder_is_chosen(app, answers, tmp_path, qtbot):
    wizard = FirstStart(answers, tmp_path / "data")
    qtbot.addWidget(wizard)
    asked = [one.text() for one in wizard.findChildren(QLabel) if "第二处备份" in one.text()]
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["con", "LPT1.数据", "nul"])
def test_folders_named_like_devices_are_refused(tmp_path, name):
    assert f"“{name}”是 Windows 留给设备的名字" in data_folder.judge(tmp_path / name / "x").fault


def test_what_the_system_says_to_odd_folders_is_told(tmp_path, monkeypatch):
    def refuses(self):
        raise OSError(22, "odd name")

    monkeypatch.setattr(data_folder.Path, "exists", refuses)
    assert "没有权限写入" in data_folder.judge(tmp_path / "odd").fault


def test_a_folder_that_cannot_be_written_is_told_after_one_try(tmp_path, monkeypatch):
    tried = []

    def refuses(self, _content):
        tried.append(self)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(data_folder.Path, "write_bytes", refuses)
    assert "没有权限写入" in data_folder.judge(tmp_path / "new").fault
    assert len(tried) == 1
    assert [*tmp_path.iterdir()] == []


def test_data_may_not_lie_beside_the_installed_program(tmp_path, monkeypatch):
    monkeypatch.setattr(data_folder.sys, "executable", str(tmp_path / "FupinDesktop" / "FupinDesktop.exe"))
    assert "程序自己的文件夹" in data_folder.judge(tmp_path / "FupinDesktop" / "数据").fault
    assert data_folder.judge(tmp_path / "数据").fault == ""


def test_sticks_are_known_by_where_they_are_mounted():
    if sys.platform == "linux":
        assert data_folder.drive_kind(Path("/media/usb/data")) == "removable"
        assert data_folder.drive_kind(Path("/home/li/data")) == "fixed"


@pytest.fixture
def started(app, answers):
    benches = []

    def start(folder, chosen=None, *, data=None, sample=False):
        chosen = chosen or Preferences()
        bench = program._open(data, sample, chosen, answers, begin(chosen.data_folder, data, sample=sample))
        benches.append(bench)
        return bench

    yield start
    for bench in benches:
        if bench is not None:
            bench.close()


def test_first_start_makes_the_office_and_remembers_the_folder(started, answers, tmp_path):
    chosen = Preferences()
    answers.dialogs.append(lambda wizard: fill(wizard, tmp_path / "数据"))
    bench = started(tmp_path, chosen)
    assert offices.office(bench).name == "塘㙍镇扶贫办"
    assert bench.clerk == "李文静"
    assert preferences.load().data_folder == str(tmp_path / "数据")


def test_first_start_with_sample_data_makes_it_for_the_day_and_the_clerk(started, answers, tmp_path, monkeypatch, sample_folder):
    made = []

    def copied(folder, *, now, clerk):
        made.append((now, clerk))
        shutil.copytree(sample_folder, folder)

    monkeypatch.setattr(samples, "make_sample", copied)
    monkeypatch.setattr(program, "local_time", lambda: datetime(2028, 2, 29, 9, 30))  # noqa: DTZ001
    answers.dialogs.append(lambda wizard: fill(wizard, tmp_path / "数据", sample=True))
    bench = started(tmp_path)
    assert made == [(datetime(2028, 2, 29, 9, 30), "李文静")]  # noqa: DTZ001
    assert bench.heading.startswith("吴川市")
    assert bench.store.glance("SELECT count(*) FROM households")[0][0] > 100


def test_without_a_package_after_all_the_wizard_comes_back(started, answers, tmp_path):
    def by_mistake(wizard):
        wizard.restart()
        wizard.office_page.fields.clerk.setText("陈小明")
        wizard.button(QWizard.WizardButton.CustomButton1).click()

    def go_on(wizard):
        assert wizard.office_page.fields.clerk.text() == "陈小明"
        fill(wizard, tmp_path / "数据")

    answers.dialogs += [by_mistake, go_on]
    answers.answers.append(None)
    assert offices.office(started(tmp_path)).town == "塘㙍镇"


def test_giving_up_the_wizard_leaves_nothing(started, answers, tmp_path):
    answers.dialogs.append(lambda wizard: wizard.reject())
    assert started(tmp_path) is None
    assert preferences.load().data_folder == ""


def test_the_wizard_opens_a_folder_with_data_as_it_is(started, answers, tmp_path):
    other = open_workbench(tmp_path, clock=moment)
    offices.setup(other, offices.OfficeForm(name="黄坡镇扶贫办", county="吴川市", town="黄坡镇", clerk="陈", year=2026))
    other.close()
    answers.dialogs.append(lambda wizard: fill(wizard, tmp_path))
    bench = started(tmp_path)
    assert offices.office(bench).name == "黄坡镇扶贫办"


def test_a_remembered_folder_that_is_gone_is_asked_for(started, answers, tmp_path):
    chosen = Preferences(data_folder=str(tmp_path / "stick"))
    answers.answers += [None]
    assert started(tmp_path, chosen) is None
    (tmp_path / "moved").mkdir()
    answers.answers += [0, tmp_path / "moved"]
    with pytest.raises(FileMissing):
        started(tmp_path, chosen)
    open_workbench(tmp_path / "moved", clock=moment).close()
    answers.answers += [0, tmp_path / "moved"]
    assert started(tmp_path, chosen).data_folder == tmp_path / "moved"
    assert preferences.load().data_folder == str(tmp_path / "moved")


def damage(folder):
    file = folder / "fupin.sqlite"
    content = bytearray(file.read_bytes())
    content[4096:20480] = b"\xff" * 16384
    file.write_bytes(bytes(content))


def test_a_damaged_file_is_put_right_from_a_backup(started, answers, tmp_path):
    bench = open_workbench(tmp_path, clock=moment)
    offices.setup(bench, offices.OfficeForm(name="黄坡镇扶贫办", county="吴川市", town="黄坡镇", clerk="陈", year=2026))
    bench.back_up()
    bench.close()
    damage(tmp_path)
    answers.answers.append(None)
    assert started(tmp_path, data=tmp_path) is None
    answers.answers.append(0)
    assert offices.office(started(tmp_path, data=tmp_path)).name == "黄坡镇扶贫办"


@pytest.mark.parametrize("gone", [True, False])
def test_a_data_file_that_is_gone_or_empty_is_put_right_from_a_backup(started, answers, tmp_path, gone):
    bench = open_workbench(tmp_path, clock=moment)
    offices.setup(bench, offices.OfficeForm(name="黄坡镇扶贫办", county="吴川市", town="黄坡镇", clerk="陈", year=2026))
    bench.back_up()
    bench.close()
    (tmp_path / "fupin.sqlite").unlink()
    if not gone:
        (tmp_path / "fupin.sqlite").touch()
    answers.answers.append(0)
    assert offices.office(started(tmp_path, data=tmp_path)).name == "黄坡镇扶贫办"


def test_a_damaged_backup_is_told_and_another_can_be_chosen(started, answers, tmp_path):
    bench = open_workbench(tmp_path, clock=moment)
    offices.setup(bench, offices.OfficeForm(name="黄坡镇扶贫办", county="吴川市", town="黄坡镇", clerk="陈", year=2026))
    bench.back_up()
    offices.set_year(bench, 2027)
    newer = bench.back_up()
    bench.close()
    newer.path.write_bytes(b"PK broken")
    damage(tmp_path)
    answers.answers += [0, 1]
    assert offices.office(started(tmp_path, data=tmp_path)).name == "黄坡镇扶贫办"
    assert newer.path.name in answers.asked[-1][1]


def test_a_damaged_file_without_a_backup_of_its_own_is_put_right_from_the_second_place(started, answers, tmp_path):
    stick, folder = tmp_path / "U盘", tmp_path / "数据"
    stick.mkdir()
    bench = open_workbench(folder, clock=moment)
    offices.setup(bench, offices.OfficeForm(name="黄坡镇扶贫办", county="吴川市", town="黄坡镇", clerk="陈", year=2026))
    copy = bench.back_up().path.rename(stick / "fupin_2026-12-24_103205_manual_1.zip")
    content = b"the contract of the pond"
    attached = stick / "附件" / "d9" / sha256(content).hexdigest()
    bench.close()
    damage(folder)
    attached.parent.mkdir(parents=True)
    attached.write_bytes(content)
    (stick / "名册.xlsx").touch()
    answers.answers += [None]
    assert started(folder, data=folder) is None
    answers.answers += [0, None, 0, stick / "名册.xlsx", 0, copy]
    assert offices.office(started(folder, data=folder)).name == "黄坡镇扶贫办"
    assert "不是备份文件" in answers.told[0].happened
    assert "已恢复到 2026-12-24 10:32 的备份，抄回 1 个附件" in answers.told[1]


HOLDER = """
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from fupin_desktop.services.opening import open_workbench
bench = open_workbench(Path(sys.argv[1]), clock=datetime.now)
print("open", flush=True)
sys.stdin.read()
bench.close()
"""


def test_a_second_start_brings_the_first_window_forward_and_ends(started, tmp_path, qtbot, monkeypatch):
    from fupin_desktop.ui.single import FirstWindow, raise_first

    monkeypatch.setattr(raise_first, "__defaults__", (300,))
    open_workbench(tmp_path, clock=moment).close()
    root = Path(program.__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(DataFileBusy):
            started(tmp_path, data=tmp_path)
        first = FirstWindow(tmp_path)
        with qtbot.waitSignal(first.called):
            assert started(tmp_path, data=tmp_path) is None
        first.close()
        holder.communicate("")


def test_a_newer_data_file_is_told_and_the_start_ends(app, tmp_path, monkeypatch):
    import sqlite3

    open_workbench(tmp_path, clock=moment).close()
    with sqlite3.connect(tmp_path / data_folder.DATA_FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    told = Answers()
    monkeypatch.setattr(program, "Asker", lambda _folder="": told)
    assert program.run(data=tmp_path) == program.FAILED
    assert "更新版本" in told.told[0].happened
