"""What the office can hand out of a year: its papers, rounds of publicity, awards, payments, registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from fupin_desktop.domain import file_names
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services import (
    awards,
    documents,
    dossiers,
    exports,
    layout_exports,
    payments,
    registers,
    round_papers,
    schemes,
)
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.document_types.award_scheme import paper_of
from fupin_desktop.services.document_types.fund_balances import BalancesSubject
from fupin_desktop.services.document_types.fund_ledger import LedgerSubject
from fupin_desktop.services.document_types.payment_list import PaymentSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.documents.model import EDITABLE, DocumentLine
from fupin_desktop.services.exchange import receivers, rests
from fupin_desktop.services.exchange.model import Item, Made, Making
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.layout_exports import ListLayout
from fupin_desktop.services.notices import files as notice_files
from fupin_desktop.services.notices import rounds
from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.services.payments import BatchLine
from fupin_desktop.services.registers import Query, Register, registry
from fupin_desktop.services.workbench import Progress, Workbench

_LONGEST = 70
"""Characters of a file's name: 255 bytes, the most that sticks and Linux take, are 85 Chinese characters."""
_TABS = {"applications": "村镇申报", "funds": "资金审批", "reports": "季度报表"}
_TELLING = re.compile(r"(?:^|_)(?:code|no|address|contract|loan|insurance)(?:_|$)")
_OWN = frozenset({"handovers", "handover_files"})
"""Registers of what was handed out, which tell of the office itself and are not sent."""


def offers(bench: Workbench) -> list[Item]:
    """Everything that can be handed out, of the year at work, group by group."""
    return [
        *_documents(bench), *_rounds(bench), *_awards(bench), *_money(bench), *_batches(bench), *_registers(bench),
        *_layouts(bench), *_dossiers(bench),
    ]  # fmt: skip


def dossier_of_period(bench: Workbench, since: date, until: date) -> Item:
    """The audit package (审计包) of a period."""
    title = f"审计包 {since:%Y-%m-%d} 至 {until:%Y-%m-%d}"
    return _dossier(bench, dossiers.Kind.PERIOD, title, "period", since=since, until=until)


# ---- documents ----
def _documents(bench: Workbench) -> Iterator[Item]:
    """Plans, applications, reports; those that were replaced or cancelled stay at home."""
    left = {ApplicationState.REPLACED, ApplicationState.CANCELLED}
    for line in documents.lines(bench, bench.year, tab=""):
        if line.state not in left:
            group = _TABS.get(documents.registry.of(line.form_id).tab, "村镇申报")
            title = f"{line.place} {line.title}{f' 第{line.version}版' if line.version > 1 else ''}"
            yield Item(
                f"document:{line.key}", group, title, partial(_document, bench, line), line.updated_at.date(),
                documents.registry.state_word(line.form_id, line.state), _doubt(line),
                rests=partial(rests.of_document, bench, line.key),
            )


def _doubt(line: DocumentLine) -> str:
    if line.blocking:
        return f"还有 {line.blocking} 项必须填写，印着“草稿”。"
    return f"还是“{line.state.label}”，没有批准。" if line.state in EDITABLE else ""


def _document(bench: Workbench, line: DocumentLine, making: Making) -> Iterator[Made]:
    kinds: tuple[documents.model.PaperKind, ...] = ("pdf", "xlsx") if making.workbooks else ("pdf",)
    name = documents.paper_name(bench, line.key)
    making.progress(0, 0, f"正在生成 {name}")
    write = {"pdf": documents.write_pdf, "xlsx": documents.write_xlsx}
    for kind in kinds:
        path = making.folder / f"{short(name)}{'(对外)' if making.outside else ''}.{kind}"
        write[kind](bench, line.key, path, copy=making.outside)
        yield _made(path, documents.registry.of(line.form_id).word)


# ---- publicity ----
def _rounds(bench: Workbench) -> Iterator[Item]:
    for one in rounds.rounds(bench, bench.year):
        if one.notice_key:
            title = f"{one.place} {one.kind_title}"
            open_ = "" if one.state is RoundState.DONE else f"公示还没有办结({one.state.label})。"
            make = partial(_round, bench, one)
            rest = partial(rests.of_round, bench, one)
            yield Item(f"round:{one.key}", "公示备案", title, make, one.first, one.state.label, open_, rests=rest)


def _round(bench: Workbench, one: Round, making: Making) -> Iterator[Made]:
    """All papers of a round; public ones are looked through, inner ones are left out for outsiders."""
    for paper in round_papers.papers_of(bench, one):
        if making.outside and not paper.public:
            continue
        making.progress(0, 0, f"正在生成 {paper.title}")
        path = making.folder / f"{short(f'{paper.word} {paper.title}')}.pdf"
        if paper.public:
            notice_files.write_pdf(bench, paper.paper, path)
        else:
            paper.paper.write(path)
        yield _made(path, paper.word, public=paper.public)


# ---- awards and money ----
def _awards(bench: Workbench) -> Iterator[Item]:
    for line in schemes.all(bench, bench.year):
        make = partial(_scheme, bench, line.key)
        rest = partial(rests.of_scheme, bench, line.key)
        yield Item(f"scheme:{line.key}", "奖补测算", line.name, make, note=line.state.label, rests=rest)


def _scheme(bench: Workbench, key: str, making: Making) -> Iterator[Made]:
    """The scheme, and the sheet and working of its last calculation."""
    yield from _papers(making, computed.paper(bench, "award_scheme", paper_of(bench, schemes.load(bench, key), key)))
    run = awards.posted_run(bench, key) or awards.latest_run(bench, key)
    if run is not None:
        about = subject(bench, run.result, run.numbers, run)
        for form in ("award_sheet", "award_working"):
            yield from _papers(making, computed.paper(bench, form, about))


def _money(bench: Workbench) -> Iterator[Item]:
    if payments_or_funds(bench):
        ledger = LedgerSubject(bench, LedgerFilter(bench.year))
        for key, about in (("fund_ledger", ledger), ("fund_balances", BalancesSubject(bench, bench.year))):
            title = documents.registry.of(key).title
            paper = computed.paper(bench, key, about)
            yield Item(f"paper:{key}", "资金审批", title, partial(_papers_of, paper), rests=rests.of_funds)


def payments_or_funds(bench: Workbench) -> bool:
    """Whether the year has a fund ledger."""
    return bool(bench.store.glance("SELECT 1 FROM fund_sources WHERE year = ? LIMIT 1", (bench.year,)))


def _papers_of(paper: Computed, making: Making) -> Iterator[Made]:
    yield from _papers(making, paper)


def _papers(making: Making, paper: Computed) -> Iterator[Made]:
    making.progress(0, 0, f"正在生成 {paper.name}")
    for kind in ("pdf", "xlsx") if making.workbooks and paper.has_workbook else ("pdf",):
        path = making.folder / f"{short(paper.name)}.{kind}"
        paper.write(path)
        yield _made(path, paper.type.title)


def _batches(bench: Workbench) -> Iterator[Item]:
    for line in payments.batches(bench, bench.year):
        paper = computed.paper(bench, "payment_list", PaymentSubject(bench, line.key))
        make, title = partial(_papers_of, paper), f"发放明细表 {line.name}"
        rest = partial(rests.of_batch, bench, line.key)
        yield Item(
            f"batch:{line.key}", "发放", title, make, line.made_on, line.state.label, only_inside=True, rests=rest
        )
        if line.state.value != "draft":
            yield from _bank_lists(bench, line)


def _bank_lists(bench: Workbench, line: BatchLine) -> Iterator[Item]:
    """The list of a batch in every layout that banks and the treasury upload."""
    for layout in payments.layouts(bench):
        make = partial(_bank_list, bench, line, layout)
        title = f"{layout.name} {line.name}"
        key = f"bank:{layout.id}:{line.key}"
        check = partial(receivers.of_bank_list, bench, line.key, layout)
        rest = partial(rests.of_batch, bench, line.key)
        yield Item(key, "发放", title, make, line.made_on, "上传格式", only_inside=True, check=check, rests=rest)


def _bank_list(bench: Workbench, line: BatchLine, layout: payments.Layout, making: Making) -> Iterator[Made]:
    path = making.folder / f"{short(f'{layout.name} {line.name}')}{layout.ending}"
    written = payments.write_bank_file(bench, line.key, layout, path)
    yield Made(path, path.name, layout.name, rows=written.rows)


# ---- registers ----
def _registers(bench: Workbench) -> Iterator[Item]:
    for register in registry.all():
        if register.name in _OWN:
            continue
        count = registers.count(bench, Query(register, bench.year))
        if count:
            note = f"{count:,} {register.unit}"
            make, check = partial(_register, bench, register), partial(_lacking, bench, register)
            rest, key = partial(rests.of_register, register), f"register:{register.name}"
            yield Item(key, "台账", register.title, make, note=note, check=check, rests=rest)


def _lacking(bench: Workbench, register: Register, _progress: Progress) -> list[str]:
    return receivers.of_register(bench, register)


def _register(bench: Workbench, register: Register, making: Making) -> Iterator[Made]:
    """A register in the headings that an importer knows; for outsiders as it is shown, its numbers masked."""
    name = f"{register.title}台账{'(对外)' if making.outside else ''}"
    path = making.folder / f"{short(name)}.xlsx"
    if making.outside:
        query, keys = Query(register, bench.year), _for_outsiders(register)
        rows = exports.export_query(bench, query, path, columns=keys, masked=True, progress=making.progress)
    else:
        rows = exports.write_register(bench, register, path, progress=making.progress)
    yield Made(path, path.name, f"{register.title}台账", rows=rows)


def _layouts(bench: Workbench) -> Iterator[Item]:
    """Registers in the layouts of the systems they are uploaded to, and in those in which their lists came."""
    for register in registry.all():
        if register.name not in _OWN and registers.count(bench, Query(register, bench.year)):
            for layout in layout_exports.layouts(bench, register):
                make = partial(_layout, bench, register, layout)
                check = partial(receivers.of_layout, bench, register, layout)
                key, title = f"layout:{register.name}:{layout.name}", f"{layout.name}({register.title})"
                rest = partial(rests.of_register, register)
                yield Item(key, "上传格式", title, make, only_inside=True, check=check, rests=rest)


def _layout(bench: Workbench, register: Register, layout: ListLayout, making: Making) -> Iterator[Made]:
    path = making.folder / f"{short(f'{layout.name} {register.title}')}.xlsx"
    rows = layout_exports.write_layout(bench, register, layout, path, progress=making.progress)
    yield Made(path, path.name, layout.name, rows=rows)


def _for_outsiders(register: Register) -> list[str]:
    """Columns of a copy for outsiders: no numbers of households, contracts and policies, no addresses."""
    return [info.key for info in registers.columns(register) if not _TELLING.search(info.key)]


# ---- dossiers ----
def _dossiers(bench: Workbench) -> Iterator[Item]:
    for kind in (dossiers.Kind.SCHEME, dossiers.Kind.PROJECT, dossiers.Kind.SOURCE, dossiers.Kind.VILLAGE):
        for one in dossiers.choices(bench, kind):
            yield _dossier(bench, kind, f"{kind.label.partition('(')[0]} {one.name}", one.key)


def _dossier(
    bench: Workbench, kind: dossiers.Kind, title: str, key: str, since: date | None = None, until: date | None = None
) -> Item:
    def make(making: Making) -> Iterator[Made]:
        found = dossiers.make(bench, kind, key if since is None else "", since, until)
        path = making.folder / f"{short(dossiers.file_name(found))}.pdf"
        written = dossiers.write(bench, found, path, making.progress)
        yield Made(written.pdf, written.pdf.name, "卷宗", pages=written.pages)
        yield Made(written.xlsx, written.xlsx.name, "卷宗的数据", rows=sum(len(one.rows) for one in found.tables))

    return Item(f"dossier:{kind.value}:{key}", "卷宗", title, make, until, only_inside=True)


# ---- files ----
def short(name: str) -> str:
    """A file name that every stick and system takes, without its ending."""
    return file_names.clean(name)[:_LONGEST].rstrip(". ")


def _made(path: Path, what: str, *, public: bool = False) -> Made:
    return Made(path, path.name, what, pages=_pages(path), public=public)


def _pages(path: Path) -> int | None:
    from fupin_desktop.documents.drawing.print_pages import page_count

    return page_count(path.read_bytes()) if path.suffix == ".pdf" else None

