"""A village of 40 households from the imported register to its payment list: how many clicks that takes."""

from datetime import datetime, timedelta

from openpyxl import Workbook
from PySide6.QtWidgets import QApplication

from fupin_desktop.domain.payments import BatchState
from fupin_desktop.services import payments, schemes
from tests.services import award_office
from tests.ui.import_driving import go_on, take

AT_MOST = 25
"""Mouse clicks besides typing and keys (Ctrl+I, F9); a double click on a file is one."""
HEADINGS = (
    "行政村", "户主姓名", "户主证件号码", "户类别", "家庭人口数", "参与情况", "开户银行", "银行卡号", "产品", "计量单位", "申报数量",
    "验收数量", "种养面积", "核定成本", "成本依据",
)  # fmt: skip
SURNAMES, NAMES = "吴李陈林梁", "一二三四五六七八"


class Days:
    """A clock that the test turns."""

    def __init__(self):
        self.now = datetime(2026, 12, 1, 9, 0)  # noqa: DTZ001

    def __call__(self):
        return self.now


class Hand:
    """Clicks, and counts; a menu takes two, a file one, a question one."""

    def __init__(self, window):
        self.window, self.clicks = window, 0

    def press(self, button):
        assert button.isEnabled(), button.text()
        self.clicks += 1
        button.click()
        self.settle()

    def key(self, key):
        """A command by its shortcut."""
        assert not self.window.menus.actions[key].shortcut().isEmpty()
        self.window.menus.actions[key].trigger()
        self.settle()

    def tab(self, key):
        self.clicks += 1
        made = self.window.show_tab(key)
        self.settle()
        return made

    def file(self):
        self.clicks += 1

    def settle(self):
        self.window.shell.tasks.wait()
        QApplication.processEvents()
        self.window.shell.tasks.wait()


def register_file(path):
    """40 households with their items and accounts, as the village hands them in."""
    book = Workbook()
    book.active.append(HEADINGS)
    for place in range(40):
        name = SURNAMES[place // 8] + NAMES[place % 8]
        quantity = f"{12 if place < 4 else 3}.{place:03d}"
        book.active.append([
            award_office.VILLAGE, name, award_office.identity_number(place), "脱贫户", "3", "参与", "吴川农商银行",
            f"800200000{place:08d}", "水稻", "亩", quantity, quantity, quantity, "9000", "收据",
        ])  # fmt: skip
    book.save(path)
    return path


def test_from_the_register_to_the_payment_list(window, bench, answers, tmp_path):
    bench.clock = Days()
    hand = Hand(window)
    scheme = tmp_path / "方案.toml"
    schemes.write_file(award_office.scheme(sources=()), scheme)

    def bring(wizard):
        hand.file()
        take(wizard, register_file(tmp_path / "登记表.xlsx"))
        go_on(wizard, 4)
        hand.clicks += 4
        assert wizard.result()

    answers.dialogs = [bring]
    hand.key("import_register")
    hand.tab("awards")
    awards_tab = window.tab("awards")
    hand.file()
    answers.answers = [scheme]
    answers.dialogs = [lambda dialog: dialog.save()]
    hand.clicks += 3  # the menu of the scheme and its entry, and 保存 of the dialog
    awards_tab.award_actions.import_toml()
    hand.settle()
    hand.key("recalculate")
    answers.dialogs = [lambda dialog: hand.press(dialog.post)]
    hand.press(awards_tab.pool.notice)  # leads to the round in 公示备案
    tab = window.tab("publicity")
    assert window.current_tab is tab
    bench.clock.now += timedelta(days=10)
    tab.load()
    answers.dialogs = [lambda dialog: hand.press(dialog.post)]
    hand.press(tab.side.buttons["result"])
    answers.dialogs = [lambda dialog: hand.press(dialog.save)]
    hand.press(tab.side.buttons["file"])
    answers.dialogs = [lambda dialog: hand.press(dialog.save)]
    hand.press(tab.side.buttons["receive"])

    def pay(dialog):
        answers.answers = [tmp_path / "明细表.pdf", False]
        hand.clicks += 4  # the menu of the paper and PDF…, 保存, 不用打开
        dialog.pane.list_papers.save_pdf()
        hand.settle()

    answers.dialogs = [lambda made: hand.press(made.save), pay]
    hand.press(tab.paying.pay)
    (line,) = payments.batches(bench, 2026)
    assert (line.state, line.households) == (BatchState.DRAFT, 40)
    assert (tmp_path / "明细表.pdf").read_bytes().startswith(b"%PDF")
    assert hand.clicks <= AT_MOST, hand.clicks
