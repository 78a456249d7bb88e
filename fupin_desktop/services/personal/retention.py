"""Whose personal data are past the retention period, and what the law makes the office keep nevertheless.

The office sets how long registers keep persons after the last year in which something was done for them. Accounts
(发放、测算、资金台账) are kept whole for 30 years (《会计档案管理办法》附表一, 财政部 国家档案局令第79号), approved
papers and posted notices as archives (《机关文件材料归档范围和文书档案保管期限规定》, 国家档案局令第8号).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.masking import mask_name
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.personal.belonging import GONE, belonging, old_accounts
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import (
    Application,
    AwardResult,
    AwardRun,
    Base,
    ChangeEntry,
    ChangeSet,
    FrozenPaper,
    Household,
    PaymentBatch,
    PaymentRow,
    Village,
)

KEPT_SETTING = "personal.kept_years"
KEPT_YEARS, LEAST_YEARS, MOST_YEARS = 10, 3, 50
ACCOUNT_YEARS = 30
"""Years after which accounts need not name anybody any more; amounts stay."""


@dataclass(frozen=True, slots=True)
class Due:
    """A household past the retention period.

    Attributes:
        key: Its key.
        name: Head, the middle hidden.
        village: Village.
        last_year: Last year in which something was done for it.
        records: Records of the registers that are emptied of personal data.
        operations: Operations of the log that name it.
        payments: Payments and calculated awards, which stay as accounts; after 30 years payments name nobody any more.
        papers: Approved papers, which stay as archives.
    """

    key: str
    name: str
    village: str
    last_year: int
    records: int
    operations: int
    payments: int
    papers: int


def kept_years(bench: Workbench) -> int:
    """Years that registers keep persons after the last year with something done for them."""
    return int(bench.setting(KEPT_SETTING, KEPT_YEARS))


def set_kept_years(bench: Workbench, years: int) -> Change:
    """Set how many years.

    Raises:
        NotAllowed: Fewer than 3 or more than 50.
    """
    if not LEAST_YEARS <= years <= MOST_YEARS:
        raise NotAllowed(f"保存 {years} 年不对。", todo=f"请填 {LEAST_YEARS} 到 {MOST_YEARS} 之间的年数。")
    return bench.set_settings({KEPT_SETTING: years}, "设置个人资料保存年限")


def accounts_before(bench: Workbench) -> int:
    """The first year whose accounts must still name whom they are about."""
    return bench.today.year - ACCOUNT_YEARS


def due(bench: Workbench) -> list[Due]:
    """Households past the retention period, the longest past first; nothing is changed."""
    before, oldest = bench.today.year - kept_years(bench), accounts_before(bench)
    with bench.read() as session:
        last = _last_years(session)
        known = select(Household.key, Household.head_name, Village.name).join(
            Village, Village.key == Household.village_key
        )
        found = [
            (key, name, village, last.get(key, 0))
            for key, name, village in session.execute(known)
            if (old_accounts(session, key, oldest) if name.startswith(GONE) else last.get(key, 0) < before)
        ]
        lines = []
        for key, name, village, year in found:
            records = sum(len(keys) for keys in belonging(session, Household.__tablename__, [key]).values())
            counts = (_operations(session, key), _payments(session, key), _papers(session, key))
            lines.append(Due(key, mask_name(name), village, year, records, *counts))
    return sorted(lines, key=lambda one: (one.last_year, one.village, one.name))


def _last_years(session: Session) -> dict[str, int]:
    """The last year of every household: of its yearly records, awards, payments, documents, and of its last change."""
    found: Counter[str] = Counter()

    def seen(rows: Iterable[tuple[str, int | None]]) -> None:
        for key, year in rows:
            if key:
                found[key] = max(found[key], int(year or 0))

    for table in Base.metadata.tables.values():
        if "household_key" in table.c and "year" in table.c:
            latest = select(table.c.household_key, func.max(table.c.year)).group_by(table.c.household_key)
            seen((key, year) for key, year in session.execute(latest))
    awards = select(AwardResult.household_key, func.max(AwardRun.year)).group_by(AwardResult.household_key)
    seen((key, year) for key, year in session.execute(awards.join(AwardRun, AwardRun.key == AwardResult.run_key)))
    paid = select(PaymentRow.household_key, func.max(PaymentBatch.year)).group_by(PaymentRow.household_key)
    paid = paid.join(PaymentBatch, PaymentBatch.key == PaymentRow.batch_key)
    seen((key, year) for key, year in session.execute(paid))
    made = select(Application.place_key, func.max(Application.year)).group_by(Application.place_key)
    seen((key, year) for key, year in session.execute(made))
    changed = (
        select(ChangeEntry.first_key, func.max(ChangeSet.at))
        .join(ChangeSet, ChangeSet.key == ChangeEntry.set_key)
        .where(ChangeEntry.entity == Household.__tablename__, ChangeEntry.size == 1)
    )
    seen((key, at.year) for key, at in session.execute(changed.group_by(ChangeEntry.first_key)))
    seen((key, _born(key)) for key in session.scalars(select(Household.key)))
    return dict(found)


def _born(key: str) -> int:
    """The year in which a record was made, from its key (UUIDv7: milliseconds since 1970 in the first 48 bits)."""
    return datetime.fromtimestamp(int(key[:12], 16) / 1000, UTC).year


def _operations(session: Session, key: str) -> int:
    about = select(func.count(ChangeEntry.set_key.distinct())).where(func.instr(ChangeEntry.body, key) > 0)
    return session.scalar(about) or 0


def _payments(session: Session, key: str) -> int:
    paid = session.scalar(select(func.count()).select_from(PaymentRow).where(PaymentRow.household_key == key)) or 0
    awards = select(func.count()).select_from(AwardResult).where(AwardResult.household_key == key)
    return paid + (session.scalar(awards) or 0)


def _papers(session: Session, key: str) -> int:
    kept = select(func.count()).select_from(FrozenPaper)
    of_household = kept.join(Application, Application.key == FrozenPaper.application_key)
    return session.scalar(of_household.where(Application.place_key == key)) or 0
