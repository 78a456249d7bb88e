"""All papers of one thing that is published, in the order they were made: notices, objections, result, filing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fupin_desktop.services.document_types.filing import FilingSubject
from fupin_desktop.services.document_types.objection import ObjectionSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.documents.year_register import YearSubject
from fupin_desktop.services.notices import filings, kinds, objections, posting, reading
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.services.printing import Paper
from fupin_desktop.services.workbench import Workbench


class RoundPaper(NamedTuple):
    """One paper of a round.

    Attributes:
        noun: Stem of its noun, for the record of printing.
        key: Key of its record.
        word: What it is called in the bar above the paper.
        title: Its name.
        paper: The paper.
        public: Whether it goes public, so that its files are looked through before they are given out.
    """

    noun: str
    key: str
    word: str
    title: str
    paper: Computed
    public: bool

    @property
    def printable(self) -> Paper:
        """As something to print."""
        return computed.printable(self.noun, self.key, self.paper, self.title)


def papers_of(bench: Workbench, one: Round) -> list[RoundPaper]:
    """The papers of a round that are there, the notice first.

    Raises:
        NotAllowed: One of its records is gone.
    """
    return [*_notices(bench, one), *_filing(bench, one), *_objections(bench, one)]


def _notices(bench: Workbench, one: Round) -> Iterator[RoundPaper]:
    """The notices, each result behind the one that it is of."""
    for place, key in enumerate(one.notice_keys):
        yield _notice(bench, key, "更正公示" if place else "公示")
        if one.result_key and key == one.concluded:
            yield _notice(bench, one.result_key, "公示结果")


def _notice(bench: Workbench, key: str, word: str) -> RoundPaper:
    title = reading.load(bench, key).title_shown
    return RoundPaper("notices", key, word, title, posting.posted_paper(bench, key), True)


def _filing(bench: Workbench, one: Round) -> Iterator[RoundPaper]:
    if one.filing_key and filings.load(bench, one.filing_key).form.number:
        paper = computed.paper(bench, "filing", FilingSubject(bench, one.filing_key))
        yield RoundPaper("filings", one.filing_key, "备案表", paper.name, paper, False)


def _objections(bench: Workbench, one: Round) -> Iterator[RoundPaper]:
    found = objections.register(bench, bench.year, one.notice_keys) if one.objections else ()
    for place, line in enumerate(reversed(found), 1):
        paper = computed.paper(bench, "objection", ObjectionSubject(bench, line.key))
        yield RoundPaper("objections", line.key, f"异议{place}", paper.name, paper, False)


def draft_of(bench: Workbench, one: Round) -> Computed:
    """The notice of a round as it would be posted today with the usual settings.

    Raises:
        NotAllowed: It cannot be settled.
    """
    kind = kinds.of(one.kind)
    draft = posting.prepare(bench, one.kind, one.subject.key, posting.default_settings(bench, kind))
    return posting.draft_paper(bench, one.kind, draft.notice.as_draft())


def filings_paper(bench: Workbench, year: int) -> Computed:
    """备案登记簿 of a year."""
    return computed.paper(bench, "filings", YearSubject(bench, year))


def objections_paper(bench: Workbench, year: int) -> Computed:
    """异议登记簿 of a year."""
    return computed.paper(bench, "objections", YearSubject(bench, year))
