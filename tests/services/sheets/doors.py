"""The doors through which spreadsheets come in, each told in the same words: rows read, money, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from fupin_desktop.domain.money import to_fen
from fupin_desktop.services.awards.register import read_award_register
from fupin_desktop.services.funds import imports as ledger
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.workbench import Workbench

ID = ("440883196803120019", "440883197209050139", "440883196507200284")
Row = Sequence[Any]


@dataclass(frozen=True)
class Options:
    """What is answered beforehand, at any door."""

    sheet: str = ""
    visible_only: bool = False
    password: str = ""

    @property
    def answers(self) -> Answers:
        return Answers(visible_only=self.visible_only)


PLAIN = Options()


@dataclass(frozen=True)
class Outcome:
    """What came of a file: amounts in 分 of the rows that can be taken in, and every finding as cell and sentence."""

    fen: list[int]
    findings: list[str]
    musts: list[str]


@dataclass(frozen=True)
class Door:
    """A door with a plain list: ``money`` is the place of the amount, ``texts`` a place of free text."""

    name: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    money: int
    word: int
    open: Callable[[Workbench, Path, Options], Outcome]

    @property
    def width(self) -> int:
        return len(self.heading)

    def read(self, bench: Workbench, path: Path, options: Options = PLAIN) -> Outcome:
        return self.open(bench, path, options)

    def line(self, **at: Any) -> list[Any]:
        """A row with a word at ``word`` or an amount at ``money``, otherwise empty."""
        cells: list[Any] = [None] * self.width
        for name, value in at.items():
            cells[getattr(self, name) if hasattr(self, name) else int(name.removeprefix("c"))] = value
        return cells


def write(path: Path, rows: Sequence[Row], merges: Sequence[str] = ()) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "表"
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    made.save(path)
    return path


def _prepared(bench: Workbench, path: Path, options: Options, **more: Any) -> Preview:
    return prepare(bench, path, sheet=options.sheet or None, answers=options.answers, password=options.password, **more)


def _register(bench: Workbench, path: Path, options: Options) -> Outcome:
    preview = _prepared(bench, path, options, village="低岭村")
    fen = [farm.cost_fen or 0 for record in preview.good for farm in record.farm]
    return _outcome(fen, preview.findings)


def _households(bench: Workbench, path: Path, options: Options) -> Outcome:
    preview = _prepared(bench, path, options, village="低岭村")
    return _outcome([record.production_income_fen or 0 for record in preview.good], preview.findings)


def _persons(bench: Workbench, path: Path, options: Options) -> Outcome:
    preview = _prepared(bench, path, options, village="低岭村")
    fen = [person.per_head_income_fen or 0 for record in preview.good for person in record.persons]
    return _outcome(fen, preview.findings)


def _ledger(bench: Workbench, path: Path, options: Options) -> Outcome:
    reading = ledger.Reading(options.sheet, options.visible_only)
    found = ledger.read_ledger(bench, path, reading, options.password)
    return _outcome([row.fen for row in found.good], found.problems)


def _award(_bench: Workbench, path: Path, options: Options) -> Outcome:
    found = read_award_register(
        path, today=date(2026, 3, 2), village="低岭村", place="低岭村", year=2026, sheet=options.sheet or None,
        answers=options.answers, password=options.password,
    )  # fmt: skip
    costs = [entry.cost for one in found.applicants for entry in one.entries]
    return _outcome([0 if cost is None else to_fen(cost) for cost in costs], found.findings)


def _donors(bench: Workbench, path: Path, options: Options) -> Outcome:
    from tests.services.funds.office import DONORS, UNIT, add

    large = replace(UNIT, amount=Decimal(10**9))
    source = next((one.key for one in _sources(bench) if one.name == UNIT.name), "") or add(bench, large)
    preview = _prepared(bench, path, options, importer=importer_of(DONORS, source))
    return _outcome([one.texts["own.amount_fen"] for one in preview.good], preview.findings)


def _sources(bench: Workbench) -> Sequence[Any]:
    from fupin_desktop.services import funds

    return funds.balances(bench, bench.year)


def _outcome(fen: list[int], findings: Sequence[Any]) -> Outcome:
    told = [f"{one.cell} {one.sentence}" for one in findings]
    return Outcome(fen, told, [text for text, one in zip(told, findings, strict=True) if one.must])


_ENTRIES = ("户编号", "户主姓名", "户主证件号码", "产品", "计量单位", "验收数量", "核定成本")
_ENTRY_ROWS = (("H1", "李亚一", ID[0], "水稻", "亩", 3.5, 1200), ("H2", "李亚二", ID[1], "水稻", "亩", 2, 300))
REGISTER = Door("register", _ENTRIES, _ENTRY_ROWS, 6, 3, _register)
AWARD = Door("award", _ENTRIES, _ENTRY_ROWS, 6, 3, _award)
HOUSEHOLDS = Door(
    "households",
    ("户编号", "户主姓名", "户主证件号码", "村民小组", "家庭人口数", "生产经营性收入"),
    (("H1", "李亚一", ID[0], "一组", 4, 1200), ("H2", "李亚二", ID[1], "一组", 2, 300)),
    5,
    1,
    _households,
)
PERSONS = Door(
    "persons",
    ("户编号", "姓名", "证件号码", "与户主关系", "人均纯收入"),
    (("H1", "李亚一", ID[0], "户主", 1200), ("H2", "李亚二", ID[1], "户主", 300)),
    4,
    1,
    _persons,
)
LEDGER = Door(
    "ledger",
    ("日期", "资金类别", "资金名称", "类型", "安排对象", "金额"),
    (
        ("2026-01-05", "上级财政专项资金", "专项", "下达", None, 1200),
        ("2026-01-06", "上级财政专项资金", "专项", "下达", None, 300),
    ),
    5,
    4,
    _ledger,
)
DONORS = Door(
    "donors",
    ("捐赠人", "捐款时间", "备注", "捐款金额"),
    (("吴川市金穗米业有限公司", "2026-01-30", "第一批", 1200), ("李亚二", "2026-01-31", "第二批", 300)),
    3,
    0,
    _donors,
)
DOORS = (REGISTER, HOUSEHOLDS, PERSONS, LEDGER, AWARD, DONORS)
