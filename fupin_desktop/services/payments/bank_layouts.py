"""Layouts of the lists that banks and the treasury take: presets as data, and the office's own in its data folder.

A layout names its columns in order, each with the value it holds or a fixed text. An own one can be made from the
heading of a sample file that the bank handed out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.domain import file_names
from fupin_desktop.domain.strict_toml import Table, load, loads
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.errors import BadDefinition, NotAllowed, UnreadableFile
from fupin_desktop.services import files
from fupin_desktop.services.sheets.heading import base, normalise
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.workbench import Workbench

FOLDER = "发放格式"
"""The office's own layouts in its data folder."""
_SEARCHED = 30
_LEAST_KNOWN = 3


class Value(Word):
    """What a column can hold, with the headings by which a sample is known to mean it."""

    INDEX = "index", "序号"
    TOWN = "town", "镇(街)"
    VILLAGE = "village", "村"
    GROUP = "group", "村民小组"
    HEAD = "head", "户主"
    ID_NUMBER = "id_number", "身份证号"
    MEMBERS = "members", "家庭人口"
    CLASS = "household_class", "贫困属性"
    ITEM = "item", "补贴项目"
    QUANTITY = "quantity", "数量"
    UNIT = "unit", "单位"
    STANDARD = "standard", "标准"
    AMOUNT = "amount", "金额"
    ACCOUNT_NAME = "account_name", "账户名"
    BANK_NAME = "bank_name", "开户行"
    ACCOUNT = "account", "账号"
    PHONE = "phone", "联系电话"
    TITLE = "title", "发放事项"
    BATCH = "batch", "批次"
    YEAR = "year", "年度"
    NOTE = "note", "备注"


ALIASES: dict[Value, tuple[str, ...]] = {
    Value.INDEX: ("编号", "顺序号"),
    Value.TOWN: ("乡镇", "镇", "镇街", "乡(镇)", "乡镇名称"),
    Value.VILLAGE: ("行政村", "村名", "村(居)", "行政村名称", "村委会"),
    Value.GROUP: ("小组", "组", "组别", "自然村"),
    Value.HEAD: ("户主姓名", "姓名", "农户姓名", "受益人", "补贴对象"),
    Value.ID_NUMBER: ("身份证号码", "证件号码", "身份证", "户主身份证号", "户主身份证号码"),
    Value.MEMBERS: ("家庭人口数", "人口", "人数", "家庭人数"),
    Value.CLASS: ("户类别", "贫困户属性", "脱贫属性", "户属性", "对象类别"),
    Value.ITEM: ("项目", "补贴名称", "项目名称", "种养项目"),
    Value.QUANTITY: ("面积", "补贴面积", "补贴数量"),
    Value.UNIT: ("计量单位",),
    Value.STANDARD: ("补贴标准", "奖补标准"),
    Value.AMOUNT: ("发放金额", "补贴金额", "实发金额", "应发金额", "交易金额", "代发金额", "金额合计", "奖补金额"),
    Value.ACCOUNT_NAME: ("户名", "收款人", "收款户名", "账户名称", "收款人姓名", "收款人名称", "开户名"),
    Value.BANK_NAME: ("开户银行", "开户行名称", "收款行", "收款人开户行", "银行", "开户银行名称"),
    Value.ACCOUNT: ("收款账号", "一卡通账号", "银行账号", "银行卡号", "卡号", "收款人账号", "账户", "银行账户"),
    Value.PHONE: ("电话", "手机号", "手机号码", "手机", "联系方式"),
    Value.TITLE: ("摘要", "用途", "附言", "发放项目", "备注摘要"),
    Value.BATCH: ("发放批次",),
    Value.YEAR: ("补贴年度", "年份"),
    Value.NOTE: ("说明",),
}
"""Other headings of a value, besides its label."""


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column: its heading, and the value it holds or (None) a fixed text."""

    heading: str
    value: Value | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout.

    Attributes:
        id: Its name among files.
        name: Its name for people.
        format: ``xlsx`` or ``csv``.
        encoding: Of a csv: ``gbk`` or ``utf-8-sig``.
        columns: In order.
        own: Whether the office made it.
        order: Place among the presets.
    """

    id: str
    name: str
    format: str
    columns: tuple[LayoutColumn, ...]
    encoding: str = "gbk"
    own: bool = False
    order: int = 1000

    @property
    def ending(self) -> str:
        """Ending of its files."""
        return f".{self.format}"


def layouts(bench: Workbench) -> list[Layout]:
    """The presets, then the office's own; one that breaks a rule of the format is left out (see :func:`broken`)."""
    return [*_presets(), *(one for one in _own(bench) if isinstance(one, Layout))]


def broken(bench: Workbench) -> list[BadDefinition]:
    """What is wrong with own layouts that cannot be used."""
    return [one for one in _own(bench) if isinstance(one, BadDefinition)]


def layout(bench: Workbench, layout_id: str) -> Layout:
    """A layout by its id or name.

    Raises:
        NotAllowed: There is none.
    """
    known = layouts(bench)
    found = next((one for one in known if layout_id in (one.id, one.name)), None)
    if found is None:
        raise NotAllowed(f"没有“{layout_id}”这种发放格式。", todo=f"现有：{'、'.join(one.name for one in known)}。")
    return found


@cache
def _presets() -> tuple[Layout, ...]:
    found = [_read(path, own=False) for path in sorted((paths.resources() / "payments").glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: one.order))


def _own(bench: Workbench) -> list[Layout | BadDefinition]:
    found: list[Layout | BadDefinition] = []
    for path in sorted((bench.data_folder / FOLDER).glob("*.toml")):
        try:
            found.append(_read(path, own=True))
        except BadDefinition as fault:
            found.append(fault)
    return found


def _read(path: Path, *, own: bool) -> Layout:
    """A layout of its file.

    Raises:
        BadDefinition: It breaks a rule of the format.
    """
    return _layout(load(path), path.stem, own=own)


def _layout(top: Table, stem: str, *, own: bool) -> Layout:
    made = Layout(
        id=stem,
        name=top.name("name", required=True),
        format=top.choice("format", ("xlsx", "csv")),
        encoding=top.choice("encoding", ("gbk", "utf-8-sig"), "gbk"),
        order=top.whole("order", 1000),
        columns=tuple(_column(one) for one in top.tables("column")),
        own=own,
    )
    if Value.AMOUNT not in {one.value for one in made.columns}:
        top.fail("column", "要有一栏 value = \"amount\" (金额)")
    top.done()
    return made


def _column(entry: Table) -> LayoutColumn:
    value = entry.choice("value", [*(one.value for one in Value), ""], "")
    made = LayoutColumn(entry.name("heading", required=True), Value(value) if value else None, entry.text("text", ""))
    entry.done()
    return made


# ---- own layouts ----
def from_sample(path: Path) -> Layout:
    """A layout as the heading of a sample file has it; columns that are not known hold an empty fixed text.

    Raises:
        UnreadableFile: No row of it is known as a heading of such a list.
        Situation: It cannot be read.
    """
    best: tuple[int, tuple[LayoutColumn, ...]] = (0, ())
    for sheet in open_workbook(path).sheets:
        for columns in _headings(sheet):
            known = len({one.value for one in columns if one.value is not None})
            best = max(best, (known, columns), key=lambda one: one[0])
    if best[0] < _LEAST_KNOWN:
        raise UnreadableFile(
            f"“{path.name}”里没有认出发放清单的表头。", todo="表头一行要有账号、户名、金额这样的栏目。"
        )
    return Layout(path.stem, path.stem, "xlsx", best[1], own=True)


def _headings(sheet: RawSheet) -> list[tuple[LayoutColumn, ...]]:
    """Every row of the first ones as a heading might have it."""
    found = []
    for cells in sheet.rows[:_SEARCHED]:
        texts = [clean(cell) if isinstance(cell, str) else "" for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts and all(texts):
            found.append(tuple(LayoutColumn(text, meant(text)) for text in texts))
    return found


@cache
def _known() -> dict[str, Value]:
    return {normalise(name): value for value in Value for name in (value.label, *ALIASES[value])}


def meant(heading: str) -> Value | None:
    """The value that a heading means; None where it is not known."""
    name = normalise(heading)
    return _known().get(name) or _known().get(base(name))


def save_own(bench: Workbench, made: Layout) -> Layout:
    """Keep a layout in the data folder, in the place of one of its name.

    Raises:
        NotAllowed: It has no name, no column of amounts or a column without heading, or is called like a preset.
        Situation: It cannot be written.
    """
    name = file_names.clean(clean(made.name))
    if name == file_names.NAMELESS:
        raise NotAllowed("请给这种格式起个名字。")
    if name in {one.name for one in _presets()} | {one.id for one in _presets()}:
        raise NotAllowed(f"“{name}”是程序自带的格式，不能覆盖。", todo="请另起一个名字。")
    if Value.AMOUNT not in {one.value for one in made.columns}:
        raise NotAllowed("没有指明哪一栏是金额。", todo="请给金额那一栏选“金额”。")
    if not all(one.heading.strip() for one in made.columns):
        raise NotAllowed("有一栏没有写表头。", todo="请给每一栏写上表头，不要的栏请删去。")
    text = _text(name, made.format, made.encoding, made.columns)
    kept = _layout(loads(text, f"{name}.toml"), name, own=True)
    bench.require_writable()
    folder = bench.data_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files.write_bytes(folder / f"{name}.toml", text.encode())
    return kept


def remove_own(bench: Workbench, layout_id: str) -> None:
    """Remove an own layout; a preset stays."""
    bench.require_writable()
    (bench.data_folder / FOLDER / f"{layout_id}.toml").unlink(missing_ok=True)


def _text(name: str, format_: str, encoding: str, columns: Sequence[LayoutColumn]) -> str:
    lines = [f"name = {_quoted(name)}", f'format = "{format_}"', f'encoding = "{encoding}"']
    for one in columns:
        lines += ["", "[[column]]", f"heading = {_quoted(one.heading)}"]
        lines.append(f'value = "{one.value.value}"' if one.value is not None else f"text = {_quoted(one.text)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
