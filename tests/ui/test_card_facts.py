"""The labels of a card serve one record after another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fupin_desktop.services.registers import registry
from fupin_desktop.ui.tabs.registers.card import RecordCard
from fupin_desktop.ui.tabs.registers.card_facts import Fact, FactGrid, say_lines


@pytest.fixture
def page(app, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    return made


def shown(page):
    return [piece.text() for piece in page.findChildren(QLabel) if not piece.isHidden()]


def all_words(page):
    return "".join(piece.text() + piece.toolTip() for piece in page.findChildren(QLabel))


def test_labels_are_used_again_and_forget_the_record_before(page):
    grid, went = FactGrid(), []
    page.setLayout(grid)
    grid.show_facts([Fact("户主", "张三"), Fact("村", "低岭村", lambda: went.append("低岭")), Fact("电话", "13800138000")], 80)
    before = page.findChildren(QLabel)
    grid.show_facts([Fact("户主", "李四"), Fact("村", "三浪村", lambda: went.append("三浪"))], 80)
    assert shown(page) == ["户主", "李四", "村", "三浪村"]
    assert page.findChildren(QLabel) == before
    assert "13800138000" not in all_words(page)
    QTest.mouseClick(grid.itemAtPosition(1, 1).widget(), Qt.MouseButton.LeftButton)
    assert went == ["三浪"]
    grid.show_facts([Fact("户主", "王五"), Fact("备注", "没有"), Fact("电话", "13900139000")], 80)
    assert shown(page) == ["户主", "王五", "备注", "电话", "13900139000", "没有"]
    assert grid.itemAtPosition(2, 1).widget().given == "13900139000"


def test_lines_are_said_on_the_labels_there_are(page):
    column = QVBoxLayout(page)
    say_lines(column, [("改了电话", "第 1 号"), ("改了人口", "第 2 号")])
    before = page.findChildren(QLabel)
    say_lines(column, [("没有修改过。", "")])
    assert (shown(page), page.findChildren(QLabel)) == (["没有修改过。"], before)
    assert "第" not in all_words(page)
    say_lines(column, [("一", ""), ("二", ""), ("三", "第 3 号")])
    assert shown(page) == ["一", "二", "三"]


def test_a_record_of_a_business_is_called_by_its_name_where_no_household_has_it(shell):
    card = RecordCard(shell, registry.of("interest_subsidies"))
    for cells, key in (
        ({"head_name": "李亚保", "entity": ""}, "head_name"), ({"head_name": "", "entity": "合作社"}, "entity"),
        ({"head_name": "", "entity": ""}, "head_name"),
    ):  # fmt: skip
        assert card._name_key(cells) == key
