"""The award sheet (产业奖补资金测算(分配)表, 吴川 三(二)4): what it needs to know, and its filled form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm


class PaperItem(NamedTuple):
    """One planting or breeding item as printed in a list.

    Attributes:
        product: Product or scheme item, e.g. 水稻.
        quantity: Counted quantity in ``unit``; None prints empty.
        unit: Unit, e.g. 亩.
        standard: The standard in words, e.g. ``320.00元/亩``.
    """

    product: str
    quantity: Decimal | None = None
    unit: str = ""
    standard: str = ""


def with_tail(head: str, tail: str) -> str:
    """A name with the ID tail that tells it from others of the same name."""
    return f"{head}（{tail}）" if tail else head


class AwardSheetRow(NamedTuple):
    """One household; several items print as lines under each other beside one amount.

    Attributes:
        group: 村民小组 (of a town sheet: village and group).
        head: 户主.
        household_class: 户类别, the label.
        size: 规模, 大户 or 小农户.
        items: Items counted, at least none.
        area: Planted area of the household, 亩.
        cost: Verified cost, yuan; None where not verified.
        computed: 应奖补, yuan.
        capped: 封顶后, yuan.
        award: 实奖补, yuan.
        remark: 说明.
        tail: Shortest ID tail that tells households of one name apart; empty where the name does.
        record: How a message names this household, e.g. ``低岭村 吴华契``; empty takes ``head``.
    """

    group: str
    head: str
    household_class: str
    size: str
    items: tuple[PaperItem, ...]
    area: Decimal | None
    cost: Decimal | None
    computed: Decimal
    capped: Decimal
    award: Decimal
    remark: str = ""
    tail: str = ""
    record: str = ""

    @property
    def head_shown(self) -> str:
        """户主 as printed, with the ID tail where there is one."""
        return with_tail(self.head, self.tail)


@dataclass(frozen=True, slots=True)
class AwardSheet:
    """The whole sheet; totals are summed from the rows, so that they always agree.

    Attributes:
        place: Village or town in the title, e.g. 低岭村.
        year: Calendar year.
        office: Unit that made the sheet (制表单位).
        made_on: Date printed and written into the file.
        rows: One per household, in printed order.
        batch: Batch within the year, e.g. 第一批; empty for the only one.
        scheme: The scheme's name, for the basis line.
        basis: Further sentences of the basis line: clauses, 大户起点, pool.
        summary: One sentence with the counts of households and the money left; empty for none.
        maker: Clerk (制表); empty leaves room for the pen.
        draft: Prints 草稿 across each page.
    """

    place: str
    year: int
    office: str
    made_on: date
    rows: tuple[AwardSheetRow, ...]
    batch: str = ""
    scheme: str = ""
    basis: tuple[str, ...] = ()
    summary: str = ""
    maker: str = ""
    draft: bool = False

    @property
    def award_total(self) -> Decimal:
        """Σ 实奖补 of the rows, yuan."""
        return sum((row.award for row in self.rows), Decimal(0))

    @property
    def basis_line(self) -> str:
        """The basis as one sentence."""
        return "；".join(filter(None, (self.scheme, *self.basis)))


def award_sheet_form(
    sheet: AwardSheet, override: Path | None = None, *, paged: bool = True, packed: bool = False
) -> FilledForm:
    """The filled award sheet; ``pdf.write_pdf`` and ``workbook.write_workbook`` draw it.

    Args:
        sheet: What it says.
        override: The office's own folder of forms.
        paged: Whether its pages are made; the workbook needs none.
        packed: Whether they are kept packed, for a PDF of very many.

    Raises:
        MissingGlyph: No font has a character that must be printed.
        BadDefinition: The office's own form breaks a rule of the format.
    """
    form = usable_form("award_sheet", override)
    return fill(form, sheet, sheet.made_on, draft=sheet.draft, paged=paged, packed=packed)
