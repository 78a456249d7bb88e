from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fupin_desktop.services import first_look, home, villages
from fupin_desktop.services.overview import DueItem, Figure, FundBar, Overview, Target
from fupin_desktop.ui.tabs import home as tab_module
from fupin_desktop.ui.widgets.figure import Figure as FigureWidget
from fupin_desktop.ui.widgets.meter import BarMeter

TODAY = date(2026, 12, 24)
OVERVIEW = Overview(
    TODAY,
    (Figure("households", "612", "登记农户", Target("households")),),
    (FundBar("“6·30”捐款", Decimal("200000"), Decimal("102000"), Target("funds", "ledger")),
     FundBar("帮扶单位拨付", Decimal("100"), Decimal("100.01"), Target("funds", "ledger"))),
    (DueItem("缺资料", "3 户没有银行账号", "calm", "查看", Target("households", "missing:account")),
     DueItem("还有 12 天", "第四季度两张发展情况表", "soon", "依据", Target("home", "clause:清远 三(三)"), date(2027, 1, 5)),
     DueItem("待备案", "上郭村公示已期满", "soon", "备案", Target("awards", "notice", "k"), date(2026, 12, 1))),
)


def texts(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def link(widget, text):
    return next(button for button in widget.findChildren(QPushButton) if button.text() == text)


def test_first_page_shows_due_work_figures_and_money(window):
    page = window.current_tab
    page.show_overview(OVERVIEW)
    shown = texts(page)
    assert "2026-12-24 星期四" in shown
    assert {"612", "登记农户", "余 98,000.00", "余 -0.01", "到账 ¥200,100.00"} <= set(shown)
    assert shown.index("还有 12 天") < shown.index("缺资料")
    assert [meter.overdrawn for meter in page.findChildren(BarMeter)] == [False, True]
    assert window.status.due.text() == "第四季度两张发展情况表（还有 12 天）"


def test_what_is_told_as_before_stays_on_the_page(window):
    page = window.current_tab
    page.show_overview(OVERVIEW)
    before = page.findChild(FigureWidget), page.findChild(BarMeter)
    page.show_overview(OVERVIEW._replace(due=OVERVIEW.due[:2]))
    assert "待备案" not in texts(page)
    assert (page.findChild(FigureWidget), page.findChild(BarMeter)) == before
    assert {"还有 12 天", "缺资料"} <= set(texts(page))
    page.show_overview(OVERVIEW._replace(funds=()))
    assert "待备案" in texts(page)
    assert "还没有登记资金来源。" in texts(page)


def test_of_many_households_the_page_is_read_beside(window, bench, monkeypatch):
    page, read = window.current_tab, []
    monkeypatch.setattr(tab_module, "MANY", 600)
    monkeypatch.setattr(window.shell.tasks, "aside", lambda work, done, failed=None: read.append((work, done)))
    page.show_overview(OVERVIEW)
    villages.add(bench, villages.VillageForm("低岭村"))
    page.reload()
    assert "612" in texts(page)
    page.reload()
    for work, done in reversed(read):  # one that ends after a later one is not shown
        done(work())
    assert len(read) == 2
    assert {"0", "登记农户"} <= set(texts(page))
    page.reload()
    assert len(read) == 2


def test_every_number_and_due_item_leads_somewhere(window, qtbot):
    page = window.current_tab
    page.show_overview(OVERVIEW)
    with qtbot.waitSignal(window.shell.wanted) as wanted:
        link(page, "查看").click()
    assert wanted.args == [Target("households", "missing:account")]
    with qtbot.waitSignal(window.shell.wanted) as wanted:
        page.findChild(FigureWidget).clicked.emit()
    assert wanted.args == [Target("households")]
    with qtbot.waitSignal(window.shell.wanted) as wanted:
        link(page, "“6·30”捐款").click()
    assert wanted.args == [Target("funds", "ledger")]


def test_the_clause_behind_a_due_item_can_be_read(window, answers):
    read = []
    answers.dialogs.append(lambda dialog: (read.append(dialog.text.toPlainText()), dialog.accept()))
    window.current_tab.show_overview(OVERVIEW)
    link(window.current_tab, "依据").click()
    assert "季度" in read[0]


def test_an_empty_office_says_so_in_words(window):
    shown = texts(window.current_tab)
    assert "还没有登记资金来源。" in shown
    window.current_tab.show_overview(Overview(TODAY, (), (), ()))
    assert "眼下没有到期的事" in texts(window.current_tab)
    assert window.status.due.text() == ""


def test_an_operation_can_be_taken_back_from_the_list(window, bench, answers):
    window.shell.do(lambda: villages.add(bench, villages.VillageForm("低岭村")))
    assert "新增村“低岭村”" in texts(window.current_tab)
    answers.answers.append(False)
    link(window.current_tab, "撤销").click()
    window.shell.tasks.wait()
    assert villages.by_name(bench, "低岭村") is not None
    answers.answers.append(True)
    link(window.current_tab, "撤销").click()
    window.shell.tasks.wait()
    assert villages.by_name(bench, "低岭村") is None
    assert "已撤销" in texts(window.current_tab)


def test_the_page_is_kept_and_shown_again_only_while_it_holds(bench, monkeypatch):
    look = first_look.FirstLook(OVERVIEW, ())
    first_look.keep(bench, look, first_look.state_of(bench))
    assert first_look.find(bench) == look
    villages.add(bench, villages.VillageForm("低岭村"))
    assert first_look.find(bench) is None
    first_look.keep(bench, look, first_look.state_of(bench))
    bench.set_settings({"calendar.days": {"2026-12-25": False}})
    assert first_look.find(bench) is None
    first_look.keep(bench, look, first_look.state_of(bench))
    bench.year = 2025
    assert first_look.find(bench) is None


def test_a_page_that_another_program_holds_is_read_at_the_next_start(bench, monkeypatch):
    """On Windows a virus scanner, or a reader in another thread, may hold what was written just now."""

    def held(*_words, **_more):
        raise PermissionError(13, "held")

    with monkeypatch.context() as scanner:
        for name in ("replace", "unlink"):
            scanner.setattr(Path, name, held)
        first_look.keep(bench, first_look.FirstLook(OVERVIEW, ()), first_look.state_of(bench))
    assert first_look.find(bench) is None


def test_a_damaged_kept_page_is_read_anew(bench):
    look = first_look.FirstLook(OVERVIEW, ())
    first_look.keep(bench, look, first_look.state_of(bench))
    path = bench.data_folder / first_look.FILE
    path.write_text(path.read_text(encoding="utf-8").replace("200000", "abc"), encoding="utf-8")
    assert first_look.find(bench) is None
    path.write_bytes(b"\xff\x00")
    assert first_look.find(bench) is None


def test_what_is_kept_is_what_is_read(window, bench):
    kept = first_look.find(bench)
    assert kept is not None
    assert kept.overview == home.overview(bench, bench.today)
    assert [operation.title for operation in kept.operations] == ["登记单位资料"]


def test_a_long_file_name_takes_no_room_from_what_is_beside_it(qtbot, window):
    from fupin_desktop.services.overview import RecentOperation

    title = "恢复备份“" + "fupin_2026-11-29_184453_daily_511" * 3 + ".zip”"
    done = RecentOperation("k", datetime(2026, 12, 24, 8, 2), "李", title, undone=False, can_undo=True)  # noqa: DTZ001
    card = window.current_tab.safety_card
    row = card._row(done, 60)
    qtbot.addWidget(row)
    assert row.minimumSizeHint().width() < 300 < QFontMetrics(row.font()).horizontalAdvance(title)


def test_moments_are_told_as_people_do():
    from fupin_desktop.ui.tabs.home_safety import moment

    assert moment(datetime(2026, 12, 24, 8, 2), TODAY) == "今天 08:02"  # noqa: DTZ001
    assert moment(datetime(2026, 12, 3, 8, 2), TODAY) == "12月3日 08:02"  # noqa: DTZ001
    assert moment(datetime(2025, 12, 3, 8, 2), TODAY) == "2025年12月3日 08:02"  # noqa: DTZ001
    assert tab_module.WEEKDAYS[TODAY.weekday()] == "四"


def test_the_due_list_has_room_for_its_rows_from_the_first(window):
    page = window.current_tab
    page.show_overview(OVERVIEW)
    room = page._due.maximumHeight()
    assert room >= 3 * page._due.fontMetrics().height()


def test_the_year_is_shown_on_one_sheet_from_the_page_and_from_the_menu(window, answers):
    from fupin_desktop.ui.paper.preview import PreviewDialog

    tab, seen = window.show_tab("home"), []

    def look(dialog):
        assert isinstance(dialog, PreviewDialog)
        seen.append(dialog.windowTitle())
        dialog.reject()

    answers.dialogs = [look, look]
    tab.show_year_overview()
    window.shell.tasks.wait()
    window.menus.actions["year_overview"].trigger()
    window.shell.tasks.wait()
    assert len(seen) == 2
