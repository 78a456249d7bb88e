"""A record that is to be looked at or changed, which may have been removed since it was listed."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage.entities import (
    AcceptanceBatch,
    Application,
    AwardRun,
    AwardScheme,
    Base,
    Filing,
    FundSource,
    Notice,
    Objection,
    PaymentBatch,
    Proceeds,
    Project,
    Village,
)

_Entity = TypeVar("_Entity", bound=Base)
_AGAIN, _LIST_AGAIN = "请刷新后再试。", "请刷新列表后再试。"
_GONE: dict[type[Base], tuple[str, str]] = {
    AcceptanceBatch: ("这次验收已经不在了。", _LIST_AGAIN),
    Application: ("这份表已被删除。", _AGAIN),
    AwardRun: ("这次测算已经不在了。", "请重新测算。"),
    AwardScheme: ("这份奖补方案已经不在了。", _LIST_AGAIN),
    Filing: ("这条备案已经不在了。", _LIST_AGAIN),
    FundSource: ("这笔资金来源已被删除。", _AGAIN),
    Notice: ("这份公示已经不在了。", _LIST_AGAIN),
    Objection: ("这件异议已经不在了。", _LIST_AGAIN),
    PaymentBatch: ("这个发放批次已经不在了。", _LIST_AGAIN),
    Proceeds: ("这笔收益已经不在台账里了。", _AGAIN),
    Project: ("这个项目已经不在项目库里了。", _AGAIN),
    Village: ("这个村已被删除。", _AGAIN),
}
"""What is told of records that are gone, and what to do then."""


def existing(session: Session, entity: type[_Entity], key: str | None) -> _Entity:
    """The record of a key.

    Raises:
        NotAllowed: It is gone.
    """
    found = session.get(entity, key) if key else None
    if found is None:
        sentence, todo = _GONE[entity]
        raise NotAllowed(sentence, todo=todo)
    return found
