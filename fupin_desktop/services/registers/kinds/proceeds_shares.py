"""The shares of households in proceeds (收益分配, 吴川 三(二)3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Participation as Taking
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.applications.plans import SPLIT_FROM, same_per_head
from fupin_desktop.services.registers.by_year import seen
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, Shown, own
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Household, Participation, Proceeds, ProceedsShare

CLAUSE = "吴川 三(二)3"
PROCEEDS = Parent("proceeds", Proceeds, "proceeds_key", "笔收益", Search(("title",)), above=VILLAGE)


def _checks(checked: Checked) -> Iterable[Finding]:
    """The shares are what goes to households; who does not take part gets nothing in principle."""
    absent = _absent(checked)
    for key, values in checked.records.items():
        if (values["amount"] or 0) <= 0:
            yield Finding(key, "amount", "金额应大于 0。", Severity.MUST)
        if key in absent and not values["reason"]:
            sentence = "这一户没有参与产业，原则上不参加收益分配；确需分配的，请写明原因。"
            yield Finding(key, "household", sentence, Severity.PRINCIPLE, CLAUSE)
    yield from _sums(checked)


def _absent(checked: Checked) -> set[str]:
    """Shares of households that do not take part in the year."""
    of_household = checked.referred("household", ProceedsShare.household_key)
    part, present = Participation, set()
    for keys in chunks(sorted(set(of_household.values()))):
        where = (part.household_key.in_(keys), part.year == checked.year, part.kind != Taking.NONE.value)
        present |= set(checked.session.scalars(select(part.household_key).where(*where)))
    return {key for key, household in of_household.items() if household not in present}


def _sums(checked: Checked) -> Iterable[Finding]:
    """Shares of each proceeds together against what goes to households; equal ones are asked about."""
    others, heads = checked.beside(ProceedsShare.proceeds_key, ProceedsShare.amount_fen), _heads(checked)
    for owner, keys in checked.families():
        proceeds = checked.session.get(Proceeds, owner)
        amounts = [*(fen or 0 for (fen,) in others[owner]), *(checked.records[key]["amount"] or 0 for key in keys)]
        total, limit = sum(amounts), proceeds.households_fen if proceeds is not None else None
        if limit is not None and total > limit:
            told = [format_money(from_fen(fen)) for fen in (total, limit)]
            sentence = f"各户合计 {told[0]} 元，超过分配到户 {told[1]} 元。"
            yield Finding(keys[-1], "amount", sentence, Severity.MUST, CLAUSE)
        if len(amounts) >= SPLIT_FROM and len(set(amounts)) == 1:
            sentence = "各户金额都一样，原则上不搞平均分配，应按股份、劳动等分配。"
            yield Finding(keys[0], "amount", sentence, Severity.PRINCIPLE, CLAUSE)
        elif same_per_head(list(zip(map(from_fen, amounts), heads(owner, keys), strict=True))):
            sentence = "按家庭人口算各户都一样，近似按人分摊；应按股份、劳动等分，原则上不搞平均主义。"
            yield Finding(keys[0], "amount", sentence, Severity.PRINCIPLE, CLAUSE)


def _heads(checked: Checked) -> Callable[[str, Sequence[str]], list[int | None]]:
    """Members of the households that share in proceeds: of those registered beside, then of the records handed over."""
    of_household = checked.referred("household", ProceedsShare.household_key)
    others = checked.beside(ProceedsShare.proceeds_key, ProceedsShare.household_key)
    wanted = {*of_household.values(), *(key for rows in others.values() for (key,) in rows)}
    members: dict[str, int | None] = {}
    for part in chunks(sorted(key for key in wanted if key)):
        found = select(Household.key, seen(checked.session, Household.members, checked.year))
        members |= dict(checked.session.execute(found.where(Household.key.in_(part))).all())

    def heads(owner: str, keys: Sequence[str]) -> list[int | None]:
        households = [*(key for (key,) in others[owner]), *(of_household.get(key, "") for key in keys)]
        return [members.get(key or "") for key in households]

    return heads


REGISTER = Register(
    name="proceeds_shares",
    title="到户分配",
    unit="户",
    keyword="收益到户",
    tab="ledgers",
    searched=False,
    entity=ProceedsShare,
    parent=PROCEEDS,
    columns=(
        Reference("proceeds_key", Proceeds, name="title", source="proceeds", key="proceeds", label="收益名称"),
        Shown("village", "name", "village"),
        Reference("household_key", Household, name="head_name", codes=("code", "head_id_number"), key="household"),
        *own("basis", "amount_fen", "reason"),
    ),
    search=Search(("reason",)),
    identity=(Identity(("proceeds_key", "household_key")),),
    checks=(_checks,),
    layout=Layout(
        first=("household", "basis", "amount", "reason"),
        groups=(Group("到户", ("proceeds", "household", "basis", "amount", "reason")),),
        sums=(("amount", "到户"),),
        empty=("还没有到户分配", "逐户新增，或从 Excel 名单导入。"),
    ),
)
