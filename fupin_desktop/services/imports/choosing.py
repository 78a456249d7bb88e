"""Which sheet of a workbook is read, and which others look just like it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.imports.headings import Family, ListKind
from fupin_desktop.services.imports.mapping import Mapping, Proposal, heading_at
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import RawWorkbook


class Chosen(NamedTuple):
    """The sheet that is read.

    Attributes:
        sheet: The sheet.
        mapping: How it is read.
        alike: Names of sheets that look alike, the chosen one first, where nothing tells which is meant: neither the
            caller nor the sheet that was open when the file was saved.
    """

    sheet: RawSheet
    mapping: Mapping
    alike: tuple[str, ...] = ()


def choose_sheet(
    workbook: RawWorkbook,
    proposals: Sequence[Proposal],
    sheet: str | None,
    family: Family,
    kinds: Collection[ListKind] = (),
) -> Chosen:
    """The sheet asked for, or the one that fits best.

    The visible before the hidden, whole lists before others, the sheet that was open before the others, the longer
    before the shorter.

    Args:
        workbook: The workbook.
        proposals: What was recognised on each sheet.
        sheet: Name of the sheet asked for; None where none is.
        family: The kinds of list that are looked for.
        kinds: Those that are preferred; empty where any will do.

    Raises:
        UnreadableFile: There is no such sheet, or nothing on any.
    """
    pairs = list(zip(workbook.sheets, proposals, strict=True))
    if sheet is not None:
        pairs = [pair for pair in pairs if pair[0].name == sheet]
        if not pairs:
            names = "、".join(f"“{one.name}”" for one in workbook.sheets)
            raise UnreadableFile(f"“{workbook.name}”里没有工作表“{sheet}”。", todo=f"请核对名称，文件里有：{names}。")
    readable = [pair for pair in pairs if pair[0].rows]
    if not readable:
        if any(raw.fault for raw, _ in pairs):
            raise UnreadableFile(f"“{workbook.name}”：{next(raw.fault for raw, _ in pairs if raw.fault)}，没有读取。")
        raise UnreadableFile(f"“{workbook.name}”里没有任何内容。", todo="请核对文件，或重新导出。")
    chosen, proposal = max(readable, key=lambda pair: _fit(pair[0], pair[1], workbook.active, kinds))
    mapping = proposal.mapping or heading_at(chosen, 0, family=family)
    return Chosen(chosen, mapping, _alike(readable, chosen, mapping, workbook.active))


def _fit(
    sheet: RawSheet, proposal: Proposal, active: str, kinds: Collection[ListKind]
) -> tuple[bool, bool, bool, bool, int, int]:
    mapping = proposal.mapping
    whole = mapping is not None and not mapping.missing()
    wanted = mapping is not None and (not kinds or mapping.kind in kinds)
    return wanted, not sheet.hidden, whole, whole and sheet.name == active, proposal.score, len(sheet.rows)


def _alike(
    readable: Sequence[tuple[RawSheet, Proposal]], chosen: RawSheet, mapping: Mapping, active: str
) -> tuple[str, ...]:
    """The sheets that are lists of the same kind with the same columns, unless the open one is among them."""
    if mapping.missing():
        return ()
    found = [
        raw.name for raw, one in readable
        if not raw.hidden and one.mapping is not None and one.mapping.kind is mapping.kind
        and set(one.mapping.columns) == set(mapping.columns) and any(map(any, raw.rows[one.mapping.first_row :]))
    ]  # fmt: skip
    if len(found) <= 1 or active in found:
        return ()
    return chosen.name, *(name for name in found if name != chosen.name)
