"""The parts of the check that look at the data file itself, its log, and its records against the log."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from fupin_desktop.services.data_check.model import Finding, Part, Tell
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import chain, replay
from fupin_desktop.storage.checkup import full_check
from fupin_desktop.storage.replay import Replayed
from fupin_desktop.storage.table_names import called

_RESTORE = "请打开“文件 → 备份与恢复…”，恢复到最近一份好的备份。"
_ASK = "请查清是谁、用什么改的；以盖章的纸质材料和备份为准，从“文件 → 备份与恢复…”里恢复。"
_TOLD = 20


def data_file(bench: Workbench, tell: Tell) -> Part:
    """Pages, indexes, references, kept documents, words of closed lists."""
    tell("数据文件")
    size = bench.store.path.stat().st_size / 1024**2
    faults = full_check(bench.store.path, "fixed" if bench.read_only else "rw")
    findings = tuple(Finding(sentence, _RESTORE) for sentence in faults)
    return Part("数据文件", f"{size:,.1f} MB，数据页、索引、引用和内容", findings)


def log(bench: Workbench, tell: Tell) -> Part:
    """The chain of the log from its first operation on."""
    tell("操作日志")
    with closing(bench.store.looking()) as connection:
        check = chain.Check(connection)
        found = [Finding(fault.sentence, _ASK) for fault in check.faults()]
    more = [Finding(f"日志里这样的操作共 {len(found):,} 项，只列出前 {_TOLD} 项。", _ASK)] if len(found) > _TOLD else []
    return Part("操作日志", f"{check.count:,} 项操作，校验码逐项相连", (*found[:_TOLD], *more))


def records(bench: Workbench, tell: Tell) -> Part:
    """Every logged record against what the log makes of it."""
    findings: list[Finding] = []
    count = unlogged = 0
    with closing(bench.store.looking()) as connection:
        connection.execute("BEGIN")  # one state of log and records, though the clerk works on
        for name in replay.tables():
            tell(f"记录和日志：{called(name)}")
            one = replay.replay(connection, name)
            count, unlogged = count + one.held, unlogged + one.unlogged
            findings += _of_table(connection, one)
    notes = (f"有 {unlogged:,} 条记录早于日志，或由程序升级时生成，日志里没有来历。",) if unlogged else ()
    return Part("记录和日志", f"{count:,} 条记录，逐条和日志对照", tuple(findings), notes)


def _of_table(connection: sqlite3.Connection, one: Replayed) -> list[Finding]:
    name, found = called(one.table), []
    if one.changed_count:
        told = _named(connection, one.table, one.changed)
        found.append(Finding(f"“{name}”有 {one.changed_count:,} 条记录和日志不符，不是用本程序改的{told}。", _ASK))
    if one.lost_count:
        found.append(Finding(f"“{name}”少了 {one.lost_count:,} 条记录，日志里没有删除它们的操作。", _ASK))
    return found


def _named(connection: sqlite3.Connection, table: str, keys: tuple[str, ...]) -> str:
    """The words by which some records are known, in brackets; nothing where they have none."""
    from fupin_desktop.storage.base import key_column
    from fupin_desktop.storage.entities import Base
    from fupin_desktop.storage.table_names import word_columns

    stored = Base.metadata.tables[table]
    words = word_columns(tuple(column.name for column in stored.columns))[:1]
    if not words:
        return ""
    query = f'SELECT "{words[0]}" FROM "{table}" WHERE "{key_column(stored).name}" = ?'  # noqa: S608 - our own names
    found = [connection.execute(query, (key,)).fetchone() for key in keys]
    names = [str(row[0]) for row in found if row and row[0]]
    return f"（{'、'.join(names)}{'' if len(names) == 1 else '等'}）" if names else ""
