"""Everything in one package, opened on another computer: whole or not at all, encrypted where the office is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from fupin_desktop.domain.exchange import HandoverKind
from fupin_desktop.errors import Cancelled, DataFileNewer, DataLocked, NotAllowed, UnreadableFile, WrongPassword
from fupin_desktop.services import attachments, backups, protection, villages
from fupin_desktop.services.exchange import package
from fupin_desktop.services.exchange.model import Drive, Purpose
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import key_slots, package_file
from fupin_desktop.storage.store import DATA_FILE
from tests.services.exchange.test_carrying import quiet
from tests.services.register_office import make_office

NOW = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - local time
PASSWORD = "低岭村的荔枝-88"
TO = Purpose("换电脑", "新电脑", "李新")
CHOICES = {"text_size": "large"}


@pytest.fixture(autouse=True)
def quick_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "office")
    made.back_up()
    own = made.data_folder / "forms" / "own"
    own.mkdir(parents=True)
    (own / "form.toml").write_text("自己的表样", encoding="utf-8")
    (made.data_folder / "policy.toml").write_bytes(b"")
    scan = tmp_path / "合同.pdf"
    scan.write_bytes(b"%PDF" + bytes(range(256)) * 20_000)
    attachments.store(made.data_folder, scan)
    yield made
    made.close()
    protection.lock(made.data_folder)


def packed(bench: Workbench, tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir(exist_ok=True)
    carried = package.make(bench, Drive(stick, "U盘"), TO, CHOICES, quiet)
    assert carried.told.endswith("可以安全拔出U盘。")
    assert (carried.folder / "交接单.pdf").is_file()
    assert carried.handed.kind is HandoverKind.PACKAGE
    return next(carried.folder.glob("*.fupin"))


def contents(folder: Path) -> dict[str, bytes]:
    left = {"fupin.lock", DATA_FILE, f"{DATA_FILE}-wal", f"{DATA_FILE}-shm"}
    found = [path for path in folder.rglob("*") if path.is_file() and path.name not in left and "日志" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_everything_opens_on_another_computer(bench: Workbench, tmp_path: Path) -> None:
    path = packed(bench, tmp_path)
    inside = package.look(path)
    assert (inside.office, inside.clerk, inside.made_at, inside.encrypted) == ("塘㙍镇扶贫办", "陈经办", NOW, False)
    assert "0 户" in inside.sentence
    assert inside.preferences == CHOICES
    there = package.open_into(path, tmp_path / "新 电脑" / "数据", quiet)
    assert contents(there) == contents(bench.data_folder)
    other = open_workbench(there, clock=lambda: NOW)
    assert [village.name for village in villages.all(other)] == ["低岭村", "那罗村"]
    assert len(backups.all_backups(other)) == 1
    other.close()
    with pytest.raises(NotAllowed, match="已经有东西"):
        package.open_into(path, there, quiet)


def test_an_encrypted_office_travels_encrypted(bench: Workbench, tmp_path: Path) -> None:
    protection.protect(bench, PASSWORD, quiet)
    path = packed(bench, tmp_path)
    raw = path.read_bytes()
    for secret in (b"SQLite format 3", "低岭村".encode(), "自己的表样".encode(), bytes(range(256)) * 4):
        assert secret not in raw
    there = tmp_path / "数据"
    with pytest.raises(DataLocked):
        package.open_into(path, there, quiet)
    with pytest.raises(WrongPassword):
        package.unlock(path, there, "猜一个")
    assert not there.exists()
    package.unlock(path, there, PASSWORD)
    package.open_into(path, there, quiet)
    assert contents(there) == contents(bench.data_folder)
    protection.lock(there)
    with pytest.raises(DataLocked):
        open_workbench(there, clock=lambda: NOW)
    protection.unlock(there, PASSWORD)
    other = open_workbench(there, clock=lambda: NOW)
    assert [village.name for village in villages.all(other)] == ["低岭村", "那罗村"]
    other.close()
    protection.lock(there)


@pytest.mark.parametrize("left", [0.1, 0.5, 0.9, 0.999])
def test_a_half_written_package_never_opens(bench: Workbench, tmp_path: Path, left: float) -> None:
    path = packed(bench, tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * left)])
    with pytest.raises(UnreadableFile, match="不完整"):
        package.look(path)
    with pytest.raises(UnreadableFile, match="不完整"):
        package.open_into(path, tmp_path / "there", quiet)
    assert not (tmp_path / "there").exists()


def test_a_changed_byte_anywhere_is_found_and_nothing_is_left(bench: Workbench, tmp_path: Path) -> None:
    path = packed(bench, tmp_path)
    there = tmp_path / "there"
    there.mkdir()
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 3] ^= 1
    path.write_bytes(whole)
    with pytest.raises(UnreadableFile, match="不完整"):
        package.open_into(path, there, quiet)
    assert list(there.iterdir()) == []


def changed(path: Path, **words: object) -> Path:
    """The package with another list of contents."""
    other = path.with_name("改.fupin")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == package_file.LIST:
                data = json.dumps({**json.loads(data), **words}).encode()
            new.writestr(name, data)
    return other


@pytest.mark.parametrize("words", [{"format": 2}, {"version": "9999"}])
def test_a_package_of_a_newer_program_is_refused_in_words(
    bench: Workbench, tmp_path: Path, words: dict[str, object]
) -> None:
    path = changed(packed(bench, tmp_path), **words)
    with pytest.raises(DataFileNewer, match="更新版本") as told:
        package.look(path)
    assert "先在这台电脑上安装" in told.value.todo
    with pytest.raises(DataFileNewer):
        package.open_into(path, tmp_path / "there", quiet)


def test_what_is_no_package_is_told(tmp_path: Path) -> None:
    for name, data in (("a.fupin", b""), ("b.fupin", b"x" * 9000)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableFile):
            package.look(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "c.fupin", "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(UnreadableFile):
        package.look(tmp_path / "c.fupin")


@pytest.mark.parametrize("name", ["../外面.txt", "/etc/x", "a/../../x", "C:/x", "a\\..\\x"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    import sqlite3
    from contextlib import closing

    source = tmp_path / "files.sqlite"
    package_file.pack_files(source, tmp_path, [], lambda _count, _name: None)
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("INSERT INTO pieces VALUES (?, 0, ?)", (name, b"x"))
        connection.commit()
    with pytest.raises(UnreadableFile, match="文件名"):
        package_file.unpack_files(source, tmp_path / "there", [], lambda _count, _name: None)


def test_cancelled_on_either_side_leaves_nothing(bench: Workbench, tmp_path: Path) -> None:
    path = packed(bench, tmp_path)
    before = sorted(path.parent.parent.iterdir())

    def stop(done: int, _total: int, text: str) -> None:
        if done and text.startswith(("正在核对", "正在取出")):
            raise Cancelled

    with pytest.raises(Cancelled):
        package.make(bench, Drive(tmp_path / "stick"), TO, CHOICES, stop)
    assert sorted(path.parent.parent.iterdir()) == before
    with pytest.raises(Cancelled):
        package.open_into(path, tmp_path / "there", stop)
    assert not (tmp_path / "there").exists()
    with pytest.raises(NotAllowed, match="交给谁"):
        package.make(bench, Drive(tmp_path / "stick"), Purpose("", " "), {}, quiet)
