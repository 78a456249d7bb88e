"""The list of donors as a paper: public copies, which name nobody who wants no name, and the office's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.funds.donors import ANONYMOUS, Donor, donors, summary
from fupin_desktop.services.funds.tables import write_pdf, write_xlsx
from fupin_desktop.services.printing import Paper, form_paper
from fupin_desktop.services.workbench import Workbench

if TYPE_CHECKING:
    from fupin_desktop.documents.donor_paper import DonorLine
    from fupin_desktop.documents.pages import FilledForm

PUBLIC, OWN = "捐赠名单", "捐赠名单(存档)"
_TOLD_AT_MOST = 5


def donor_list(bench: Workbench, source_key: str, *, public: bool = True) -> FilledForm:
    """The donors of a source as a paper.

    A public copy calls anonymous donors 爱心人士, leaves out their remarks, and is refused where a phone, ID or account
    number stands in it; the office's own copy has every name and says who is anonymous.

    Raises:
        NotAllowed: The source is gone, has no donors, or a number would go public.
        MissingGlyph: A character cannot be printed.
    """
    from fupin_desktop.documents.donor_paper import donor_form

    source, rows = summary(bench, source_key), donors(bench, source_key)
    if not rows:
        raise NotAllowed("还没有捐赠名单。", todo="请先录入或导入捐赠人。")
    lines = [_line(donor, public) for donor in rows]
    if public:
        _check_leaks(source.name, [f"{line.name}\n{line.note}" for line in lines])
    office = offices.office(bench)
    title = f"{office.town}{PUBLIC if public else OWN}"
    return donor_form(title, source.name, lines, office.name, bench.today)


def _line(donor: Donor, public: bool) -> DonorLine:
    from fupin_desktop.documents.donor_paper import DonorLine

    day = f"{donor.given_on:%Y-%m-%d}" if donor.given_on else ""
    if public:
        return DonorLine(donor.public_name, donor.amount, day, "" if donor.anonymous else donor.note)
    note = "；".join(part for part in (ANONYMOUS if donor.anonymous else "", donor.note) if part)
    return DonorLine(donor.name, donor.amount, day, note)


def _check_leaks(source: str, texts: list[str]) -> None:
    """Nothing goes public that tells more than a name."""
    rows = [f"第 {place} 行" for place, text in enumerate(texts, 1) if find_leaks(text)]
    if find_leaks(source):
        rows.insert(0, "资金名称")
    if rows:
        told = "、".join(rows[:_TOLD_AT_MOST]) + ("等" if len(rows) > _TOLD_AT_MOST else "")
        raise NotAllowed(
            f"捐赠名单{told}有电话、证件号或账号，没有出公开的名单。",
            todo="请从捐赠人、备注里去掉这些号码，或出存档的一份。",
        )


def save_pdf(bench: Workbench, source_key: str, path: Path, *, public: bool = True) -> None:
    """Write the list as PDF.

    Raises:
        NotAllowed: As :func:`donor_list`.
        Situation: It cannot be written there; an old file stays.
    """
    write_pdf(donor_list(bench, source_key, public=public), path)


def save_xlsx(bench: Workbench, source_key: str, path: Path, *, public: bool = True) -> None:
    """Write the list as a workbook, which can be imported again.

    Raises:
        NotAllowed: As :func:`donor_list`.
        Situation: It cannot be written there; an old file stays.
    """
    write_xlsx(donor_list(bench, source_key, public=public), path)


def paper(bench: Workbench, source_key: str, *, public: bool = True) -> Paper:
    """The list as something to print."""
    title = f"{summary(bench, source_key).name} {PUBLIC if public else OWN}"
    return form_paper("funds", source_key, title, lambda: donor_list(bench, source_key, public=public))
