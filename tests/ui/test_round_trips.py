"""Whatever a register holds, its workbook imported again changes nothing: the sample office with random values."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from fupin_desktop.services import exports
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import Register, lists, registry
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Field, Kind, Style
from tests.ui.conftest import SAMPLE_DAY

GATHERED = ("households", "farm_items", "persons")
"""Their workbooks come back through the lists that gather households, which has tests of its own."""
NAMES = [one.name for one in registry.all() if one.name not in GATHERED]
TEXTS = (
    "=1+1", "+86", "'甲", "1e5", "00123", "3月5日", "1-2", "12.50", "100%", "是的", "无公害", "㙍村𠅤", "a,b;c", "“引号”", "两行",
    "2026-01-05", "1,000.00", "@村", "-3", "第一季", "合作社(甲)", "http://x", "中间 有空", "小计划", "同上村", "NaN", "TRUE",
)  # fmt: skip
"""Texts that spreadsheet programs, or a careless reader, take for something else."""


@pytest.fixture(scope="module")
def office(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The sample office, one for all registers."""
    folder = tmp_path_factory.mktemp("trips")
    shutil.copy(sample_folder / "fupin.sqlite", folder)
    made = open_workbench(folder, clock=lambda: SAMPLE_DAY)
    yield made
    made.close()


def text_of(bench: Workbench, field: Field, dice: Random) -> str:
    if field.listed:
        return dice.choice([*lists.words(bench, field.listed), *field.more])
    if field.style is Style.NAME:
        return f"李亚{dice.choice('一二三四五六七八九十')}"
    return f"K{dice.randint(1, 10**6)}-1" if field.style is Style.CODE else dice.choice(TEXTS)


def value_of(bench: Workbench, field: Field, dice: Random) -> Any:
    """A stored value of a field."""
    made: dict[Kind, Callable[[], Any]] = {
        Kind.TEXT: lambda: text_of(bench, field, dice),
        Kind.INTEGER: lambda: dice.randint(1, field.at_most or 5000),
        Kind.FLAG: lambda: dice.random() < 0.5,
        Kind.CHOICE: lambda: dice.choice([word.value for word in field.choices or ()]),
        Kind.DATE: lambda: date(2015, 1, 1) + timedelta(days=dice.randint(0, 4000)),
        Kind.ID_NUMBER: lambda: "440883196803120019",
        Kind.PHONE: lambda: f"1380000{dice.randint(0, 9999):04d}",
        Kind.ACCOUNT: lambda: f"62284804025648{dice.randint(0, 99999):05d}",
    }
    return made.get(field.kind, lambda: dice.randint(1, 9_999_999))()


def change_at_random(bench: Workbench, register: Register, dice: Random) -> None:
    """Give some records other values, as another program might have written them; not those they are found by."""
    marks = {name for one in (*register.identity, *register.unique) for name in one.names} | set(register.search.names)
    entity: Any = register.entity
    fields = [
        one.field for one in layout(register).values()
        if one.info.editable and one.source == "" and one.reference is None
        and one.field.name not in marks and one.field.kind is not Kind.FILES and not one.field.required
    ]  # fmt: skip
    with bench.read() as session:
        keys = list(session.scalars(select(entity.key).order_by(entity.key)))
    chosen = dice.sample(keys, min(len(keys), 6))
    with bench.write("tests.random", "随机") as unit:
        for field in fields:
            unit.update_many(entity, [{"key": key, field.name: value_of(bench, field, dice)} for key in chosen])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=1, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32))
def test_a_workbook_imported_again_changes_nothing(
    name: str, office: Workbench, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    register = registry.of(name)
    change_at_random(office, register, Random(seed))
    path = tmp_path_factory.getbasetemp() / f"{name}.xlsx"
    exports.write_register(office, register, path)
    preview = prepare(office, path, importer=importer_of(register))
    found = preview.comparison
    assert found is not None
    lines = [line for one in found.changed for line in one.lines]
    assert (preview.missing, lines, len(found.added), found.kept) == ([], [], 0, {})
    own = (f"import.{name}", "import.not_added", "import.no_parent") if register.computed_by else (f"import.{name}",)
    assert [one.text for one in preview.findings if one.must and not one.code.startswith(own)] == []
