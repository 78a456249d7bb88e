"""Small dialogs by themselves: what they ask, say and hand on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.policy.clauses import Clause
from fupin_desktop.services import change_log, data_check, holidays
from fupin_desktop.services.overview import DueItem, Target
from fupin_desktop.services.payments import Payable
from fupin_desktop.services.registers.act import Act, Asked, day, today
from fupin_desktop.services.reports import due
from fupin_desktop.services.workbench import Change
from fupin_desktop.services.years import NewYear
from fupin_desktop.storage import chain
from fupin_desktop.ui.dialogs.about import AboutDialog
from fupin_desktop.ui.dialogs.act import ActDialog
from fupin_desktop.ui.dialogs.clause import ClauseDialog
from fupin_desktop.ui.dialogs.data_check import CodeDialog
from fupin_desktop.ui.dialogs.export_documents import ExportDialog
from fupin_desktop.ui.dialogs.office_form import OfficeFields
from fupin_desktop.ui.dialogs.print_documents import PrintDocumentsDialog
from fupin_desktop.ui.dialogs.publicity.holidays import HolidaysDialog
from fupin_desktop.ui.dialogs.replace import ReplaceDialog
from fupin_desktop.ui.dialogs.report_days import ReportDaysDialog
from fupin_desktop.ui.dialogs.year import CloseYearDialog, NewYearDialog
from fupin_desktop.ui.payments.steps import NewBatchDialog
from tests.ui.cases import cases_of
from tests.ui.scheme_typing import type_text


def texts(dialog):
    return [one.text() for one in dialog.findChildren(QLabel) if one.text()]


def press(dialog, word):
    next(one for one in dialog.findChildren(QPushButton) if one.text() == word).click()


# ---- 放假安排 ----
@pytest.mark.parametrize("case", cases_of("holidays"))
def test_days_off_are_read_in_any_usual_way(desk, case):
    desk.do(lambda: holidays.keep(desk.bench, {}, ()))
    dialog = HolidaysDialog(desk)
    dialog.year.setValue(case["year"])
    dialog.free.setPlainText(case.get("typed_free", ""))
    dialog.worked.setPlainText(case.get("typed_worked", ""))
    dialog.keep()
    assert desk.ask.told == ([case["told"]] if "told" in case else [])
    kept, _years = holidays.edited(desk.bench)
    assert sorted(day.isoformat() for day, works in kept.items() if not works) == case.get("free", [])
    assert sorted(day.isoformat() for day, works in kept.items() if works) == case.get("worked", [])


def test_another_year_is_turned_to_only_when_what_is_typed_can_be_taken(desk):
    dialog = HolidaysDialog(desk)
    shown = dialog.year.value()
    dialog.free.setPlainText("哪天都行")
    dialog.year.setValue(shown + 1)
    assert (dialog.year.value(), dialog.free.toPlainText()) == (shown, "哪天都行")
    assert desk.ask.told == [f"“哪天都行”不是 {shown} 年的日期。"]
    dialog.free.setPlainText("3月2日")
    dialog.year.setValue(shown + 1)
    assert dialog.free.toPlainText() == ""
    dialog.year.setValue(shown)
    assert dialog.free.toPlainText() == f"{shown}-03-02"


# ---- 编制发放批次 ----
@pytest.mark.parametrize("case", cases_of("prepaid_shares"))
def test_a_share_in_advance_says_what_it_means(desk, case):
    payable = Payable(next(iter(PaymentKind)), "run", "scheme", "低岭村水稻奖补", "低岭村", 2026, "", 100_000, 60_000, 3)
    dialog = NewBatchDialog(desk, payable)
    assert "600.00 元" in texts(dialog)
    dialog.share.setEditText(case["typed"])
    assert dialog.left.text() == case["told"]
    if "missing" in case:
        dialog.finish()
        assert dialog.told.text() == case["missing"]
    else:
        assert dialog.missing() == ""


def test_enter_in_a_choice_whose_text_is_marked_goes_on_to_the_dialog(desk):
    payable = Payable(next(iter(PaymentKind)), "run", "scheme", "低岭村水稻奖补", "低岭村", 2026, "", 100_000, 60_000, 3)
    dialog = NewBatchDialog(desk, payable)
    pressed = []
    dialog.save.pressed.connect(lambda: pressed.append(dialog.share.currentText()))
    dialog.show()
    dialog.share.setEditText("0%")
    dialog.share.lineEdit().selectAll()
    QTest.keyClick(dialog.share.lineEdit(), Qt.Key.Key_Return)
    assert pressed == ["0%"]
    assert dialog.told.text() == dialog.missing() != ""
    dialog.close()


# ---- 办理 ----
@pytest.mark.parametrize(("typed", "kept", "told"), [
    ("11.29", [date(2026, 11, 29)], []), ("2026年3月5日", [date(2026, 3, 5)], []),
    ("11.31", [], ["收件日期“11.31”不是日期，没有这一天。"]), ("昨天", [], ["收件日期“昨天”不是日期。"]),
    ("", [], []),
])  # fmt: skip
def test_a_day_that_an_act_asks_for_is_read_as_days_are_read_everywhere(desk, typed, kept, told):
    found = []

    def run(bench, _key, answers):
        found.append(day(bench, answers["on"], "收件日期"))
        return Change("reports.receipt", "登记", frozenset(), (), "已登记。")

    dialog = ActDialog(desk, Act("登记回执…", "登记收到的日期。", run, (Asked("on", "收件日期", today, "date"),)), "")
    assert dialog.fields["on"].text() == f"{desk.today:%Y-%m-%d}"
    type_text(dialog.fields["on"], typed)
    dialog.go_button.click()
    assert found == kept
    assert dialog.told.text() == ("" if typed else "请填写收件日期。")
    assert [one.happened for one in desk.ask.told] == told
    assert dialog.result() == (1 if kept else 0)


# ---- 核对纸上的校验码 ----
def test_a_number_is_copied_as_it_stands_on_paper(desk):
    head = desk.bench.store.glance("SELECT number, hash FROM change_sets ORDER BY number DESC LIMIT 1")[0]
    dialog = CodeDialog(desk)
    dialog.show()
    for typed in (f" {head[0]}", f"{head[0]:,} ", f"{head[0]}"):
        dialog.number.clear()
        QTest.keyClicks(dialog.number, typed)
        dialog.code.setText(chain.short(head[1]))
        dialog.code.textEdited.emit("")
        assert dialog.told.text().startswith("相符"), typed
    dialog.code.setText("AAAA-BBBB-CCCC-DDDD")
    dialog.code.textEdited.emit("")
    assert dialog.told.text().startswith("不符")
    dialog.close()


@pytest.mark.parametrize(("typed", "left"), [
    ("12,345", "12,345"), ("+5", "5"), ("第12号", "12"), ("-3", "3"), ("1e5", "15"), ("99999999999999999", "9999999999999"),
])  # fmt: skip
def test_only_a_number_is_typed_and_what_is_not_in_the_log_is_said(desk, typed, left):
    dialog = CodeDialog(desk)
    dialog.show()
    for letter in typed:
        dialog.number.insert(letter)
    dialog.code.setText("ABCD")
    dialog.code.textEdited.emit("ABCD")
    number = int(left.replace(",", ""))
    assert dialog.number.text() == left
    known = data_check.code_agrees(desk.bench, number, "ABCD") is not None
    assert dialog.told.text().startswith("不符" if known else f"现在的日志里没有第 {number:,} 号")
    dialog.close()


def test_without_both_nothing_is_compared(desk):
    dialog = CodeDialog(desk)
    for number, code in (("", "ABCD"), ("5", ""), ("0", "ABCD"), (" ", " ")):
        dialog.number.setText(number)
        dialog.code.setText(code)
        dialog.number.textEdited.emit(number)
        assert dialog.told.text() == "照抄纸上页脚的两项。"


# ---- 报送期限 ----
def test_only_what_was_changed_is_written(desk):
    dialog = ReportDaysDialog(desk)
    before = desk.bench.revision
    dialog.save.click()
    assert (dialog.result(), desk.bench.revision) == (1, before)
    again = ReportDaysDialog(desk)
    again.survey.setChecked(True)
    again.save.click()
    titles = [line.title for line in change_log.rows(desk.bench, change_log.find(desk.bench, change_log.Wanted())[:1])]
    assert titles == ["标记季度报表已报送"]
    assert due.done(desk.bench) == {f"2026-{due.SURVEY}"}


# ---- 单位资料 ----
def test_the_office_is_named_after_its_town_until_another_name_is_typed(app, qtbot):
    fields = OfficeFields(full=True)
    qtbot.addWidget(fields)
    fields.county.setCurrentText("吴川市")
    fields.town.setCurrentText("塘㙍镇")
    assert fields.name.text() == "塘㙍镇扶贫办"
    assert fields.form().town_code
    fields.town.setEditText("自己写的镇")
    assert (fields.name.text(), fields.form().town_code) == ("自己写的镇扶贫办", "")
    type_text(fields.name, "乡村振兴办")
    fields.town.setCurrentText("塘㙍镇")
    assert fields.name.text() == "乡村振兴办"
    assert not fields.complete()
    fields.clerk.setText(" 李文静 ")
    assert fields.complete()
    assert fields.form().clerk == "李文静"


def test_a_county_that_is_not_listed_leaves_the_town_as_it_was_typed(app, qtbot):
    fields = OfficeFields(full=False)
    qtbot.addWidget(fields)
    fields.town.setEditText("某镇")
    fields.county.setEditText("遂溪县")
    assert fields.town.currentText() == "某镇"
    assert fields.town.count() == 0
    assert (fields.form().county, fields.form().county_code) == ("遂溪县", "")
    fields.county.setCurrentText("清城区")
    assert fields.town.count() > 3


# ---- 批量 ----
@pytest.mark.parametrize(("chosen", "all_listed", "may_choose"), [(0, True, False), (1, True, True), (2, False, True)])
def test_several_chosen_ones_are_meant_and_one_alone_is_what_is_in_front(app, qtbot, chosen, all_listed, may_choose):
    for make in (ExportDialog, PrintDocumentsDialog):
        dialog = make("申报表", chosen, 1200)
        qtbot.addWidget(dialog)
        assert dialog.all_listed is all_listed
        assert dialog.only_chosen.isEnabled() is may_choose
        assert dialog.listed.text() == "列出的全部 1,200 份"


def test_something_has_to_be_written_and_jobs_and_documents_are_chosen_apart(app, qtbot):
    export, printing = ExportDialog("申报表", 2, 9), PrintDocumentsDialog("申报表", 2, 9)
    for dialog in (export, printing):
        qtbot.addWidget(dialog)
    assert export.kinds == ("pdf",)
    export.pdf.setChecked(False)
    assert (export.kinds, export.go.isEnabled()) == ((), False)
    export.xlsx.setChecked(True)
    assert (export.kinds, export.go.isEnabled()) == (("xlsx",), True)
    printing.together.setChecked(True)
    assert not printing.all_listed
    printing.listed.setChecked(True)
    assert (printing.together.isChecked(), printing.all_listed) == (True, True)


@pytest.mark.parametrize(("column", "first", "one", "ways"), [
    ("村民小组", "只在“村民小组”一列", True, 2), ("", "所有可以填写的列", False, 1),
])  # fmt: skip
def test_replacing_says_where_and_needs_something_to_look_for(app, qtbot, column, first, one, ways):
    dialog = ReplaceDialog(column, 12_345)
    qtbot.addWidget(dialog)
    assert (dialog.where.currentText(), dialog.one_column, dialog.where.count()) == (first, one, ways)
    assert "12,345 行" in texts(dialog)[0]
    assert not dialog.go.isEnabled()
    dialog.wanted.setText(" ")
    assert dialog.go.isEnabled()
    dialog.wanted.setText("")
    assert not dialog.go.isEnabled()


# ---- 年度 ----
def test_a_new_year_tells_what_goes_over_and_what_stays(app, qtbot):
    some = NewYearDialog(NewYear(2026, 2027, ("农户参与登记 3 户",), ("奖补方案 2 个",)))
    nothing = NewYearDialog(NewYear(2026, 2027, (), ()))
    for dialog in (some, nothing):
        qtbot.addWidget(dialog)
    assert "· 农户参与登记 3 户" in texts(some)
    assert any("补助年次顺延" in text for text in texts(some))
    assert "· 奖补方案 2 个" in texts(some)
    assert "· 没有要带入的：新年度里都有了。" in texts(nothing)
    assert not any("补助年次顺延" in text for text in texts(nothing))


def test_what_is_open_leads_to_its_place_and_nothing_open_is_said(app, qtbot):
    led, target = [], Target("publicity", "calendar")
    dialog = CloseYearDialog(2026, [DueItem("还有 2 天", "低岭村公示期满", "soon", "查看", target)])
    qtbot.addWidget(dialog)
    dialog.wanted.connect(led.append)
    assert "还有 1 项没有办完，会随关闭记录留存：" in texts(dialog)
    assert dialog.go.property("role") == "danger"
    press(dialog, "查看")
    assert (led, dialog.result()) == ([target], 0)
    done = CloseYearDialog(2026, [])
    qtbot.addWidget(done)
    assert "没有未办完的事。" in texts(done)
    assert done.go.property("role") == "primary"


# ---- 依据, 关于 ----
def test_a_clause_is_shown_below_its_headings_and_copied_whole(app, qtbot):
    clause = Clause("吴川 三(二)4", "实施意见", ("三、措施", "(二)程序"), "商议决定、形成文件、公示、备案。")
    dialog = ClauseDialog(clause)
    qtbot.addWidget(dialog)
    assert texts(dialog)[:3] == ["《实施意见》", "三、措施", "(二)程序"]
    press(dialog, "复制")
    assert QApplication.clipboard().text() == clause.text == dialog.text.toPlainText()


def test_every_licence_can_be_read(app, qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert dialog.names.count() > 3
    seen = set()
    for place in range(dialog.names.count()):
        dialog.names.setCurrentIndex(place)
        assert len(dialog.text.toPlainText()) > 100, dialog.names.currentText()
        seen.add(dialog.text.toPlainText())
    assert len(seen) == dialog.names.count()

