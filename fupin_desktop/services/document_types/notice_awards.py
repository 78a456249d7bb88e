"""The public notice of an award list (公示, 吴川 三(二)4) with its attached list."""

from __future__ import annotations

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.awards.notice import AwardNotice
from fupin_desktop.services.documents.type import Bound, DocumentType


def _query(notice: AwardNotice) -> Bound:
    """A notice as it stands.

    Raises:
        NotAllowed: A full ID number, phone or account number stands in what goes public (contacts aside).
    """
    _refuse_leaks(notice)
    return Bound(notice, notice.posted_on, notice.draft)


def _named(notice: AwardNotice) -> str:
    return notice.title or f"{notice.place}{notice.year}年度{notice.batch}{TYPE.title}"


def _refuse_leaks(notice: AwardNotice) -> None:
    """A public page never shows a full number of a person."""
    words = (notice.title, notice.done, notice.board, notice.publisher, *notice.basis, *notice.rules, *notice.methods)
    _refuse("正文", *words)
    for row in notice.rows:
        items = (part for item in row.items for part in (item.product, item.standard, item.unit))
        _refuse(f"“{row.record or row.head}”这一行", row.group, row.head, row.household_class, row.remark, *items)


def _refuse(where: str, *words: str) -> None:
    """Refuse full numbers in these texts; the message does not repeat the number."""
    if find_leaks("\n".join(words)):
        raise NotAllowed(
            f"公示的{where}里有完整的身份证号、手机号或账号，不能公开。",
            todo="请删去这个号码，或只留最后几位，然后再试一次。",
        )


TYPE = DocumentType("notice_awards", "公示", "奖补公示", order=43, tab="publicity", query=_query, named=_named)
