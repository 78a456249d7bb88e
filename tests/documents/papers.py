"""Sample papers of invented people in real places of 吴川."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.definition.loader import read_form, usable_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.services.awards.notice import AwardNotice, NoticeRow
from fupin_desktop.services.awards.subject import PaperItem
from fupin_desktop.services.document_types import award_scheme, notice_awards
from fupin_desktop.services.document_types.award_scheme import SchemePaper
from fupin_desktop.services.document_types.award_sheet import AwardSheet, AwardSheetRow
from fupin_desktop.services.document_types.award_working import AwardWorking, WorkingHousehold, WorkingLine
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.offices import Contact

RARE = "𠅤䶮㛃𬭳"
HEADS = ("吴华契", "陈康", "𠅤小保", "䶮亚九", "麦㛃", "𬭳观福", "买买提·艾力", "李真")
MADE = date(2026, 12, 24)


def rows(count: int, seed: int = 1) -> tuple[AwardSheetRow, ...]:
    """Households, some with two items, some with none."""
    dice = random.Random(seed)
    return tuple(_row(dice, at) for at in range(count))


def _row(dice: random.Random, at: int) -> AwardSheetRow:
    area = Decimal(dice.randint(200, 22000)) / 1000
    cost = Decimal(dice.randint(10000, 900000)) / 100
    computed = (area * 220).quantize(Decimal("0.01"))
    items = [PaperItem("水稻", area, "亩", "220.00元/亩"), PaperItem("肉鸡", Decimal(30), "羽", "8.00元/羽")]
    return AwardSheetRow(
        group=dice.choice("一二三四") + "组",
        head=HEADS[at % len(HEADS)],
        household_class="脱贫户",
        size="大户" if area >= 10 else "小农户",
        items=tuple(items[: (1, 1, 2, 0)[at % 4]]),
        area=area,
        cost=cost,
        computed=computed,
        capped=min(computed, cost),
        award=min(computed, cost),
        remark="按成本封顶" if computed > cost else "",
    )


def sheet(count: int, *, draft: bool = False) -> AwardSheet:
    """An award sheet of so many households."""
    return AwardSheet(
        place="塘㙍镇低岭村",
        year=2026,
        office="吴川市塘㙍镇扶贫办",
        made_on=MADE,
        rows=rows(count),
        scheme="低岭村2026年度产业奖补资金安排方案",
        basis=("奖补不超过核定成本 (吴川 三(二)4)",),
        summary=f"名册 {count} 户，全部参与。",
        maker="李文静",
        draft=draft,
    )


def household(head: str = "吴华契", steps: int = 3) -> WorkingHousehold:
    """A household with so many steps."""
    lines = (
        WorkingLine("番薯 3.000 亩 × 220 元/亩 = 660.00 元", "方案第2项", Decimal("660.00"), "元"),
        WorkingLine("全户 3.000 亩 < 10 亩，小农户", "吴川 三(二)4"),
        WorkingLine("申报 3.200、验收 3.000，取小", "", Decimal("3.000"), "亩"),
    )
    return WorkingHousehold(
        head, "低岭村", "一组", "监测户", "小农户", 4, Decimal("3.000"), Decimal("560.00"),
        tuple(lines[at % 3] for at in range(steps)), Decimal("560.00"), "按成本封顶",
    )  # fmt: skip


def working(*households: WorkingHousehold) -> AwardWorking:
    """The working of some households."""
    return AwardWorking(
        "低岭村", 2026, "塘㙍镇扶贫办", MADE, "低岭村2026年度方案", households, notes=("莲藕单价 12.33 元/亩",)
    )


def notice(count: int) -> AwardNotice:
    """A notice of so many households."""
    listed = tuple(
        NoticeRow(row.group, row.head, row.household_class, row.items, row.award, row.remark) for row in rows(count)
    )
    return AwardNotice(
        place="低岭村",
        year=2026,
        publisher="低岭村民委员会",
        posted_on=date(2026, 11, 9),
        first=date(2026, 11, 9),
        last=date(2026, 11, 18),
        days=10,
        rows=listed,
        contacts=(Contact("低岭村民委员会", "13800138000", "陈观保"), Contact("塘㙍镇扶贫办", "")),
        basis=("《吴川市推进产业扶贫实施方案》", "《低岭村2026年度产业奖补资金安排方案》"),
        rules=("水稻：每亩 240 元", "番薯：每亩 220 元"),
        persons=121,
        area=Decimal("213.400"),
        board="低岭村公示栏",
    )


SHEET = """[paper]
size = "A4"
orientation = "portrait"
top = 20
right = 20
bottom = 20
left = 20
"""
"""A page with 20 mm around it."""

PAGE = f"""
id = "small"
title = "小表"
workbook = true
{SHEET}[styles.cell]
font = "song"
size = 10
"""
ENTRY_PAGE = PAGE.replace("workbook = true", "workbook = true\nentry = true")
"""The same for forms that are filled in."""

SMALL = PAGE + """\
[styles.amount]
base = "cell"
align = "right"
shrink = true
[fields.name]
label = "名称"
type = "text"
[fields.rows]
label = "行"
type = "list"
[fields.rows.fields.text]
label = "内容"
type = "text"
[fields.rows.fields.amount]
label = "金额"
type = "money"
[[parts]]
type = "table"
columns = [20, 100, 50]
[[parts.rows]]
role = "heading"
height = 10
style = "cell"
cells = [{ text = "序号" }, { text = "内容" }, { text = "金额" }]
[[parts.rows]]
role = "each"
each = "rows"
height = 10
style = "cell"
cells = [{ text = "{index}" }, { field = "text" }, { field = "amount", style = "amount" }]
[[parts.rows]]
role = "page_total"
each = "rows"
height = 10
style = "cell"
cells = [{ text = "本页小计", span = 2 }, { total = "amount", style = "amount" }]
[[parts.rows]]
role = "page_total"
each = "rows"
height = 10
style = "cell"
cells = [{ text = "累计", span = 2 }, { running = "amount", style = "amount" }]
[[parts.rows]]
role = "total"
each = "rows"
height = 10
style = "cell"
cells = [{ text = "合计", span = 2 }, { total = "amount", style = "amount" }]
"""


def definition(folder: Path, text: str = SMALL, form_id: str = "small") -> FormDefinition:
    """The definition in this text."""
    path = folder / form_id / "form.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_form(path)


def small_rows(count: int) -> dict[str, object]:
    """Data of the small form: amounts 1.00, 2.00 ..."""
    return {"name": "名", "rows": [{"text": f"第{at}行", "amount": Decimal(at)} for at in range(1, count + 1)]}


def award_sheet_form(paper: AwardSheet, **how: Any) -> FilledForm:
    """The filled sheet."""
    return fill(usable_form("award_sheet"), paper, paper.made_on, draft=paper.draft, **how)


def award_working_form(paper: AwardWorking) -> FilledForm:
    """The filled working."""
    return fill(usable_form("award_working"), paper, paper.made_on, draft=paper.draft)


def award_scheme_form(paper: SchemePaper) -> FilledForm:
    """The filled scheme."""
    return Computed(award_scheme.TYPE, paper).filled()


def award_notice_form(paper: AwardNotice) -> FilledForm:
    """The filled notice."""
    return Computed(notice_awards.TYPE, paper).filled()
