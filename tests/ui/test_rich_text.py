"""Names that look like HTML stay text: in labels, tool tips, tables, lists, messages; in every tab and its dialogs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import Qt as QtGuiWords
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMessageBox, QTextEdit, QWidget

from fupin_desktop import ui
from fupin_desktop.errors import Situation
from fupin_desktop.services import award_notices, awards, documents, registers, schemes, villages
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.dialogs.backups import BackupsDialog
from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog
from fupin_desktop.ui.dialogs.publicity.posted import PostedDialog
from fupin_desktop.ui.dialogs.table import TableDialog
from fupin_desktop.ui.widgets.tips import as_tip
from tests.services import award_office
from tests.services.documents.office import VILLAGE
from tests.services.register_office import add_item
from tests.ui.award_desk import settle

PLANTED = "<img src=x><b>陈"
_ROWS, _COLUMNS = 30, 60


def might_be_rich(text: str) -> bool:
    return bool(QtGuiWords.mightBeRichText(text))


def offenders(widget: QWidget) -> Iterator[str]:
    """Texts below a widget that Qt would read as HTML though they came from the clerk."""
    for one in (widget, *widget.findChildren(QWidget)):
        if might_be_rich(one.toolTip()):
            yield f"tool tip of {one}: {one.toolTip()}"
        if isinstance(one, QLabel) and one.textFormat() is not Qt.TextFormat.PlainText and "陈" in one.text():
            yield f"label: {one.text()}"
        if isinstance(one, QTextEdit) and "img" in one.toHtml() and PLANTED not in one.toPlainText():
            yield f"text of {one}"
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _cells(one)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), _ROWS)):
        for column in range(1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), _COLUMNS)):
            tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and might_be_rich(tip):
                yield f"tool tip of a cell of {view}: {tip}"


@pytest.fixture
def planted(bench):
    """An office in which every name that a clerk types looks like HTML."""
    rows = [(f"{PLANTED}一", "base", "12.5", "4600"), (f"{PLANTED}二", "scattered", "3", "560")]
    household, _ = award_office.put_register(bench, rows)
    villages.add(bench, villages.VillageForm(f"{PLANTED}村", leader=f"{PLANTED}书记"))
    registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(household, "note", f"{PLANTED}备注")])
    add_item(bench, household, f"{PLANTED}稻", "亩", declared="3")
    key = schemes.save(bench, None, award_office.scheme(name=f"{PLANTED}方案")).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    document = documents.create(bench, VILLAGE, villages.by_name(bench, award_office.VILLAGE).key).keys[0]
    documents.set_values(bench, document, {"leader": f"{PLANTED}组长", "products": f"{PLANTED}米"})
    bench.back_up()
    return key


def test_nothing_a_clerk_types_is_read_as_html(planted, window, bench):
    found = {}
    for key in window.tab_keys:
        window.show_tab(key)
        settle(window)
        found[key] = list(offenders(window.tab(key)))
    backups = BackupsDialog(window.shell)
    backups.list.setCurrentRow(0)
    settle(window)
    rows = [(f"{PLANTED}行", "x")]
    for dialog in (backups, NoticeDialog(window.shell, "awards", planted), TableDialog(f"{PLANTED}表", ("甲", "乙"), rows),
                   PostedDialog(window.shell, award_notices.all(bench, 2026))):  # fmt: skip
        dialog.show()
        settle(window)
        found[type(dialog).__name__] = list(offenders(dialog))
        dialog.close()
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_the_walk_sees_what_it_looks_for(qtbot):
    widget, inner = QWidget(), QLabel(f"{PLANTED}一")
    qtbot.addWidget(widget)
    inner.setParent(widget)
    inner.setToolTip(f"{PLANTED}一")
    assert len(list(offenders(widget))) == 2
    inner.setTextFormat(Qt.TextFormat.PlainText)
    inner.setToolTip(as_tip(f"{PLANTED}一"))
    assert list(offenders(widget)) == []


def test_messages_and_questions_are_text(qtbot, monkeypatch):
    shown = []

    def seen(box, *_rest):
        labels = [one for one in box.findChildren(QLabel) if "陈" in one.text()]
        shown.append({one.textFormat() for one in labels} | ({box.textFormat()} if isinstance(box, QMessageBox) else set()))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", seen)
    monkeypatch.setattr(Asker, "run", lambda _asker, dialog: bool(seen(dialog)))
    asker = Asker()
    asker.message(None, "题", f"{PLANTED}一")
    asker.situation(None, Situation(f"{PLANTED}一", safe=f"{PLANTED}二"))
    asker.question(None, "题", f"{PLANTED}一")
    asker.text(None, "题", f"{PLANTED}一")
    asker.choose(None, "题", f"{PLANTED}一", ["甲"])
    assert shown == [{Qt.TextFormat.PlainText}] * 5


@pytest.mark.parametrize("text", ["<b>x", "a <img src=x>", "</p>", "&lt;b>", "<!doctype html>", "x < y", "A & B", "一\n<b>"])
def test_a_tool_tip_reads_the_same_and_is_no_html(text):
    assert not might_be_rich(as_tip(text))
    assert as_tip(text).replace("\u2060", "") == text


def test_every_tool_tip_put_together_goes_through_the_one_place():
    """What is written out in the program's own words may stay."""
    loose = []
    for path in Path(ui.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "setToolTip" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setToolTip":
                tip = node.args[-1]
                if not isinstance(tip, ast.Constant) and not ast.unparse(tip).startswith("as_tip("):
                    loose.append(f"{path.name}:{node.lineno}")
    assert loose == []
