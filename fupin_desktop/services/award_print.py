"""The papers of award work as the window prints them: each as pages to show, and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fupin_desktop.documents.award_scheme import SchemePaper, SchemeRule, SchemeSource, award_scheme_form
from fupin_desktop.documents.award_sheet import award_sheet_form
from fupin_desktop.documents.award_working import award_working_form
from fupin_desktop.documents.notice import AwardNotice, award_notice_form
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.checks import check_scheme
from fupin_desktop.policy.numbers import large_from
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme, Source
from fupin_desktop.services import award_papers, notices, offices
from fupin_desktop.services.award_papers import POLICY_PAPER, PaperHead
from fupin_desktop.services.files import own_forms, write_bytes
from fupin_desktop.services.schemes.words import limit_words, method_sentences, standard_words
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Printed:
    """A result with what its papers need besides.

    Attributes:
        result: The calculation.
        numbers: Identity number by household key, for tails beside same names only.
        head: The office's details.
    """

    result: AwardResult
    numbers: Mapping[str, str]
    head: PaperHead


def paper_head(bench: Workbench, result: AwardResult) -> PaperHead:
    """The office's details for the papers of a result; a broken must makes them drafts."""
    office = offices.office(bench)
    decision = result.scheme.decision
    return PaperHead(
        office=office.name,
        made_on=bench.today,
        maker=bench.clerk,
        contacts=notices.contacts(office, decision.village or result.scheme.place),
        board=office.board_place,
        draft=any(problem.severity is Severity.MUST for problem in result.problems),
    )


def printed(bench: Workbench, result: AwardResult, numbers: Mapping[str, str]) -> Printed:
    """A result made ready for printing today."""
    return Printed(result, numbers, paper_head(bench, result))


def sheet(bench: Workbench, what: Printed) -> FilledForm:
    """The award sheet; also as workbook.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    paper = award_papers.award_sheet(what.result, what.head, what.numbers)
    return award_sheet_form(paper, own_forms(bench.data_folder))


def working(bench: Workbench, what: Printed) -> FilledForm:
    """The working of every household.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    paper = award_papers.award_working(what.result, what.head, what.numbers)
    return award_working_form(paper, own_forms(bench.data_folder))


def notice(bench: Workbench, what: AwardNotice) -> FilledForm:
    """A notice, posted or as a draft.

    Raises:
        NotAllowed: A full number stands in it.
        MissingGlyph: A character cannot be printed.
    """
    return award_notice_form(what, own_forms(bench.data_folder))


def scheme(bench: Workbench, what: AwardScheme) -> FilledForm:
    """The scheme as the paper that is decided, published and filed (吴川 三(二)4).

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    return award_scheme_form(scheme_paper(bench, what), own_forms(bench.data_folder))


def scheme_paper(bench: Workbench, what: AwardScheme) -> SchemePaper:
    """What the scheme's paper prints; a broken must makes it a draft."""
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
        basis=(POLICY_PAPER,),
        decided_on=decision.decided_on,
        meeting=decision.meeting,
        document=decision.document,
        reasons=tuple(what.reasons.values()),
        notice_days=int(parameters.value(notices.FLOOR, bench.today).value),
        draft=any(problem.severity is Severity.MUST for problem in problems),
    )


def _source(source: Source) -> SchemeSource:
    return SchemeSource(source.name or source.kind.label, source.amount, source.document)


def write_pdf(form: FilledForm, path: Path) -> None:
    """Write a settled paper as PDF, beside its place and renamed.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    from fupin_desktop.documents.drawing.pdf import pdf_bytes

    write_bytes(path, pdf_bytes(form))


def write_xlsx(form: FilledForm, path: Path) -> None:
    """Write a settled paper as workbook, beside its place and renamed.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    from fupin_desktop.documents.drawing.workbook import workbook_bytes

    write_bytes(path, workbook_bytes(form))
