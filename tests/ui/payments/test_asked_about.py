"""Somebody rings and asks about the money: from the search to the card, the working, the notice and the batch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fupin_desktop.domain.payments import PaymentRowState
from fupin_desktop.services import payments
from fupin_desktop.services.household_card import household_awards
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.payments.opening import open_payments
from tests.services.payments import pay_office as office
from tests.services.register_office import find
from tests.ui.scheme_typing import type_text


def settle(window):
    for _ in range(3):
        window.shell.tasks.wait()
        QApplication.processEvents()


def card_of(window, name):
    key = find(window.shell.bench, name).key
    window.open_target(Target("households", key=key))
    settle(window)
    tab = window.current_tab
    tab.settle()
    return key, tab.card.card_of(tab.state.registers[0])


def texts(part):
    return [one.text() for one in part.findChildren(QLabel)]


def press(part, word):
    next(one for one in part.findChildren(QPushButton) if one.text() == word).click()


def test_the_card_says_what_is_posted_and_paid_and_each_of_its_links_leads_there(pay_window, run, answers):
    bench = pay_window.shell.bench
    key, card = card_of(pay_window, "陈康")
    (part,) = card.parts
    assert "还没有列入发放批次。" in texts(part)
    done = office.paid(bench, run)
    pay_window.reload_all()
    key, card = card_of(pay_window, "陈康")
    (part,) = card.parts
    tail = office.CARDS["陈康"][-4:]
    assert f"480.00 元 {bench.today:%m-%d} 已发到账号尾号 {tail}" in texts(part)
    assert any(text.startswith("已备案") for text in texts(part))
    chosen = []
    answers.dialogs = [lambda dialog: chosen.append((dialog.pane.key, [row.head_name for row in dialog.pane.chosen()]))]
    press(part, "发放")
    assert chosen == [(done.line.key, ["陈康"])]
    (award,) = household_awards(bench, key)
    press(part, "怎样算的")
    settle(pay_window)
    awards = pay_window.current_tab
    assert (awards.state.key, awards.current_key) == (award.scheme, key)
    assert pay_window.focusWidget() is awards.table
    _key, card = card_of(pay_window, "陈康")
    press(card.parts[0], "公示")
    settle(pay_window)
    assert pay_window.current_tab.state.current.subject.key == award.scheme


def test_a_returned_payment_stands_out(pay_window, run):
    bench = pay_window.shell.bench
    done = office.paid(bench, run)
    row = next(one for one in done.rows if one.head_name == "陈康")
    payments.give_back(bench, done.line.key, {row.key: "户名不符"})
    _key, card = card_of(pay_window, "陈康")
    assert any(text.endswith("退回：户名不符，还没有重发") for text in texts(card.parts[0]))


def test_the_wheel_over_the_lower_bar_of_a_small_table_turns_the_card(pay_window):
    _key, card = card_of(pay_window, "陈康")
    bar = next(iter(card.tables.values())).table.horizontalScrollBar()
    bar.setRange(0, 500)
    for turned, moves in ((QPoint(0, -120), False), (QPoint(-120, 0), True)):
        before = bar.value()
        place = QPointF(3, 3)
        wheel = QWheelEvent(
            place, bar.mapToGlobal(place), QPoint(), turned, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(bar, wheel)
        assert (bar.value() != before) is moves
        assert wheel.isAccepted() is moves


def test_the_household_a_return_was_registered_of_stays_chosen_and_ctrl_f_finds_the_next(pay_window, run, answers):
    done = office.paid(pay_window.shell.bench, run)

    def drive(dialog):
        pane = dialog.pane
        type_text(pane.finder.field, "ck")
        assert [row.head_name for row in pane.chosen()] == ["陈康"]
        answers.dialogs = [save]
        press(pane, "登记退回…")
        assert [(row.head_name, row.state) for row in pane.chosen()] == [("陈康", PaymentRowState.RETURNED)]
        type_text(pane.finder.field, "不在")
        assert pane.finder.told.text() == "没有找到"

    def save(dialog):
        dialog.reason.setCurrentText("账号有误")
        dialog.save.click()

    answers.dialogs = [drive]
    open_payments(pay_window.shell, batch_key=done.line.key)
    assert not answers.dialogs
