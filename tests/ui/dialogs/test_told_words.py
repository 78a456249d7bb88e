"""What dialogs tell of an operation, a backup, a calculation tried, amounts to be taken over, a board."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fupin_desktop.services.backups import Inside, Operation
from fupin_desktop.services.boards import Board, Cell
from fupin_desktop.services.documents.model import Outcome
from fupin_desktop.services.fund_papers import Offer
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.storage.backup_files import Backup, Reason
from fupin_desktop.ui import theme
from fupin_desktop.ui.dialogs.backups import _lines
from fupin_desktop.ui.dialogs.board import BoardDialog
from fupin_desktop.ui.dialogs.changes import _told
from fupin_desktop.ui.dialogs.funds import take as fund_take
from fupin_desktop.ui.dialogs.funds.take import TakeDialog
from fupin_desktop.ui.dialogs.table import TableDialog
from fupin_desktop.ui.dialogs.what_if import _shown, _signed, _tone
from tests.ui.cases import cases_of

NOW = datetime(2026, 12, 24, 10, 32, 5)  # noqa: DTZ001 - local time, as the clerk's clock gives it


@dataclass
class One:
    """An operation as the list of changes has it."""

    can_undo: bool = False
    undone: bool = False
    state: str = ""
    number: int = 12
    title: str = "修改农户"
    who: str = "李文静"
    at: datetime = NOW


@pytest.mark.parametrize("case", cases_of("changes_told"))
def test_an_operation_is_told_with_its_state(case):
    one = One(case.get("can_undo", False), case.get("undone", False), case.get("state", ""))
    assert _told(one, case.get("lines", 1)) == case["told"]


def test_no_operation_is_told_as_such():
    assert _told(None, 0) == "没有这样的操作。"


@pytest.mark.parametrize("case", cases_of("what_if_sums"))
def test_what_a_trial_changes_is_told_with_its_sign(case):
    old, new = (Decimal(case[name]) if name in case else None for name in ("old", "new"))
    assert _shown(new, case["money"]) == case["shown"]
    assert _signed(old, new, case["money"]) == case["change"]
    assert _tone(old, new) == case["tone"]


def test_what_a_backup_holds_is_told_beside_what_is_there_now():
    operations = tuple(Operation(NOW - timedelta(minutes=place), f"第{place}项", "李文静") for place in range(31))
    backup = Backup(Path("b.sqlite"), NOW, next(iter(Reason)))
    told = _lines(Inside(backup, (("农户", 1200, 1203), ("村", 0, 1)), (), operations, 1031))
    assert told[0] == "备份于 2026年12月24日 10:32:05"
    assert "　农户　1,200　(1,203)" in told
    assert "恢复会撤掉的操作：1,031 项" in told
    assert "　2026-12-24 10:32　第0项　李文静" in told
    assert "　……等共 1,031 项" in told
    assert sum("第" in line for line in told) == 30
    assert told[-1] == "　(没有)"
    just = _lines(Inside(backup, (), (), operations[:30], 30))
    assert not any("……" in line for line in just)
    few = _lines(Inside(backup, (), operations[:2], operations[:1], 1))
    assert not any("……" in line for line in few)
    assert few[-1] == "　2026-12-24 10:31　第1项　李文静"


# ---- 取用 ----
ROWS = (
    {"item": "水稻", "place": "低岭村", "quantity": Decimal("3.5"), "unit": "亩", "price": Decimal("400"), "amount": Decimal("1400"), "note": ""},
    {"item": "<b>桑蚕", "place": "", "quantity": None, "unit": "", "price": None, "amount": Decimal("0.50"), "households_small": 12},
)  # fmt: skip


def offers():
    return [Offer("a", "低岭村水稻奖补", "2 行 1,400.50 元", ROWS), Offer("b", "没有明细的", "0 行", ())]


def heads(table):
    return [table.horizontalHeaderItem(place).text() for place in range(table.columnCount())]


def test_only_columns_that_hold_something_are_shown_and_amounts_stand_at_the_right(desk, qtbot):
    dialog = TakeDialog(desk, "d", offers())
    qtbot.addWidget(dialog)
    assert heads(dialog.table) == ["项目", "地点", "数量", "单位", "单价(元)", "金额(元)", "小户"]
    cells = [[dialog.table.item(row, column).text() for column in range(7)] for row in range(2)]
    assert cells == [["水稻", "低岭村", "3.500", "亩", "400.00", "1,400.00", ""], ["<b>桑蚕", "", "", "", "", "0.50", "12"]]
    right = [bool(dialog.table.item(0, column).textAlignment() & Qt.AlignmentFlag.AlignRight) for column in range(6)]
    assert right == [False, False, True, False, True, True]
    assert dialog.told.text() == "2 行，合计 1,400.50 元"
    dialog.list.setCurrentRow(1)
    assert (dialog.table.columnCount(), dialog.told.text()) == (0, "0 行，合计 0.00 元")


def test_what_cannot_be_taken_over_is_told_once_and_the_dialog_stays(desk, qtbot, monkeypatch):
    faults = {"uses.0.amount": "金额多于可安排", "uses.1.amount": "金额多于可安排", "uses.1.place": "地点不明"}
    monkeypatch.setattr(fund_take.fund_papers, "take", lambda *_words: Outcome(faults=faults))
    dialog = TakeDialog(desk, "d", offers())
    qtbot.addWidget(dialog)
    dialog.go.click()
    assert desk.ask.told == ["金额多于可安排；地点不明。"]
    assert dialog.result() == 0
    monkeypatch.setattr(fund_take.fund_papers, "take", lambda *_words: Outcome())
    dialog.go.click()
    assert dialog.result() == 1


# ---- 看板 ----
ROW = Target("households", "missing:account")
BOARD = Board(
    "目标任务板", ("指标", "完成", "进度", "备注"),
    ((Cell("农户"), Cell("12", target=ROW), Cell("60%", "must", share=60), Cell("—")),
     (Cell("人口"), Cell("0"), Cell("100%", "good", share=100), Cell("<b>"))), "board",
)  # fmt: skip


def test_numbers_with_rows_behind_them_lead_there_by_mouse_key_and_button(desk, qtbot):
    for follow in (
        lambda board: board.table.itemDoubleClicked.emit(board.table.item(0, 1)), lambda board: board.behind.click(),
    ):
        dialog, led = BoardDialog(desk, BOARD, Query(HOUSEHOLDS, 2026)), []
        qtbot.addWidget(dialog)
        desk.wanted.connect(led.append)
        dialog.table.setCurrentCell(0, 1)
        assert dialog.behind.isEnabled()
        follow(dialog)
        desk.wanted.disconnect(led.append)
        assert (led, dialog.result()) == ([ROW], 1)


def test_what_has_no_rows_behind_it_leads_nowhere(desk, qtbot):
    dialog, led = BoardDialog(desk, BOARD, Query(HOUSEHOLDS, 2026)), []
    qtbot.addWidget(dialog)
    desk.wanted.connect(led.append)
    for cell in ((0, 0), (1, 1), (1, 3)):
        dialog.table.setCurrentCell(*cell)
        assert not dialog.behind.isEnabled()
        dialog.open(*cell)
    dialog.open()
    desk.wanted.disconnect(led.append)
    assert (led, dialog.result()) == ([], 0)


def test_a_bar_is_as_long_as_its_share_and_of_the_colour_of_its_tone(desk, qtbot):
    dialog = BoardDialog(desk, BOARD, Query(HOUSEHOLDS, 2026))
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table
    assert table.item(0, 1).font().underline()
    assert not table.item(1, 1).font().underline()
    right = [bool(table.item(0, column).textAlignment() & Qt.AlignmentFlag.AlignRight) for column in range(4)]
    assert right == [False, True, True, True]
    seen = table.viewport().grab().toImage()

    def at_share(row, share):
        rect = table.visualItemRect(table.item(row, 2))
        return seen.pixelColor(rect.x() + 8 + round((rect.width() - 60) * share / 100), rect.center().y())

    assert at_share(0, 50) == theme.tone("must")[0]
    assert at_share(0, 75) == theme.colour("plain_soft")
    assert at_share(1, 90) == theme.tone("good")[0]


# ---- rows shown ----
def test_a_button_leads_on_after_the_rows_are_closed_and_broken_lines_are_copied_as_one(app, qtbot):
    led = []
    dialog = TableDialog("明细", ("摘要", "元"), [("第一行\n第二\t行", "1.00")], link=("打开", lambda: led.append(dialog.result())))
    qtbot.addWidget(dialog)
    dialog.copy()
    assert app.clipboard().text() == "摘要\t元\n第一行 第二 行\t1.00"
    dialog.link.click()
    assert led == [1]


def test_in_a_narrow_window_words_make_way_and_numbers_do_not(app, qtbot):
    rows = [("摘要有十来个字长不算短", "1,000,000,000,000,000.00", "¥ 12.50", "备注")]
    dialog = TableDialog("明细", ("摘要", "金额(元)", "单价", "备注"), rows)
    qtbot.addWidget(dialog)
    dialog.show()
    usual = [dialog.table.columnWidth(column) for column in range(3)]
    assert usual[1] > usual[0]
    dialog.table.setFixedWidth(sum(usual) - 20)
    dialog.resize(dialog.width() + 20, 300)
    narrow = [dialog.table.columnWidth(column) for column in range(3)]
    assert narrow[1:] == usual[1:]
    assert narrow[0] < usual[0]
    sides = [bool(dialog.table.item(0, column).textAlignment() & Qt.AlignmentFlag.AlignRight) for column in range(4)]
    assert sides == [False, True, True, False]


def test_no_rows_are_said_to_be_none(app, qtbot):
    from PySide6.QtWidgets import QLabel

    dialog = TableDialog("明细", ("摘要",), [])
    qtbot.addWidget(dialog)
    assert "没有记录。" in [one.text() for one in dialog.findChildren(QLabel)]
    assert dialog.table.rowCount() == 0
