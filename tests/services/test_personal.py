"""Personal data: where they lie, everything about one, and their removal after the period with accounts kept whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from fupin_desktop.errors import FileMissing, NotAllowed
from fupin_desktop.services import attachments, data_check, personal, registers
from fupin_desktop.services.personal.belonging import belonging
from fupin_desktop.services.personal.removing import ERASED, EXPIRED, KEPT
from fupin_desktop.services.personal.where import kinds_of
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, CellEdit
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Base,
    FarmItem,
    KeptColumns,
    Participation,
    PaymentBatch,
    PaymentRow,
    Person,
    PrintRecord,
)
from fupin_desktop.storage.fields import Kind, of
from fupin_desktop.storage.unit import entity_named
from tests.services.register_office import GOOD_ID, Clock, add_household, add_item, make_office

PHONE, ACCOUNT = "13800138000", "6217001234567890128"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    from fupin_desktop.services.personal import retention

    monkeypatch.setattr(retention, "_born", lambda _key: 2026)  # keys are of the day on which the test runs
    made = make_office(tmp_path / "office", clock)
    yield made
    made.close()


def household(bench: Workbench, name: str, phone: str = PHONE) -> str:
    key = add_household(bench, name, head_id_number=GOOD_ID if name == "张三丰" else "", phone=phone)
    add_item(bench, key, declared="3.2")
    registers.add(bench, PERSONS, {"name": f"{name}之子", "relation": "之子"}, key)
    with bench.write("tests.keep", "留存其他列") as unit:
        unit.session.add(KeptColumns(owner_key=key, year=2026, texts={"曾用名": f"{name}的曾用名"}))
    registers.set_cells(bench, HOUSEHOLDS, [CellEdit(key, "note", f"{name}的备注"), CellEdit(key, "bank_account", ACCOUNT)])
    return key


def dump(bench: Workbench) -> str:
    with closing(sqlite3.connect(bench.store.path)) as connection:
        return "\n".join(connection.iterdump())


def test_every_place_is_told(bench: Workbench) -> None:
    household(bench, "张三丰")
    told = {place[0]: place for place in personal.places(bench)}
    assert told["农户"][1:3] == ("姓名、证件号码、电话、银行账号", "1 条")
    assert "操作日志" in told
    assert "备份" in told


def test_everything_about_one_is_written(bench: Workbench, tmp_path: Path) -> None:
    key, other = household(bench, "张三丰"), household(bench, "李四", "13900139000")
    sections = {section.title: section for section in personal.everything(bench, "households", key)}
    assert sections["农户"].rows[0][sections["农户"].headings.index("联系电话")] == PHONE
    assert [row[0] for row in sections["家庭成员"].rows] == ["张三丰之子"]
    assert sections["种养项目"].rows
    assert sections["导入时留存的其他列"].rows == (("2026", "曾用名", "张三丰的曾用名"),)
    written = personal.write_everything(bench, "households", key, "张三丰", tmp_path / "张三丰.xlsx")
    assert [path.suffix for path in written] == [".xlsx", ".pdf"]
    book = openpyxl.load_workbook(written[0])
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {PHONE, GOOD_ID, "张三丰之子"} <= texts
    assert "13900139000" not in texts
    assert written[1].read_bytes().startswith(b"%PDF")
    person = registers.window(bench, registers.Query(PERSONS, bench.year, text="李四之子"), 0, 1)[0].key
    assert [one.title for one in personal.everything(bench, "persons", person)] == ["家庭成员", "操作日志"]
    assert other != key


def test_only_households_past_the_period_are_due(bench: Workbench, clock: Clock) -> None:
    key = household(bench, "张三丰")
    assert personal.due(bench) == []
    clock.later(days=366 * 11)
    (one,) = personal.due(bench)
    assert (one.key, one.name, one.village, one.last_year) == (key, "张*丰", "低岭村", 2026)
    assert one.records == 4
    personal.set_kept_years(bench, 15)
    assert personal.due(bench) == []
    with pytest.raises(NotAllowed, match="没有到期"):
        personal.forget(bench, [key])
    with pytest.raises(NotAllowed, match="保存 2 年不对"):
        personal.set_kept_years(bench, 2)


def test_they_are_removed_with_their_traces_and_sums_stay(bench: Workbench, clock: Clock) -> None:
    key = household(bench, "张三丰")
    clock.later(days=366 * 11)
    other = household(bench, "李四", "13900139000")
    first_look = bench.data_folder / "首页.json"
    first_look.write_text("新增农户“张三丰”", encoding="utf-8")
    steps: list[str] = []
    change = personal.forget(bench, [key], lambda _done, _total, text: steps.append(text))
    assert "以前的备份里还有" in change.message
    assert steps[0] == "正在备份"
    assert len(list(bench.store.backup_folder.glob("*.zip"))) == 1
    text = dump(bench)
    kept = [path for path in bench.data_folder.rglob("*") if path.is_file() and path.parent != bench.store.backup_folder]
    raw = b"".join(path.read_bytes() for path in kept)
    for gone in ("张三丰", GOOD_ID, PHONE):
        assert gone not in text
        assert gone.encode() not in raw
    assert text.count(ACCOUNT) > 0  # the other household has the same account
    rows = registers.window(bench, registers.Query(HOUSEHOLDS, bench.year), 0, 9)
    names = [row.cells[[info.key for info in registers.columns(HOUSEHOLDS)].index("head_name")] for row in rows]
    assert sorted(names) == sorted([f"已删除{key[-6:]}", "李四"])
    with bench.read() as session:
        assert len(belonging(session, "households", [key])["farm_items"]) == 1
    assert data_check.check(bench).findings == ()
    assert personal.due(bench) == []
    assert other in [row.key for row in rows]


def test_titles_of_printings_and_accounts_older_than_they_must_be_kept_name_nobody_any_more(
    bench: Workbench, clock: Clock
) -> None:
    key, amounts = household(bench, "张三丰"), []
    with bench.write("tests.paid", "发放") as unit:
        for year in (2026, 2031):
            batch = PaymentBatch(year=year, title=f"{year}年发放", place="低岭村")
            unit.session.add(batch)
            unit.session.flush()
            unit.session.add(PaymentRow(
                batch_key=batch.key, household_key=key, head_name="张三丰", id_number=GOOD_ID, account_name="张三丰",
                account=ACCOUNT, phone=PHONE, award_fen=123456, amount_fen=123456, village="低岭村",
            ))  # fmt: skip
        unit.session.add(PrintRecord(paper_kind="households", paper_key=key, title="张三丰 户卡", at=bench.clock()))
    clock.later(days=366 * 22)
    personal.forget(bench, [key])
    text = dump(bench)
    assert "户卡" in text
    assert "张三丰 户卡" not in text
    assert text.count(GOOD_ID) > 0
    assert personal.due(bench) == []
    clock.later(days=366 * 10)  # 2058: 2026 is older than thirty years, 2031 is not
    (again,) = personal.due(bench)
    assert again.key == key
    personal.forget(bench, [key])
    with bench.read() as session:
        rows = session.execute(select(PaymentRow.head_name, PaymentRow.account, PaymentRow.amount_fen).order_by(PaymentRow.key)).all()
        amounts = [(name.startswith("已删除"), account, fen) for name, account, fen in rows]
    assert amounts == [(True, "", 123456), (False, ACCOUNT, 123456)]
    assert personal.due(bench) == []
    assert data_check.check(bench).findings == ()
    clock.later(days=366 * 5)
    personal.forget(bench, [key])
    text = dump(bench)
    assert not any(gone in text for gone in ("张三丰", GOOD_ID, PHONE, ACCOUNT))
    assert data_check.check(bench).findings == ()


def test_everything_personal_of_a_household_is_removed_or_named_as_kept(bench: Workbench) -> None:
    with bench.read() as session:
        reached = set(belonging(session, "households", [household(bench, "张三丰")]))
    below = {"households"}
    while more := {
        name
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if any(one.column.table.name in below for one in column.foreign_keys)
    } - below:
        below |= more
    assert reached <= below
    for name in below:
        for field in of(entity_named(name)).values():
            if (kinds_of(field) or field.kind is Kind.FILES) and (name, field.name) not in KEPT:
                assert field.name in ERASED[name], (name, field.name)
    for name, columns in EXPIRED.items():
        for field in of(entity_named(name)).values():
            assert not (kinds_of(field) or field.kind is Kind.FILES) or field.name in columns, (name, field.name)
    for name, columns in {**ERASED, **EXPIRED}.items():
        assert set(columns) <= {column.name for column in Base.metadata.tables[name].columns}


# ---- attached files ----
def test_files_of_the_removed_go_and_what_another_record_names_too_stays(
    bench: Workbench, clock: Clock, tmp_path: Path
) -> None:
    keys = [household(bench, name) for name in ("张三丰", "李四光")]
    own, shared = (attachments.store(bench.data_folder, file(tmp_path, name)) for name in ("自家.jpg", "合影.jpg"))
    with bench.write("tests.files", "附件") as unit:
        for key, files in zip(keys, ([own, shared], [shared]), strict=True):
            item = unit.session.scalars(select(FarmItem).where(FarmItem.household_key == key)).one()
            unit.update_many(FarmItem, [{"key": item.key, "photos": [one.stored for one in files]}])
    clock.later(days=365 * 12)
    with bench.write("tests.worked", "还在办") as unit:
        unit.session.add(Participation(household_key=keys[1], year=bench.today.year, kind="scattered"))
    assert [one.key for one in personal.due(bench)] == [keys[0]]
    assert attachments.content(bench.data_folder, own)
    told: list[str] = []
    personal.forget(bench, [keys[0]], lambda _done, _of, text: told.append(text))
    assert told == ["正在备份", "正在删除个人资料", "正在清理数据文件"]
    with pytest.raises(FileMissing):
        attachments.content(bench.data_folder, own)
    assert attachments.content(bench.data_folder, shared)
    with bench.read() as session:
        photos = dict(session.execute(select(FarmItem.household_key, FarmItem.photos)).all())
    assert photos[keys[0]] is None
    assert len(photos[keys[1]]) == 1


def file(folder: Path, name: str) -> Path:
    (folder / name).write_bytes(name.encode())
    return folder / name


@pytest.mark.parametrize("years", [2, 51, 0, -1])
def test_a_period_has_its_bounds(bench: Workbench, years: int) -> None:
    with pytest.raises(NotAllowed, match=f"保存 {years} 年不对"):
        personal.set_kept_years(bench, years)
    assert personal.kept_years(bench) == 10


@pytest.mark.parametrize("years", [3, 50])
def test_a_period_is_kept_with_the_office(bench: Workbench, years: int) -> None:
    personal.set_kept_years(bench, years)
    assert personal.kept_years(bench) == years


def test_everything_about_a_person_names_what_it_belongs_to(bench: Workbench) -> None:
    key = household(bench, "张三丰")
    found = {one.title: one for one in personal.everything(bench, "households", key)}
    assert any("3.2" in " ".join(row) for one in found.values() for row in one.rows), "its planting"
    assert [row for one in found.values() for row in one.rows if "张三丰的曾用名" in row]
    flat = [cell for one in found.values() for row in one.rows for cell in row]
    assert found["农户"].rows[0][found["农户"].headings.index("村")] == "低岭村"
    assert found["种养项目"].rows[0][found["种养项目"].headings.index("年度")] == "2026", "of which year it is"
    assert not any(len(cell) == 32 and cell.isalnum() and cell.isascii() for cell in flat), "no key is told"
    with bench.read() as session:
        person = session.scalars(select(Person.key).where(Person.household_key == key)).one()
    (section, *_) = personal.everything(bench, "persons", person)
    assert any("张三丰之子" in cell for row in section.rows for cell in row)
