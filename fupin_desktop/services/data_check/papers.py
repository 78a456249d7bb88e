"""The parts of the check that look at what was settled for good: kept papers, posted notices, attached files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.services import attachments
from fupin_desktop.services.data_check.model import Finding, Part, Tell
from fupin_desktop.services.documents import freezing
from fupin_desktop.services.notices import posting
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Base, FrozenPaper, Notice
from fupin_desktop.storage.fields import Kind, of
from fupin_desktop.storage.table_names import called
from fupin_desktop.storage.unit import entity_named

_PAPER = "请和盖章的纸质原件核对，从定稿以后的备份里恢复。"
_FILE = "请打开那条记录，把原件重新添加一次；没有原件的，从备份的“附件”里找。"
_DRAFT = "draft"


def papers(bench: Workbench, tell: Tell) -> Part:
    """Approved papers and posted notices by their checksums."""
    tell("定稿文件和公示")
    findings, count = [], 0
    with bench.read() as session:
        for key in session.scalars(select(FrozenPaper.key)).all():
            paper = session.get_one(FrozenPaper, key)
            count += 1
            if not freezing.is_whole(paper):
                told = f"“{paper.title}”({paper.at:%Y-%m-%d} 定稿)和定稿时的校验码不符，被改动过。"
                findings.append(Finding(told, _PAPER))
            session.expunge(paper)
        for notice in session.scalars(select(Notice).where(Notice.state != _DRAFT)):
            count += 1
            if not posting.is_whole(notice):
                findings.append(Finding(f"公示“{notice.title}”和张贴时的校验码不符，被改动过。", _PAPER))
    return Part("定稿文件和公示", f"{count:,} 份，逐份核对校验码", tuple(findings))


def files(bench: Workbench, tell: Tell) -> Part:
    """Attached files that are missing or changed."""
    findings, seen = [], 0
    for table, label, name, stored in _attached(bench):
        for file in attachments.of(stored):
            seen += 1
            tell(f"附件：{file.name}")
            try:
                attachments.verify(bench.data_folder, file)
            except FileMissing:
                findings.append(Finding(f"{table}“{name}”的{label}“{file.name}”不见了。", _FILE))
            except UnreadableFile:
                findings.append(Finding(f"{table}“{name}”的{label}“{file.name}”被改动过或已损坏。", _FILE))
    return Part("附件", f"{seen:,} 个文件，逐个核对内容", tuple(findings))


def _attached(bench: Workbench) -> Iterator[tuple[str, str, str, Any]]:
    """Every filled FILES field: table, label, name of the record, what it keeps."""
    from fupin_desktop.storage.table_names import word_columns

    with bench.read() as session:
        for name, table in Base.metadata.tables.items():
            words = word_columns(tuple(column.name for column in table.columns))[:1]
            shown = table.c[words[0]] if words else table.c[next(iter(table.c)).name]
            for column, field in of(entity_named(name)).items():
                if field.kind is not Kind.FILES:
                    continue
                query = select(shown, table.c[column]).where(table.c[column].is_not(None))
                for word, stored in session.execute(query).all():
                    yield called(name), field.label, str(word), stored
