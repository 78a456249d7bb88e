"""The document type of a notice: its form is filled with what the notice says, unless a full number would go public."""

from __future__ import annotations

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.notices.model import PublicNotice
from fupin_desktop.services.notices.writing import words_of


def notice_type(form_id: str, title: str, order: int) -> DocumentType:
    """The type of a kind of notice.

    Args:
        form_id: Its form.
        title: What it is called.
        order: Its place in lists of types.
    """
    return DocumentType(form_id, "公示", title, order=order, tab="publicity", query=_query, named=_named)


def _named(notice: PublicNotice) -> str:
    return notice.title


def _query(notice: PublicNotice) -> Bound:
    """A notice as it stands.

    Raises:
        NotAllowed: A full ID number, phone or account number stands in what goes public (contacts aside).
    """
    words = (notice.title, notice.place, notice.publisher, notice.board, notice.number, *words_of(notice.facts))
    if find_leaks("\n".join(words)):
        raise NotAllowed(
            "公示的文字里有完整的身份证号、手机号或账号，不能公开。",
            todo="请删去这个号码，或只留最后几位，然后再试一次。",
        )
    return Bound(notice.data, notice.posted_on, notice.draft)
