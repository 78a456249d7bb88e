"""A dossier chosen, looked at and written through the window."""

from datetime import date

from pypdf import PdfReader

from fupin_desktop.services.dossiers import Kind
from tests.services.payments import pay_office as office
from tests.ui.payments.test_payments import press


def test_each_kind_can_be_chosen_and_is_written(pay_window, answers, run, tmp_path):
    bench = pay_window.shell.bench
    office.paid(bench, run)

    wait = pay_window.shell.tasks.wait

    def drive(dialog):
        assert (dialog.told.text(), dialog.write.isEnabled()) == ("正在汇集…", False)
        wait()
        assert dialog.title.text() == "低岭村2026年度产业奖补资金安排方案卷宗"
        assert dialog.list.item(0).text().startswith("缺　")
        for kind in Kind:
            dialog.kind.setCurrentIndex(list(Kind).index(kind))
            wait()
            assert dialog.write.isEnabled() or kind is Kind.PROJECT
        dialog.since.choose(date(2026, 3, 5))
        wait()
        assert "2026-03-05至" in dialog.title.text()
        dialog.kind.setCurrentIndex(list(Kind).index(Kind.HOUSEHOLD))
        dialog.search.setText("陈康")
        dialog.fill()
        wait()
        assert dialog.title.text() == "陈康户档案"
        answers.answers = [tmp_path / "陈康.pdf", False]
        press(dialog.write)
        pay_window.shell.tasks.wait()
        assert "列在目录最上面" in answers.asked[-1][1]

    answers.dialogs = [drive]
    pay_window.menus.actions["dossier"].trigger()
    assert "陈康户档案" in PdfReader(tmp_path / "陈康.pdf").pages[0].extract_text()
    assert (tmp_path / "陈康.xlsx").is_file()


def test_the_tab_of_publicity_leads_to_payment_acceptance_and_dossier(pay_window, answers, run):
    tab = pay_window.show_tab("publicity")
    (one,) = [one for one in tab.state.rounds if one.kind == "awards"]
    tab.state.show_round(one)
    assert tab.paying.pay.text() == "编制发放明细…"
    seen = []
    answers.dialogs = [lambda dialog: seen.append((dialog.windowTitle(), one.subject.key))]
    press(tab.paying.pay)
    answers.dialogs = [lambda dialog: seen.append((dialog.windowTitle(), ""))]
    press(tab.paying.accept)
    answers.dialogs = [lambda dialog: seen.append((dialog.windowTitle(), dialog.which.currentData()))]
    press(tab.paying.file)
    assert seen == [("编制发放批次", one.subject.key), ("验收", ""), ("审计卷宗", one.subject.key)]
    office.paid(pay_window.shell.bench, run)
    tab.state.load()
    assert tab.paying.pay.text() == "发放…"
    answers.dialogs = [lambda dialog: seen.append((dialog.windowTitle(), dialog.payable.object_key))]
    press(tab.paying.pay)
    assert seen[-1] == ("发放", one.subject.key)
