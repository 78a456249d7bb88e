"""The award scheme as a paper (产业奖补资金安排方案, 吴川 三(二)4): decided jointly, written, published, filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.documents.definition.formats import chinese_date
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.checks import check_scheme
from fupin_desktop.policy.numbers import large_from
from fupin_desktop.policy.scheme import AwardScheme, Source
from fupin_desktop.services.documents.type import Bound, DocumentType, Linked
from fupin_desktop.services.offices import governing_paper
from fupin_desktop.services.schemes.words import limit_words, method_sentences, reason_sentences, standard_words
from fupin_desktop.services.workbench import Workbench

NOTICE_DAYS = "notice_days_project"


class SchemeRule(NamedTuple):
    """One line of the rule table.

    Attributes:
        name: 奖补项目.
        unit: Unit counted.
        standard: The standard in words.
        limits: 起补 and 封顶 in words; empty for none.
    """

    name: str
    unit: str
    standard: str
    limits: str = ""


class SchemeSource(NamedTuple):
    """Money the scheme draws on: kind with name and document number, yuan."""

    name: str
    amount: Decimal
    document: str = ""

    @property
    def line(self) -> str:
        """Name and document as printed."""
        return f"{self.name}（{self.document}）" if self.document else self.name


@dataclass(frozen=True, slots=True)
class SchemePaper:
    """The whole scheme.

    Attributes:
        name: Title, e.g. 低岭村2026年度产业奖补资金安排方案.
        place: Village or town.
        year: Calendar year.
        made_on: Date under the signatures, written into the file.
        village: Deciding village committee.
        assisting_unit: Deciding assisting unit (对口帮扶单位).
        rules: The rule table.
        methods: How awards are computed beyond the table, one sentence each (cost ceiling, caps, when short, rounding).
        sources: Money drawn on.
        basis: Papers it rests on.
        decided_on: Date of the decision.
        meeting: Meeting that decided, e.g. 村“两委”扩大会议.
        document: Number of its minutes.
        reasons: Written reasons for “in principle” rules, one sentence each.
        notice_days: Days of publicity promised.
        draft: Prints 草稿 across each page.
        key: Key of its record; empty for one that is not kept as it is.
    """

    name: str
    place: str
    year: int
    made_on: date
    village: str
    assisting_unit: str
    rules: tuple[SchemeRule, ...]
    methods: tuple[str, ...] = ()
    sources: tuple[SchemeSource, ...] = ()
    basis: tuple[str, ...] = ("《吴川市推进产业扶贫实施方案》",)
    decided_on: date | None = None
    meeting: str = ""
    document: str = ""
    reasons: tuple[str, ...] = ()
    notice_days: int = 10
    draft: bool = False
    key: str = ""

    @property
    def basis_shown(self) -> str:
        """The papers in one row."""
        return "、".join(self.basis)

    @property
    def decision_shown(self) -> str:
        """Meeting, date and number in brackets; empty where none is known."""
        day = chinese_date(self.decided_on) if self.decided_on else ""
        known = "，".join(filter(None, (day, self.meeting, self.document)))
        return f"（{known}）" if known else ""

    @property
    def source_total(self) -> Decimal:
        """Σ of the sources, yuan."""
        return sum((source.amount for source in self.sources), Decimal(0))


def paper_of(bench: Workbench, what: AwardScheme, key: str = "") -> SchemePaper:
    """What the scheme's paper prints; a broken must makes it a draft.

    Args:
        bench: The workbench.
        what: The scheme.
        key: Its key; empty for one that is not kept as it is.
    """
    parameters = bench.parameters
    start, _ = large_from(what, parameters)
    decision = what.decision
    problems = check_scheme(what, parameters)
    return SchemePaper(
        name=what.name,
        place=what.place,
        year=what.year,
        made_on=bench.today,
        village=decision.village,
        assisting_unit=decision.assisting_unit,
        rules=tuple(
            SchemeRule(item.name, item.unit, standard_words(item, start), limit_words(item)) for item in what.items
        ),
        methods=method_sentences(what, start),
        sources=tuple(_source(source) for source in what.sources),
        basis=tuple(filter(None, (governing_paper(bench),))),
        decided_on=decision.decided_on,
        meeting=decision.meeting,
        document=decision.document,
        reasons=reason_sentences(what, governing_paper(bench)),
        notice_days=int(parameters.value(NOTICE_DAYS, bench.today).value),
        draft=any(problem.severity is Severity.MUST for problem in problems),
        key=key,
    )


def _source(source: Source) -> SchemeSource:
    return SchemeSource(source.name or source.kind.label, source.amount, source.document)


def _query(paper: SchemePaper) -> Bound:
    return Bound(paper, paper.made_on, paper.draft)


def _named(paper: SchemePaper) -> str:
    return paper.name


def _linked(paper: SchemePaper) -> Linked | None:
    """Publishing and filing change its state, not its text."""
    return Linked("award_schemes", (paper.key,), besides=frozenset({"state"})) if paper.key else None


TYPE = DocumentType(
    "award_scheme", "方案", "奖补方案", order=42, tab="awards", query=_query, named=_named, linked=_linked
)
