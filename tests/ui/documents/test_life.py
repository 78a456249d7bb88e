"""From draft to approval and correction."""

from fupin_desktop.errors import Situation
from tests.ui.documents.desk import agree, badges, findings, settle, sign_all, value


def test_what_blocks_is_told_instead_of_submitting(tab, answers):
    tab.state.write("industry", "")
    tab.side.flow.buttons["submit"].click()
    assert "industry" in [problem.field for problem in answers.told[-1]]
    assert tab.document.stage == "open"


def test_box_by_box_to_approval_and_the_paper_is_frozen(tab, answers, window):
    sign_all(tab, answers)
    assert tab.document.stage == "final"
    assert badges(tab) == {"低岭村": "已批准"}
    assert set(tab.side.flow.buttons) == {"correct"}
    tab.paper.view.write("leader", "改不了")
    assert value(tab, "leader") == "陈观保"
    assert findings(tab) == [problem.code.removeprefix("application.") for problem in tab.document.problems]


def test_a_disagreement_needs_its_reason_and_brings_it_back(tab, answers):
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()

    def refuse(dialog):
        assert not dialog.save.isEnabled()
        dialog.refuse.setChecked(True)
        dialog.name.setText("张三")
        assert not dialog.save.isEnabled()
        dialog.text.setPlainText("面积请核实。")
        dialog.save.click()

    answers.dialogs.append(refuse)
    tab.side.flow.buttons["opinion"].click()
    assert badges(tab) == {"低岭村": "退回"}
    assert tab.document.editable
    assert tab.document.past[-1].text == "面积请核实。"


def test_an_opinion_that_is_refused_keeps_the_dialog(tab, answers):
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()

    def drive(dialog):
        dialog.day.put(dialog.day.day.replace(year=dialog.day.day.year - 1))
        agree(dialog)
        assert dialog.result() == 0
        assert isinstance(answers.told[-1], Situation)

    answers.dialogs.append(drive)
    tab.side.flow.buttons["opinion"].click()
    assert tab.document.stage == "sent"


def test_it_is_returned_and_withdrawn(tab, answers):
    def back(dialog):
        assert not dialog.save.isEnabled()
        dialog.text.setPlainText("请补充合同。")
        dialog.save.click()

    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()
    answers.dialogs.append(back)
    tab.side.flow.buttons["send_back"].click()
    assert badges(tab) == {"低岭村": "退回"}
    answers.answers += [True, "填错了"]
    tab.side.flow.buttons["submit"].click()
    tab.side.flow.buttons["withdraw"].click()
    assert badges(tab) == {"低岭村": "已撤回"}
    assert tab.document.editable


def test_a_box_on_the_paper_opens_its_opinion_only_when_it_is_its_turn(tab, answers, window):
    said = []
    window.shell.said.connect(said.append)
    tab.paper.view.opinion_wanted.emit("opinion_village")
    assert "提交以后" in said[-1]
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()
    tab.paper.view.opinion_wanted.emit("opinion_county_office")
    assert "还没有轮到" in said[-1]
    answers.dialogs.append(agree)
    tab.paper.view.opinion_wanted.emit("opinion_village")
    assert value(tab, "opinion_village")["name"] == "张三"


def test_a_correction_stands_beside_the_old_one_with_what_changed(tab, answers, window):
    sign_all(tab, answers)
    old = tab.key
    answers.answers.append(True)
    tab.side.flow.buttons["correct"].click()
    settle(window)
    assert tab.key != old
    assert tab.document.editable
    tab.state.write("leader", "新书记")
    assert "leader" in tab.paper.view._state.changed
    assert tab.paper.notice.isVisible()
    assert "不同" in tab.paper.notice_text.text()
    tab.side.version_asked.emit(old)
    assert tab.key == old
    assert value(tab, "leader") == "陈观保"
