"""新经办人: what is open and what there is, told on a paper that both sign, and the clerk who goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from fupin_desktop.domain.exchange import HandoverKind
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import attachments, backups, handovers, home, offices, operators, protection, registers
from fupin_desktop.services.documents import computed
from fupin_desktop.services.handovers import Handed
from fupin_desktop.services.overview import DueItem
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.services.workbench import Change, Workbench

PAPER = "work_handover"
_TABS = {
    "home": "首页", "applications": "村镇申报", "households": "农户台账", "ledgers": "台账", "awards": "奖补测算",
    "funds": "资金审批", "publicity": "公示备案", "reports": "季度报表", "exchange": "数据交换",
}  # fmt: skip


class Held(NamedTuple):
    """Something that is handed over: what, and how much of it."""

    what: str
    told: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A change of the clerk.

    Attributes:
        bench: The office.
        successor: The new clerk.
        witness: 监交人; may be empty.
    """

    bench: Workbench
    successor: str
    witness: str = ""

    @property
    def clerk(self) -> str:
        """Who hands over."""
        return present(self.bench)


def present(bench: Workbench) -> str:
    """The clerk who hands over: the one of the office, who need not be the operator at work."""
    return bench.clerk if bench.role is None else offices.office(bench).clerk


def open_work(bench: Workbench) -> list[DueItem]:
    """What is due or begun, and the handovers without a receipt."""
    return [*home.overview(bench, bench.today).due, *handovers.waiting(bench)]


def place_of(item: DueItem) -> str:
    """Name of the tab in which it is done."""
    return _TABS.get(item.target.tab, "")


def held(bench: Workbench) -> list[Held]:
    """What is handed over: the data with its safety, then every register by its rows."""
    return [*_safety(bench), *_registers(bench)]


def _safety(bench: Workbench) -> Iterator[Held]:
    yield Held("数据文件夹", str(bench.data_folder))
    found = backups.all_backups(bench)
    newest = f"{len(found)} 份，最近一份 {found[0].at:%Y-%m-%d %H:%M}" if found else "还没有备份"
    yield Held("备份", newest)
    second = backups.second_place(bench)
    yield Held("第二处备份", str(second) if second is not None else "没有设")
    locked = protection.has_password(bench.data_folder)
    yield Held("密码和恢复码", "数据已加密：密码当面告知，恢复码在信封里移交" if locked else "没有设密码")
    kept = [path for path in (bench.data_folder / attachments.FOLDER).rglob("*") if path.is_file()]
    yield Held("附件", f"{len(kept)} 个文件")


def _registers(bench: Workbench) -> Iterator[Held]:
    told = [
        f"{one.title} {count:,} {one.unit}"
        for one in registry.all()
        if (count := registers.count(bench, Query(one, bench.year)))
    ]
    yield Held(f"{bench.year} 年度台账", "、".join(told) or "还没有登记")


def hand_over(succession: Succession) -> Change:
    """Make the new clerk the one who works; the list is kept with the register of handovers.

    Raises:
        NotAllowed: The new clerk is not named, or is the present one.
        Situation: It could not be written; nothing was changed.
    """
    bench, name = succession.bench, clean(succession.successor)
    before = succession.clerk
    require(bench, name)
    paper = computed.paper(bench, PAPER, replace(succession, successor=name))
    content = paper.pdf()
    office = offices.office(bench)
    kept = attachments.store_content(bench.data_folder, f"{paper.name}.pdf", content)
    handed = Handed(
        handovers.next_number(bench), bench.year, HandoverKind.SUCCESSOR, f"移交工作：{before} → {name}", office.name,
        name, bench.today, before, str(bench.data_folder), "", "", (),
    )  # fmt: skip
    handovers.record(bench, handed, (kept,))
    change = offices.save(bench, replace(office, clerk=name))
    left = f"{before}不再用这份数据的，请在“设置 → 操作人员”里去掉“在用”。" if bench.signs_in else ""
    return change._replace(message=f"以后由{name}经办。请马上修改密码，换新的恢复码。{left}")


def require(bench: Workbench, name: str) -> None:
    """Make sure that a new clerk is named, and may be made the one who works.

    Raises:
        NotAllowed: None is named, or the present one; where operators sign in, the new one is none of them, or the one
            at work is no manager.
    """
    if not name:
        raise NotAllowed("请填写新经办人的姓名。")
    if name == present(bench):
        raise NotAllowed(f"现在的经办人就是{name}。", todo="请填写接手的人。")
    if bench.signs_in:
        bench.require_right("offices.save")
        if name not in {one.name for one in operators.listed(bench, active=True)}:
            todo = "请先在“设置 → 操作人员”里登记，再接手。"
            raise NotAllowed(f"{name}还不是在用的操作人员。", todo=todo)
