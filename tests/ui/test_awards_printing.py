"""Printing the papers of an award calculation and its notice."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QShortcut

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import award_notices, awards, history, schemes
from fupin_desktop.storage.entities import Household
from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog
from fupin_desktop.ui.dialogs.publicity.posted import PostedDialog
from fupin_desktop.ui.printing import front
from tests.services import award_office
from tests.ui.award_desk import open_tab, settle
from tests.ui.printing.test_front import Tray, go, to_file


@pytest.fixture
def tray(monkeypatch):
    made = Tray()
    monkeypatch.setattr(front, "_press", lambda *_chosen: made)
    return made


@pytest.fixture
def office(window, bench):
    return open_tab(window, bench)


def prints(bench, noun, key):
    return [line.after for line in history.entries(bench, noun, key) if line.label == "打印"]


def test_every_paper_of_a_calculation_can_be_printed(office, window, bench, answers, tray):
    tab, _, key = office
    papers = tab.award_actions.papers
    for operation in (papers.sheet.print, papers.working.print, papers.scheme.print):
        answers.setups.append(go)
        operation()
        settle(window)
    assert [job[0] for job in tray.jobs] == [
        "低岭村2026年度奖补测算表", "低岭村2026年度逐户计算说明", tab.state.desk.scheme.name,
    ]
    assert len(prints(bench, "schemes", key)) == 3


def test_a_calculation_that_breaks_a_must_is_printed_as_a_draft(window, bench, answers, tray):
    scheme = award_office.scheme()
    tab, _, key = open_tab(window, bench, replace(scheme, decision=replace(scheme.decision, document="")))
    answers.setups.append(go)
    tab.print_paper()
    settle(window)
    assert prints(bench, "schemes", key)[0].startswith("草稿 1 份")


def test_the_preview_of_the_sheet_prints_it(office, window, answers, tray):
    answers.setups.append(go)
    answers.dialogs.append(lambda dialog: (dialog.print.click(), settle(window), dialog.reject()))
    office[0].award_actions.papers.sheet.preview()
    settle(window)
    assert len(tray.jobs) == 1


def test_a_knob_that_is_turned_stays_turned_when_the_sheet_is_printed(office, window, bench, answers, tray):
    tab, _, _ = office
    desk = tab.state.desk
    answers.setups.append(go)
    tab.print_paper()
    settle(window)
    assert tab.state.desk is desk


def test_without_a_calculation_it_is_said(window, answers):
    said = []
    window.shell.said.connect(said.append)
    window.show_tab("awards")
    settle(window)
    window.tab("awards").print_paper()
    settle(window)
    assert said[-1] == "还没有可以打印的测算。"


def test_a_notice_is_printed_as_it_stands_and_as_it_was_posted(office, window, bench, answers, tmp_path):
    _, _, key = office
    run = awards.recalculate(bench, key).keys[0]
    dialog = NoticeDialog(window.shell, "awards", key)
    dialog.days.setValue(5)
    dialog.settle()
    assert dialog.print.text() == "打印草稿…"
    answers.setups.append(to_file(tmp_path / "draft.pdf"))
    dialog.print.click()
    settle(window)
    assert prints(bench, "schemes", key)[0].startswith("草稿 1 份")
    dialog.days.setValue(10)
    dialog.settle()
    assert dialog.print.text() == "打印…"
    posted = award_notices.publish(bench, run, dialog.settings).keys[0]
    dialog.reject()
    shown = PostedDialog(window.shell, award_notices.all(bench, 2026))
    (shortcut,) = shown.findChildren(QShortcut)
    answers.setups.append(to_file(tmp_path / "posted.pdf"))
    shortcut.activated.emit()
    settle(window)
    award_notices.write_pdf(bench, posted, tmp_path / "file.pdf")
    assert (tmp_path / "posted.pdf").read_bytes() == (tmp_path / "file.pdf").read_bytes()
    assert prints(bench, "notices", posted) == ["1 份，全部页，打印机 PDF 文件 posted.pdf"]
    shown.reject()


def test_a_posted_notice_that_would_tell_a_number_is_neither_printed_nor_saved(office, window, bench, answers, tray, tmp_path):
    """The scheme's document has the eight digits that are somebody's account since."""
    scheme = award_office.scheme()
    decision = replace(scheme.decision, document="低岭村委 88-123456 号")
    key = schemes.save(bench, office[2], replace(scheme, decision=decision)).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    posted = award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]
    with bench.write("test", "账号") as unit:
        unit.update_many(Household, [{"key": office[1][0], "bank_account": "88123456"}])
    shown = PostedDialog(window.shell, award_notices.all(bench, 2026))
    shown.print.click()
    settle(window)
    answers.answers.append(tmp_path / "posted.pdf")
    shown.pdf.click()
    settle(window)
    assert tray.jobs == []
    assert not (tmp_path / "posted.pdf").exists()
    assert [told.happened.count("台账里某人的号码") for told in answers.told] == [1, 1]
    with pytest.raises(NotAllowed, match="没有给出文件"):
        award_notices.write_pdf(bench, posted, tmp_path / "posted.pdf")
    shown.reject()
