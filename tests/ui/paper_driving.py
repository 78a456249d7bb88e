"""A small form, and an owner that writes what is typed on its paper as the services would."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fupin_desktop.documents.definition.form import PATH
from fupin_desktop.documents.definition.loader import read_form
from fupin_desktop.documents.filling.data import coerce, parse_value, to_plain, with_sums
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.ui.paper.state import PaperState
from fupin_desktop.ui.paper.view import PaperView
from tests.documents.papers import SHEET

MADE_ON = date(2026, 12, 24)
FORM = f"""
id = "small_form"
title = "小表"
clause = "吴川 三(二)1"
workbook = true
entry = true

{SHEET}
[styles.value]
align = "left"

[fields.village]
label = "村"
type = "text"
bind = "village.name"
source = "村资料"
[fields.leader]
label = "负责人"
type = "text"
required = true
max_length = 12
help = "写村(居)委会主任的姓名。"
clause = "吴川 三(一)2"
[fields.phone]
label = "联系电话"
type = "phone"
[fields.kind]
label = "产业类别"
type = "choice"
choices = ["种植", "养殖", "加工"]
[fields.poor]
label = "是否省定贫困村"
type = "yes_no"
[fields.links]
label = "利益联结方式"
type = "several"
choices = ["土地流转", "务工就业", "入股分红"]
[fields.started]
label = "开工日期"
type = "date"
[fields.amount]
label = "财政专项"
type = "money"
unit = "元"
[fields.own_amount]
label = "自筹"
type = "money"
unit = "元"
[fields.total]
label = "合计"
type = "money"
unit = "元"
sum_of = ["amount", "own_amount"]
[fields.measures]
label = "扶持措施"
type = "long"
max_length = 200
[fields.bank]
label = "开户行"
type = "text"
choices = ["农商银行", "农业银行"]
[fields.opinion_village]
label = "村委会意见"
type = "opinion"
unit = "村(居)委会"
[fields.members]
label = "成员"
type = "list"
[fields.members.fields.name]
label = "姓名"
type = "text"
[fields.members.fields.area]
label = "面积"
type = "area"
unit = "亩"
[fields.members.fields.role]
label = "职务"
type = "choice"
choices = ["组长", "成员"]

[[parts]]
type = "table"
columns = [30, 55, 30, 55]
inner = 0.5
outer = 1.2

[[parts.rows]]
height = 9
style = "value"
cells = [{{ text = "村" }}, {{ field = "village" }}, {{ text = "负责人" }}, {{ field = "leader" }}]
[[parts.rows]]
height = 9
style = "value"
cells = [{{ text = "电话" }}, {{ field = "phone" }}, {{ text = "类别" }}, {{ field = "kind" }}]
[[parts.rows]]
height = 9
style = "value"
cells = [{{ text = "省定贫困村" }}, {{ field = "poor" }}, {{ text = "联结" }}, {{ field = "links" }}]
[[parts.rows]]
height = 9
style = "value"
cells = [{{ text = "开工" }}, {{ field = "started" }}, {{ text = "财政专项" }}, {{ field = "amount" }}]
[[parts.rows]]
height = 9
style = "value"
cells = [{{ text = "自筹" }}, {{ field = "own_amount" }}, {{ text = "合计" }}, {{ field = "total" }}]
[[parts.rows]]
height = 18
style = "value"
cells = [{{ text = "措施" }}, {{ field = "measures", span = 3, style = "value" }}]
[[parts.rows]]
height = 9
style = "value"
cells = [{{ text = "开户行" }}, {{ field = "bank", span = 3, style = "value" }}]

[[parts]]
type = "table"
columns = [70, 50, 50]
inner = 0.5
outer = 1.2
[[parts.rows]]
height = 8
style = "value"
cells = [{{ text = "姓名" }}, {{ text = "面积" }}, {{ text = "职务" }}]
[[parts.rows]]
role = "each"
each = "members"
min_rows = 4
height = 8
style = "value"
cells = [{{ field = "name" }}, {{ field = "area" }}, {{ field = "role" }}]

[[parts]]
type = "table"
columns = [30, 140]
inner = 0.5
outer = 1.2
[[parts.rows]]
height = 30
style = "value"
cells = [{{ text = "村委会意见" }}, {{ field = "opinion_village", foot = ["（盖章）", "年　　月　　日"] }}]
"""


def small_form(folder):
    """The small form, read from a file as every form is."""
    place = folder / "small_form"
    place.mkdir(exist_ok=True)
    (place / "form.toml").write_text(FORM, encoding="utf-8")
    return read_form(place / "form.toml")


def start():
    """The data the tests begin with."""
    return {
        "village": "低岭村", "leader": "陈观保", "kind": "种植", "amount": Decimal("150000.00"),
        "own_amount": Decimal("24000.00"), "members": [
            {"name": "林亚九", "area": Decimal("12.500"), "role": "组长"},
            {"name": "陈土生", "area": Decimal("3.000"), "role": "成员"},
        ],
    }


class Owner:
    """Writes what the paper brings, as the services would; keeps what it brought in ``typed`` and ``lists``."""

    def __init__(self, form, data=None, **state):
        self.form, self.words = form, {"editable": True, **state}
        self.data = with_sums(form, start() if data is None else data)
        self.typed, self.lists, self.others = [], [], []
        self.window, self.view = QWidget(), PaperView()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.window.resize(830, 640)
        self.view.value_typed.connect(self.write)
        self.view.list_edited.connect(self.write_list)
        for name in ("source_wanted", "opinion_wanted", "undo_wanted", "redo_wanted"):
            signal = getattr(self.view, name)
            signal.connect(lambda *given, name=name: self.others.append((name, *given)))
        self.show()

    def show(self, key="a"):
        state = PaperState(data=self.data, **self.words)
        self.view.show_form(self.form, fill(self.form, self.data, MADE_ON), state, key=key)

    def write(self, path, text):
        self.typed.append((path, text))
        own = self.form.field_at(path)
        try:
            value = parse_value(own, text)
        except ValueError as fault:
            self.view.show_faults({path: str(fault)})
            return
        name, record, column = PATH.fullmatch(path).groups()
        target = self.data if record is None else self.data[name][int(record)]
        target[column or name] = value
        self.data = with_sums(self.form, self.data)
        self.show()

    def write_list(self, field, records):
        self.lists.append((field, records))
        plain = to_plain(self.form, {field: records})
        data, faults = coerce(self.form, plain)
        assert not faults
        self.data = {**self.data, field: data[field]}
        self.show()

    # ---- hands -----------------------------------------------------------------------------------------------------

    def key(self, key, held=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.view.entry or self.view, key, held)

    def type(self, text):
        for letter in text:
            QTest.keyClick(self.view.entry or self.view, letter)

    def place(self, path):
        """The middle of a cell, in the window's pixels."""
        view = self.view
        spot = view._desk.find(path)
        assert spot is not None, path
        return view._seen(spot).center().toPoint()

    def click(self, path, **words):
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.place(path), **words)

    def double_click(self, path):
        QTest.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.place(path))

    def pixel(self, place: QPoint):
        return self.view.viewport().grab().toImage().pixelColor(place)


def commit(owner, path, text):
    """Type a text over what stands in a cell, and Enter."""
    owner.view.focus_field(path)
    owner.type(text)
    owner.key(Qt.Key.Key_Return)
