"""Making an acceptance of a village, and what can be changed of it before it is written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.acceptance import reading
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import AcceptanceBatch, AcceptanceRow, Village

_TEXTS = ("members", "spot_by", "spot_reason", "note")
_DAYS = ("dated", "spot_on")


def create(bench: Workbench, village_key: str, on: date | None = None, members: str = "") -> Change:
    """List a village's declared items that are not accepted yet. First key: the acceptance's.

    Args:
        bench: The workbench.
        village_key: The village.
        on: Day of the acceptance; None leaves it open.
        members: 验收组.

    Raises:
        NotAllowed: The village is gone, nothing waits for acceptance, or the day is after today.
    """
    _refuse_future(bench, on)
    with bench.write("acceptances.create", "列出验收名单") as unit:
        village = unit.session.get(Village, village_key)
        if village is None:
            raise NotAllowed("这个村已经不在了。", todo="请刷新后再试。")
        found = reading.in_order(unit.session.execute(reading.unmeasured(village_key, bench.year)).all())
        if not found:
            told = f"{village.name}{bench.year}年度没有等着验收的种养项目。"
            raise NotAllowed(told, todo="请先在农户台账填申报数量；已有验收数量的不用再验收。")
        batch = AcceptanceBatch(
            village_key=village_key, place=village.name, year=bench.year, dated=on, members=clean(members)
        )
        unit.session.add(batch)
        unit.session.flush()
        rows = [
            {
                "batch_key": batch.key, "position": place, "household_key": household.key, "item_key": item.key,
                "group_name": household.group_name, "head_name": household.head_name, "product": item.product,
                "unit": item.unit, "declared_milli": item.declared_milli,
            }
            for place, (item, household) in enumerate(found, 1)
        ]  # fmt: skip
        unit.insert_many(AcceptanceRow, rows)
        told = f"已列出{village.name} {len(rows)} 项，可以打印空白验收表下村。"
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (batch.key,), told)


def set_facts(bench: Workbench, key: str, **facts: str | date | None) -> Change:
    """Write down who accepted and spot-checked, and when.

    Args:
        bench: The workbench.
        key: The acceptance.
        facts: ``members``, ``spot_by``, ``spot_reason``, ``note`` (texts), ``dated``, ``spot_on`` (days).

    Raises:
        NotAllowed: It is written already, or a day is after today.
    """
    with bench.write("acceptances.set_facts", "填写验收情况") as unit:
        batch = reading.is_open(unit.session, key)
        for name, value in facts.items():
            if name not in (*_TEXTS, *_DAYS):
                raise ValueError(name)
            _refuse_future(bench, value)
            setattr(batch, name, clean(value) if isinstance(value, str) else value)
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "已保存验收情况。")


def _refuse_future(bench: Workbench, value: str | date | None) -> None:
    if isinstance(value, date) and value > bench.today:
        raise NotAllowed("验收、抽查的日期不能晚于今天。", todo="请核对日期。")


def leave_out(bench: Workbench, key: str, row_keys: Collection[str]) -> Change:
    """Take items out of an acceptance; they wait for the next one.

    Raises:
        NotAllowed: It is written already, or nothing would stay.
    """
    with bench.write("acceptances.leave_out", "移出验收名单") as unit:
        reading.is_open(unit.session, key)
        rows = reading.rows_of(unit.session, key)
        kept = [row for row in rows if row.key not in row_keys]
        if not kept:
            raise NotAllowed("全部移出就没有要验收的了。", todo="不验收的，请删除这次验收。")
        unit.delete_many(AcceptanceRow, [row.key for row in rows if row.key in row_keys])
        for place, row in enumerate(kept, 1):
            row.position = place
        unit.session.flush()
        told = f"已移出 {len(rows) - len(kept)} 项，下次验收时再列。"
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), told)


def remove(bench: Workbench, key: str) -> Change:
    """Remove an acceptance that is not written.

    Raises:
        NotAllowed: It is written already.
    """
    with bench.write("acceptances.remove", "删除验收名单") as unit:
        batch = reading.is_open(unit.session, key)
        told = f"已删除{batch.place}的这次验收。"
        unit.delete_many(AcceptanceRow, [row.key for row in reading.rows_of(unit.session, key)])
        unit.delete_many(AcceptanceBatch, [key])
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), told)
