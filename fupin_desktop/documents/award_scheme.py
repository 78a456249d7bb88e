"""The award scheme as a paper (产业奖补资金安排方案, 吴川 三(二)4): decided jointly, written, published, filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.documents.definition.formats import chinese_date
from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm


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


def award_scheme_form(paper: SchemePaper, override: Path | None = None) -> FilledForm:
    """The filled scheme.

    Args:
        paper: What it says.
        override: The office's own folder of forms.

    Raises:
        MissingGlyph: No font has a character that must be printed.
        BadDefinition: The office's own form breaks a rule of the format.
    """
    return fill(usable_form("award_scheme", override), paper, paper.made_on, draft=paper.draft)
