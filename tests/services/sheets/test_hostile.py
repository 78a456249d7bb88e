"""Files that would take all memory or all time end in a sentence: measured in a process of their own."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.services.sheets.containers import Archive
from fupin_desktop.services.sheets.xls_scan import scan_xls
from fupin_desktop.services.sheets.xlsx_scan import scan_sheet, scan_xlsx
from tests.services.imports.making import compound, ods, package, records, sheet, text_cell

ROOT = Path(__file__).parents[3]
_READER = """
import json, os, sys, time
from pathlib import Path
from fupin_desktop.domain.memory import peak_mib
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.imports.preview import prepare

def read(path):
    start, told, rows = time.process_time(), "", 0
    try:
        rows = prepare(None, path).parsed.rows
    except UnreadableFile as trouble:
        told = str(trouble)
    seconds = time.process_time() - start
    return {"told": told, "rows": rows, "seconds": seconds, "megabytes": peak_mib()}

for line in sys.stdin.buffer:
    path = Path(line.decode().rstrip("\\r\\n"))
    if not hasattr(os, "fork"):  # Windows: one process reads all, and its peak is that of all
        print(json.dumps(read(path)), flush=True)
        continue
    if os.fork() == 0:
        print(json.dumps(read(path)), flush=True)
        os._exit(0)
    if os.wait()[1] != 0:
        print("null", flush=True)
"""
MEGABYTES, SECONDS = 300, 20
Opened = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """What opening a file led to, and what it took in a process that reads nothing else."""
    with subprocess.Popen(
        [sys.executable, "-c", _READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        given, told = reader.stdin, reader.stdout

        def opened(path: Path) -> dict[str, Any]:
            given.write(f"{path}\n")
            given.flush()
            found: dict[str, Any] = json.loads(told.readline())
            assert found is not None, f"the process that reads {path.name} ended"
            assert found["megabytes"] < MEGABYTES
            assert found["seconds"] < SECONDS
            return found

        yield opened
        given.close()


HEADING = (
    "<row r=\"1\">" + text_cell("A1", "户编号") + text_cell("B1", "户主姓名") + text_cell("C1", "户主证件号码") + "</row>"
)
GOOD = '<row r="2">' + text_cell("A2", "DL1") + text_cell("B2", "李亚保") + text_cell("C2", "440883196803120019") + "</row>"


def test_a_claimed_size_costs_nothing(opened: Opened, tmp_path: Path) -> None:
    found = opened(package(tmp_path / "a.xlsx", sheet(HEADING + GOOD, dimension="A1:XFD1048576")))
    assert (found["told"], found["rows"]) == ("", 1)


def test_empty_formatted_rows_to_the_end_cost_nothing(opened: Opened, tmp_path: Path) -> None:
    """A clerk who formats whole columns leaves very many styled, empty cells."""
    def rows() -> Iterator[bytes]:
        head, tail = sheet("|").split(b"|")
        yield head + (HEADING + GOOD).encode()
        for start in range(3, 300_000, 1000):
            yield "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="XFD{n}" s="1"/></row>' for n in range(start, start + 1000)).encode()
        yield tail

    found = opened(package(tmp_path / "a.xlsx", rows()))
    assert (found["told"], found["rows"]) == ("", 1)


def test_one_stray_cell_in_the_last_corner_is_told(opened: Opened, tmp_path: Path) -> None:
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = opened(package(tmp_path / "a.xlsx", sheet(HEADING + GOOD + stray)))
    assert "1048576" in found["told"]
    assert "XFD" in found["told"]
    assert "Ctrl+End" in found["told"]


@pytest.mark.parametrize(
    "stray",
    [
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1048576"><c t="n" r="XFD1048576"><v>1</v></c></row>',
        '<row s="1" r="1048576" spans="1:3"><c s="2" r="XFD1048576" t="n"><v >1</v></c></row>',
        '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_stray_cell_is_found_however_it_is_written(opened: Opened, tmp_path: Path, stray: str) -> None:
    found = opened(package(tmp_path / "a.xlsx", sheet(HEADING + GOOD + stray)))
    assert "1048576" in found["told"]


def test_a_stray_cell_below_and_another_to_the_right_are_told(opened: Opened, tmp_path: Path) -> None:
    right = '<row r="3"><c r="XFD3"><v>1</v></c></row><row r="900000"><c r="A900000"><v>1</v></c></row>'
    assert "900000" in opened(package(tmp_path / "a.xlsx", sheet(HEADING + GOOD + right)))["told"]


def test_rows_in_disorder_do_not_hide_the_last_one(opened: Opened, tmp_path: Path) -> None:
    rows = '<row r="1000000"><c r="ZZ1000000"><v>1</v></c></row>' + HEADING + GOOD
    assert "1000000" in opened(package(tmp_path / "a.xlsx", sheet(rows)))["told"]


def test_cells_without_a_place_are_counted(opened: Opened, tmp_path: Path) -> None:
    rows = HEADING + GOOD + '<row r="3">' + "<c/>" * 9000 + "<c><v>1</v></c></row>" + '<row r="1000000"><c><v>1</v></c></row>'
    assert "1000000" in opened(package(tmp_path / "a.xlsx", sheet(rows)))["told"]


def test_a_zip_bomb_is_told(opened: Opened, tmp_path: Path) -> None:
    found = opened(package(tmp_path / "a.xlsx", (b"<worksheet>", *[b" " * (1 << 20)] * 400)))
    assert "大得不合常理" in found["told"]


def test_a_bomb_in_another_part_is_told(opened: Opened, tmp_path: Path) -> None:
    strings = b"<sst><si><t>" + b"a" * (80 << 20)
    assert "大得不合常理" in opened(package(tmp_path / "a.xlsx", sheet(HEADING + GOOD), strings=strings))["told"]


def test_a_directory_that_lies_about_sizes_is_no_help(opened: Opened, tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", (b"<worksheet>", *[b" " * (1 << 20)] * 300))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(signature)
        while place >= 0:
            if struct.unpack_from("<I", data, place + at)[0] == entry.file_size:
                struct.pack_into("<I", data, place + at, 1000)
            place = data.find(signature, place + 4)
    path.write_bytes(bytes(data))
    assert opened(path)["told"]


def test_too_many_parts_are_told(opened: Opened, tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet(GOOD), more={f"xl/x{n}.xml": b"" for n in range(5000)})
    assert "5006 个部件" in opened(path)["told"]


def test_a_part_twice_is_told(opened: Opened, tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet(GOOD), more={"xl/Worksheets/Sheet1.xml": sheet(GOOD)})
    assert "重复" in opened(path)["told"]


def test_repeated_cells_of_an_ods_are_told(opened: Opened, tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    assert "1000000" in opened(ods(tmp_path / "a.ods", row))["told"]


def test_repeated_empty_rows_of_an_ods_cost_nothing(opened: Opened, tmp_path: Path) -> None:
    cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in ("户编号", "户主姓名"))
    good = "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in ("DL1", "李亚保"))
    rows = (
        f"<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16382\"/></table:table-row><table:table-row>{good}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    found = opened(ods(tmp_path / "a.ods", rows))
    assert (found["told"], found["rows"]) == ("", 1)


_BEGIN = (0x809, bytes.fromhex("0006050000000000000000000000000000"))
_SHEET = (0x809, bytes.fromhex("0006100000000000000000000000000000"))


def _xls(path: Path, *cells: tuple[int, bytes]) -> Path:
    globals_ = records(_BEGIN, (0x85, b"\0\0\0\0\0\0\x01\0A"), (0x0A, b""))
    place = struct.pack("<I", len(globals_))
    globals_ = globals_.replace(b"\0\0\0\0\0\0\x01\0A", place + b"\0\0\x01\0A")
    return compound(path, "Workbook", globals_ + records(_SHEET, *cells, (0x0A, b"")) + bytes(5000))


def test_far_apart_cells_of_an_xls_are_told(opened: Opened, tmp_path: Path) -> None:
    number = struct.pack("<d", 1.0)
    path = _xls(tmp_path / "a.xls", (0x203, struct.pack("<HHH", 0, 0, 0) + number), (0x203, struct.pack("<HHH", 65535, 255, 0) + number))
    assert "65536" in opened(path)["told"]


def test_a_false_claim_of_an_xls_is_told(opened: Opened, tmp_path: Path) -> None:
    path = _xls(tmp_path / "a.xls", (0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)))
    assert "范围有误" in opened(path)["told"]


def test_a_circle_of_sectors_is_told(opened: Opened, tmp_path: Path) -> None:
    data = bytearray(compound(tmp_path / "a.xls", "Workbook").read_bytes())
    table = struct.unpack_from("<I", data, 76)[0]
    for entry in range(4):
        struct.pack_into("<I", data, (table + 1) * 512 + 4 * entry, entry)
    (tmp_path / "a.xls").write_bytes(bytes(data))
    assert "损坏" in opened(tmp_path / "a.xls")["told"]


# ---- the scans by themselves ----
def test_the_scan_of_a_sheet_tells_where_content_ends() -> None:
    body = '<row r="2"><c r="B2"><v>1</v></c><c r="AD2"><v>1</v></c><c r="AE2" s="1"/></row><row r="9"><c r="A9" s="1"/></row>'
    facts = scan_sheet([sheet(body)], "a", exact=True)
    assert (facts.rows, facts.columns, facts.cells) == (2, 30, 2)
    rough = scan_sheet([sheet(body)], "a")
    assert rough.rows == 2
    assert 30 <= rough.columns <= 52


def test_the_scan_does_not_depend_on_how_the_xml_is_cut() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="C{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 60))
    whole = sheet(rows)
    expected = scan_sheet([whole], "a", exact=True)
    assert (expected.rows, expected.columns, len(expected.errors)) == (59, 3, 59)
    for size in (1, 7, 64, 1000):
        pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
        assert scan_sheet(pieces, "a", exact=True) == expected


def test_facts_are_found_under_the_name_of_the_sheet(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet(HEADING + GOOD))
    assert list(scan_xlsx(Archive(path.read_bytes(), "a.xlsx")).facts) == ["表"]


def test_the_scan_of_an_xls_counts_many_cells_in_one_record(tmp_path: Path) -> None:
    many = struct.pack("<HH", 3, 1) + bytes(6) * 4 + struct.pack("<H", 4)
    path = _xls(tmp_path / "a.xls", (0xBD, many))
    (facts,) = scan_xls(path.read_bytes(), "a.xls").values()
    assert (facts.rows, facts.columns, facts.cells) == (4, 5, 4)


def test_a_deflated_part_that_is_cut_is_damaged(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet(GOOD))
    archive = Archive(path.read_bytes(), "a.xlsx")
    entry = archive.parts["xl/worksheets/sheet1.xml"]
    entry.compress_size -= 4
    with pytest.raises(Exception, match="损坏"):
        archive.measure("xl/worksheets/sheet1.xml")
