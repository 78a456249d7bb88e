"""Lists that show: findings with what mends them, and rows under headings."""

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.headed_list import HeadedDelegate, HeadedModel, RowLook, RowWords
from fupin_desktop.ui.widgets.problem_list import ProblemList, ProblemRow
from fupin_desktop.ui.widgets.tips import as_tip

ROLE = Qt.ItemDataRole


# ---- findings ----
MUST = Problem("award.above_cost", Severity.MUST, "奖补不得超过成本。", "吴川 三(二)4", subjects=("a", "b"))
PRINCIPLE = Problem("award.large_small", Severity.PRINCIPLE, "大户原则上应多于小农户。", "吴川 三(二)4")
WARNING = Problem("bank.luhn", Severity.WARNING, "卡号校验位不符。")


@pytest.fixture
def findings(app, qtbot):
    made = ProblemList()
    qtbot.addWidget(made)
    return made


def said(pane):
    """The texts shown, in order."""
    rows = [pane.column.itemAt(place).widget() for place in range(pane.column.count())]
    return [[one.text() for one in row.findChildren(QLabel)] for row in rows if row is not None]


def test_without_findings_the_present_good_word_stands_there(findings):
    findings.set_problems([], "12 项检查全部通过")
    findings.set_problems([], "还没有测算")
    assert said(findings) == [["还没有测算"]]
    findings.set_problems([MUST], "还没有测算")
    findings.set_problems([], "还没有测算")
    assert said(findings) == [["还没有测算"]]


def test_an_explained_principle_comes_after_one_that_waits_and_shows_its_reason(findings):
    explained = Problem("x", Severity.PRINCIPLE, "已说明的。", reason="只有一户大户")
    findings.set_problems([WARNING, explained, PRINCIPLE, MUST])
    assert [row[0] for row in said(findings)] == [
        "奖补不得超过成本。", "大户原则上应多于小农户。", "已说明的。", "卡号校验位不符。",
    ]
    assert "说明：只有一户大户" in said(findings)[2]
    tones = [row.property("tone") for row in findings.findChildren(ProblemRow)]
    assert tones == ["must", "principle", "good", "warning"]


def test_what_mends_a_finding_is_offered_with_those_of_its_code_alone(findings):
    done = []
    findings.offer("bank.luhn", "改卡号", done.append)
    findings.set_problems([MUST, WARNING])
    (mend,) = [one for one in findings.findChildren(QPushButton) if one.text() == "改卡号"]
    mend.click()
    assert done == [WARNING]


def test_the_same_findings_are_left_as_they_stand(findings):
    findings.set_problems([MUST])
    before = findings.findChildren(ProblemRow)
    findings.set_problems([MUST])
    assert findings.findChildren(ProblemRow) == before


def test_a_clause_is_told_in_the_words_of_the_office(app, qtbot):
    pane = ProblemList(links=False, words=lambda clause: f"《{clause}》")
    qtbot.addWidget(pane)
    pane.set_problems([MUST])
    assert said(pane) == [["奖补不得超过成本。", "《吴川 三(二)4》"]]


# ---- lists under headings ----
class Thing(NamedTuple):
    """A row of a list."""

    key: str
    group: str


@pytest.fixture
def model(app):
    words = RowWords(lambda row: f"名{row.key}", lambda row: f"<b>{row.key}", lambda row: f"读{row.key}")
    return HeadedModel(words)


def show(model, *things, heading=lambda row: f"组{row.group}"):
    return model.show_rows(things, lambda row: row.group, heading)


def lines(model):
    return [model.index(row).data() for row in range(model.rowCount())]


def test_a_heading_counts_its_rows_and_stands_above_each_run(model):
    assert show(model, Thing("1", "a"), Thing("2", "a"), Thing("3", "b"))
    assert lines(model) == ["组a (2)", "名1", "名2", "组b (1)", "名3"]
    assert [bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsSelectable) for row in range(5)] == [
        False, True, True, False, True,
    ]
    assert model.index_of("3").row() == 4
    assert not model.index_of("9").isValid()
    assert model.row_at(model.index(0)) is None
    assert model.row_at(model.index(2)) == Thing("2", "a")
    assert model.row_at(model.index_of("9")) is None


def test_the_same_lines_are_no_change_and_another_heading_is(model):
    things = (Thing("1", "a"), Thing("2", "a"))
    assert show(model, *things)
    assert not show(model, *things)
    assert show(model, *things, heading=lambda _row: "改过的表名")
    assert lines(model)[0] == "改过的表名 (2)"
    assert show(model)
    assert lines(model) == []


def test_tips_and_spoken_words_of_rows_are_never_read_as_html(model):
    show(model, Thing("1", "a"))
    row = model.index(1)
    assert row.data(ROLE.UserRole) == Thing("1", "a")
    assert row.data(ROLE.AccessibleTextRole) == "读1"
    assert row.data(ROLE.ToolTipRole) == as_tip("<b>1") != "<b>1"
    assert row.data(ROLE.DecorationRole) is None
    heading = model.index(0)
    assert (heading.data(ROLE.ToolTipRole), heading.data(ROLE.UserRole)) == ("组a (1)", None)


def test_rows_and_headings_are_painted_each_in_its_way(model, qtbot):
    def paint(painter, rect, row):
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, row.key)

    show(model, Thing("1", "a"), Thing("2", "a"))
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(HeadedDelegate(view, RowLook(lambda: 40, paint)))
    view.resize(200, 200)
    view.show()
    assert view.visualRect(model.index(1)).height() == 40
    view.setCurrentIndex(model.index(2))
    seen = view.viewport().grab().toImage()

    def at_edge(row):
        return seen.pixelColor(1, view.visualRect(model.index(row)).center().y())

    assert at_edge(0) == theme.colour("head")
    assert at_edge(2) == theme.colour("accent")
    assert at_edge(1) != theme.colour("accent")
