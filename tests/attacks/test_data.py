"""The attacks on the data file, in short; and that the judge sees what they look for."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fupin_desktop.storage import sealed_files
from tests.attacks import deeds, figures, judging, office
from tests.attacks.figures import Figures
from tests.attacks.judging import DATA
from tests.attacks.power import Disk, Event, Recording
from tests.attacks.traces import Traces

KILLS = """
import json, sys
from pathlib import Path
from tests.attacks.kills import Kills
found = Kills(Path(sys.argv[1]), Path(sys.argv[2]), seed=2, warm=("edit", "money", "backup")).run(4, seconds=3.0)
print(json.dumps([found.times, found.faults]))
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attack") / "base"
    office.make(folder)
    return folder


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    return office.fresh(base, tmp_path / "office")


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_nothing_told_is_lost_by_kills(base: Path, tmp_path: Path) -> None:
    """In a process of its own, which forks: this one has threads."""
    done = subprocess.run([sys.executable, "-c", KILLS, base, tmp_path], capture_output=True, text=True, check=True)
    times, faults = json.loads(done.stdout)
    assert faults == []
    assert times >= 1


# ---- the judge ----
class Judged:
    """A copy of the office with two deeds done in it, and what the judge says of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATA
        with closing(judging.connect(self.path)) as connection:
            self.before, self.number = judging.content(connection), judging.last_number(connection)
        bench = office.opened(folder)
        clerk = deeds.Clerk(bench, folder / "out", random.Random(1))
        self.told = [clerk.do("edit"), clerk.do("add")]
        bench.close()

    def faults(self, *statements: str) -> list[str]:
        with closing(judging.connect(self.path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            found = judging.unsound(connection) + judging.replay(self.before, connection, self.number)
            return found + judging.lost(connection, [one for one in self.told if one])


@pytest.fixture
def judged(folder: Path) -> Judged:
    return Judged(folder)


def test_the_judge_finds_nothing_where_nothing_is_wrong(judged: Judged) -> None:
    assert judged.faults() == []


@pytest.mark.parametrize("statement", [
    "UPDATE households SET note = '别的'",
    "UPDATE villages SET name = '别的' WHERE name = '那罗村'",
    "DELETE FROM farm_items",
    "DELETE FROM change_sets WHERE number = (SELECT max(number) FROM change_sets)",
    "DELETE FROM change_entries WHERE set_key = (SELECT key FROM change_sets ORDER BY number DESC LIMIT 1)",
    "UPDATE fund_entries SET kind = 'allocated'",
    "UPDATE villages SET town_key = 'nowhere'",
])  # fmt: skip
def test_the_judge_sees_what_is_lost_or_altered(judged: Judged, statement: str) -> None:
    assert judged.faults(statement) != []


def test_the_judge_sees_half_a_file(folder: Path, tmp_path: Path) -> None:
    bench = office.opened(folder)
    clerk = deeds.Clerk(bench, tmp_path / "out", random.Random(1))
    for deed in ("backup", "attach", "register_paper"):
        clerk.do(deed)
    bench.close()
    files = judging.Files()
    assert files.broken(folder, tmp_path / "out") == []
    assert files.count == 3
    looked = [next((folder / "备份").glob("*.zip")), next((folder / "附件").glob("*/*")), next((tmp_path / "out").glob("*.xlsx"))]
    for path in looked:
        path.write_bytes(path.read_bytes()[:-100])
    assert len(files.broken(folder, tmp_path / "out")) == 3
    key = bytes(range(32))
    name = sealed_files.name_of(key, hashlib.sha256(b"scan").hexdigest())
    sealed = tmp_path / name
    sealed.write_bytes(b"".join(sealed_files.sealed([b"scan"], key)))
    assert not judging.attached_fault(sealed, key)
    assert judging.attached_fault(sealed, None)
    sealed.write_bytes(sealed.read_bytes()[:-1])
    assert judging.attached_fault(sealed, key)
    (folder / "备份" / "fupin_copy.part").touch()
    assert judging.left_overs(folder) == ["fupin_copy.part"]


# ---- the power cut ----
def test_a_disk_keeps_what_was_flushed_and_may_lose_the_rest() -> None:
    disk = Disk({"/a": b"old"})
    for event in (Event("write", "/a", b"new"), Event("flush", "/a"), Event("make", "/b.part"), Event("write", "/b.part", b"x" * 2048),
                  Event("flush", "/b.part"), Event("rename", "/b.part", to="/b"), Event("write", "/a", b"NEW")):  # fmt: skip
        disk.take(event)
    seen = [tuple(sorted(disk.cut(random.Random(seed)).items())) for seed in range(60)]
    names = {tuple(name for name, _data in one) for one in seen}
    assert names == {("/a", "/b"), ("/a", "/b.part")}
    assert {dict(one)["/a"] for one in seen} == {b"new", b"NEW"}
    assert {data for one in seen for name, data in one if name != "/a"} == {b"x" * 2048}


def test_a_trace_is_read() -> None:
    trace = r"""
12 openat(AT_FDCWD</w>, "\x2f\x77\x2f\x61", O_RDWR|O_CREAT, 0644) = 5<\x2f\x77\x2f\x61>
12 pwrite64(5<\x2f\x77\x2f\x61>, "\x68\x69", 2, 4096) = 2
12 fsync(5<\x2f\x77\x2f\x61>) = 0
12 rename("\x2f\x77\x2f\x61", "\x2f\x77\x2f\x62") = 0
12 unlink("\x2f\x78\x2f\x63") = 0
12 unlink("\x2f\x77\x2f\x64") = -1 ENOENT (No such file or directory)
"""
    assert Recording("/w").read(trace) == [
        Event("make", "/w/a"), Event("write", "/w/a", b"hi", 4096), Event("flush", "/w/a"), Event("rename", "/w/a", to="/w/b"),
    ]  # fmt: skip


# ---- traces ----
def test_what_an_encrypted_office_must_not_write_is_seen(tmp_path: Path) -> None:
    seen = Traces.__new__(Traces)
    seen._place, seen._out = tmp_path, tmp_path / "out"
    name = "张三丰无痕".encode()
    for path, data, bad in ((tmp_path / "office" / "x.part", b"..." + name, True), (Path("/tmp/xyz"), b"anything", True),
                            (tmp_path / "office" / "x.part", b"SQLite format 3\0", True), (Path("/tmp/xyz"), b"blat", False),
                            (tmp_path / "out" / "a.pdf", name, False), (tmp_path / "office" / "x.part", b"\x93\x01", False)):  # fmt: skip
        assert bool(seen._fault(Event("write", str(path), data))) is bad, path


# ---- the table ----
def test_the_table_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{figures.BEGIN}old\n{figures.END}after\n", encoding="utf-8")
    figures.write([Figures("killed", "plain", times=1200, told=7)], readme)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| killed | plain | 1,200 | 7 | 0 | 0 |" in text
    assert "old\n" not in text
