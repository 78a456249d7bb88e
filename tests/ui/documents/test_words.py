"""What stands in the list and beside a paper, in words: states, versions, ways, findings; each from its values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from fupin_desktop.domain.vocabulary import ApplicationState, Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents.model import DocumentLine, FlowStep, Progress
from fupin_desktop.ui.tabs.documents import words
from fupin_desktop.ui.tabs.documents.checks import MOST, ChecksPane
from fupin_desktop.ui.tabs.documents.flow import FlowPane
from tests.services.documents.office import VILLAGE

AT = datetime(2026, 12, 31, 23, 59)  # noqa: DTZ001
LINE = DocumentLine("k", VILLAGE, "“一村一品”村申报表", "低岭村", 2026, 1, ApplicationState.DRAFT, "", AT, "李文静", None)
S = ApplicationState


# ---- the list ----
@pytest.mark.parametrize(("changes", "badge"), [
    ({}, ("草稿", "plain")),
    ({"state": S.SUBMITTED, "waiting_for": "镇(街)扶贫办意见"}, ("待镇扶贫办", "info")),
    ({"state": S.SUBMITTED}, (S.SUBMITTED.label, "info")),
    ({"state": S.RETURNED}, (S.RETURNED.label, "must")),
    ({"state": S.WITHDRAWN}, (S.WITHDRAWN.label, "principle")),
    ({"state": S.APPROVED}, (S.APPROVED.label, "good")),
    ({"state": S.APPROVED, "progress": Progress("部分拨付", False)}, ("部分拨付", "info")),
    ({"state": S.APPROVED, "progress": Progress("已拨付", True)}, ("已拨付", "good")),
    ({"state": S.CANCELLED}, (S.CANCELLED.label, "plain")),
    ({"state": S.REPLACED}, (S.REPLACED.label, "plain")),
], ids=str)
def test_the_badge_of_a_document(changes, badge):
    assert words.badge(replace(LINE, **changes)) == badge


@pytest.mark.parametrize(("version", "note"), [(1, ""), (2, "第 2 版"), (12, "第 12 版")])
def test_a_first_version_needs_no_word(version, note):
    assert words.version_note(replace(LINE, version=version)) == note


@pytest.mark.parametrize(("changes", "lines"), [
    ({}, ["低岭村 “一村一品”村申报表", "草稿", "李文静 2026-12-31 23:59"]),
    ({"number": "2026-007"}, ["低岭村 “一村一品”村申报表", "编号：2026-007", "草稿", "李文静 2026-12-31 23:59"]),
    ({"blocking": 0}, ["低岭村 “一村一品”村申报表", "草稿", "李文静 2026-12-31 23:59"]),
    ({"blocking": 3}, ["低岭村 “一村一品”村申报表", "草稿", "还有 3 项必须改正", "李文静 2026-12-31 23:59"]),
    ({"state": S.SUBMITTED, "waiting_for": "村委会意见"},
     ["低岭村 “一村一品”村申报表", S.SUBMITTED.label, "等待：村委会意见", "李文静 2026-12-31 23:59"]),
    ({"state": S.APPROVED, "progress": Progress("部分拨付", False)},
     ["低岭村 “一村一品”村申报表", S.APPROVED.label, "李文静 2026-12-31 23:59", "部分拨付"]),
], ids=str)
def test_all_that_the_list_knows_stands_in_the_tip(changes, lines):
    assert words.tip(replace(LINE, **changes)).splitlines() == lines


@pytest.mark.parametrize(("title", "short"), [
    ("吴川市“一村一品”产业扶贫村申报表", "“一村一品”村申报表"), ("“一镇一业”镇申报表", "“一镇一业”镇申报表"),
    ("清远市产业扶贫专项资金呈批表", "清远市呈批表"), ("登记表", "登记表"), ("", ""),
])
def test_a_form_in_few_words(title, short):
    assert words.short_title(title) == short


@pytest.mark.parametrize(("text", "told"), [
    ("", "(空)"), ("  \n ", "(空)"), ("一行\n两行", "一行 两行"), ("字" * 24, "字" * 24), ("字" * 25, "字" * 23 + "…"),
])
def test_a_value_takes_one_line_of_the_history(text, told):
    assert words.short(text) == told


# ---- the way ----
def step(box, state, **more):
    return FlowStep(box, f"{box or '填写'}意见", state, **more)


def way(stage, flow=(), past=(), key="k", form=VILLAGE):
    line = SimpleNamespace(form_id=form)
    return SimpleNamespace(key=key, stage=stage, flow=tuple(flow), past=tuple(past), line=line, editable=stage == "open")


def texts(pane):
    return [one.text() for one in pane.findChildren(QLabel) if one.text() and not one.isHidden()]


@pytest.fixture
def flow(app, qtbot):
    made = FlowPane()
    qtbot.addWidget(made)
    qtbot.addWidget(made.bar)
    made.show()
    return made


ONE, TWO = step("a", "current"), step("b", "to come")


@pytest.mark.parametrize(("stage", "steps", "buttons"), [
    ("open", (), ["submit"]), ("sent", (ONE,), ["opinion", "send_back", "withdraw"]),
    ("sent", (ONE, TWO), ["opinion", "enter_signed", "send_back", "withdraw"]),
    ("sent", (step("a", "done"), step("b", "current")), ["opinion", "send_back", "withdraw"]), ("final", (), ["correct"]),
    ("over", (), []),
])
def test_only_what_can_be_done_now_has_a_button(flow, stage, steps, buttons):
    flow.show_document(way(stage, steps))
    offered = [key for key in flow.buttons if key != "cancel"]
    assert offered == buttons
    assert flow.bar.isHidden() == (not flow.buttons)


def test_a_button_asks_for_what_it_says(flow, qtbot):
    asked, opinions = [], []
    flow.asked.connect(asked.append)
    flow.opinion_asked.connect(opinions.append)
    flow.show_document(way("sent", (step("a", "done"), step("b", "current"), step("c", "to come"))))
    for button in list(flow.buttons.values()):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opinions == ["b"]
    assert asked == ["enter_signed", "send_back", "withdraw"]


def test_why_it_came_back_is_seen_while_it_is_mended_and_the_rest_on_demand(flow, qtbot):
    past = (step("a", "done", who="张三", when=date(2026, 2, 28)), step("b", "refused", text="面积不符"))
    flow.show_document(way("open", past=past))
    assert "以前的办理 (2 步)" in [one.text() for one in flow.findChildren(QPushButton)]
    assert "面积不符" in texts(flow)
    assert "张三 02-28" not in texts(flow)
    flow._toggle_past()
    assert "张三 02-28" in texts(flow)
    flow.show_document(way("open", past=past, key="other"))
    assert "张三 02-28" not in texts(flow)
    flow.show_document(way("sent", (ONE,), past=past, key="third"))
    assert "面积不符" not in texts(flow)


def test_a_document_shown_again_as_it_was_keeps_its_buttons(flow):
    flow.show_document(way("sent", (ONE, TWO)))
    before = flow.buttons["opinion"]
    flow.show_document(way("sent", (ONE, TWO)))
    assert flow.buttons["opinion"] is before
    flow.show_document(way("sent", (ONE,)))
    assert flow.buttons["opinion"] is not before


# ---- the findings ----
def finding(place, severity=Severity.WARNING, **more):
    return Problem(f"x.{place}", severity, f"第 {place} 处要看一看。", **more)


def document(problems, key="k", editable=True):
    form = SimpleNamespace(field_at=lambda path: path if path in ("leader", "total") else None)
    return SimpleNamespace(
        key=key, stage="open", problems=tuple(problems), editable=editable, form=form, locked=frozenset({"total"})
    )


@pytest.fixture
def checks(app, qtbot):
    made = ChecksPane()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("many", "shown", "more"), [
    (0, 0, None), (1, 1, None), (MOST, MOST, None), (MOST + 1, MOST + 1, None), (MOST + 2, MOST, "还有 2 项…"), (40, MOST, "还有 35 项…"),
])
def test_a_long_list_is_folded_only_where_it_hides_more_than_one(checks, many, shown, more):
    checks.show_document(document(map(finding, range(many))))
    assert len(checks.rows) == shown
    assert (None if checks.more.isHidden() else checks.more.text()) == more
    assert ("没有发现问题" in texts(checks)) == (not many)
    if more:
        checks.more.click()
        assert (len(checks.rows), checks.more.text()) == (many, "收起")
        checks.show_document(document(map(finding, range(many - 1))))
        assert len(checks.rows) == many - 1  # still unfolded while it is worked off
        checks.show_document(document(map(finding, range(many)), key="other"))
        assert len(checks.rows) == shown


def test_musts_come_first_and_keep_their_order(checks):
    order = (Severity.WARNING, Severity.MUST, Severity.PRINCIPLE, Severity.MUST)
    checks.show_document(document(finding(place, severity) for place, severity in enumerate(order)))
    assert [row.problem.code for row in checks.rows] == ["x.1", "x.3", "x.2", "x.0"]


@pytest.mark.parametrize(("field", "editable", "asked"), [
    ("leader", True, [("field", "leader")]), ("total", True, [("source", "total")]), ("nowhere", True, []), ("leader", False, []),
])
def test_a_finding_leads_to_what_mends_it(checks, field, editable, asked):
    found = []
    checks.field_asked.connect(lambda path: found.append(("field", path)))
    checks.source_asked.connect(lambda path: found.append(("source", path)))
    checks.show_document(document([finding(1, field=field)], editable=editable))
    links = [one for one in checks.rows[0].findChildren(QPushButton) if one.text() in ("去填写", "看来源")]
    for one in links:
        one.click()
    assert found == asked
    found.clear()
    QTest.mouseClick(checks.rows[0], Qt.MouseButton.LeftButton)
    assert bool(found) == bool(asked)
    QTest.mouseClick(checks.rows[0], Qt.MouseButton.RightButton)
    assert len(found) == bool(asked)


@pytest.mark.parametrize(("severity", "reason", "word"), [
    (Severity.PRINCIPLE, "", "说明"), (Severity.PRINCIPLE, "天旱", "改说明"), (Severity.MUST, "", None), (Severity.WARNING, "", None),
])
def test_only_a_departure_from_a_rule_in_principle_asks_for_its_reason(checks, severity, reason, word):
    asked = []
    checks.reason_asked.connect(asked.append)
    problem = finding(1, severity, reason=reason)
    checks.show_document(document([problem]))
    links = [one for one in checks.rows[0].findChildren(QPushButton) if "说明" in one.text()]
    assert [one.text() for one in links] == ([word] if word else [])
    for one in links:
        one.click()
    assert asked == [problem] * len(links)
