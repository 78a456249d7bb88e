"""The working pane: how one household's award came about, line by line, each with its clause."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.capital import to_capital
from fupin_desktop.domain.money import format_money
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.policy.working import Step
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import label, link, restyle, rule, say, selectable
from fupin_desktop.ui.widgets.scroll import ScrollColumn

SCHEME_CLAUSE = "方案"
_CUTS = ("cost.ceiling", "cost.item_ceiling", "item_cap.cut", "group_cap.cut", "cap.household_cut", "cap.person_cut",
         "quantity_cap.cut", "pool.scaled", "pool.partial")
_NOTHING = ("minimum.below", "minimum.not_above", "pool.used_up", "pool.not_enough", "entry.unlisted", "entry.unit",
            "entry.excluded", "participation.none", "participation.missing")


class StepLine(QFrame):
    """One step: number, sentence, and at the right the result with the clause below it."""

    def __init__(self, words: Callable[[str], str] = str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self.clause_name = words, ""
        self.number, self.result = label("", "note"), label("", "strong")
        self.sentence = selectable(label(wrap=True))
        self.clause: QPushButton = link("")
        self.clause.setProperty("tone", "note")
        width = QFontMetrics(theme.font("note")).horizontalAdvance("00")
        self.number.setFixedWidth(width)
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        aside = vbox((self.result, 0, right), (self.clause, 0, right), STRETCH, spacing=0)
        row = hbox((self.number, 0, top), (self.sentence, 1, top), aside, spacing=8)
        vbox(row, rule(), on=self, margins=(0, 3, 0, 0), spacing=3)

    def show_step(self, step: Step) -> None:
        """Tell a step; its number is that of the paper, the manual and ``result.json``."""
        say(self.number, f"{step.number}")
        say(self.sentence, tell(step))
        told = _result(step)
        say(self.result, told)
        self.result.setVisible(bool(told))
        self.clause_name = step.clause
        self.clause.setText(self._words(step.clause))
        self.clause.setVisible(bool(step.clause))
        tone = "principle" if step.rule in _CUTS + _NOTHING else ""
        if self.result.property("tone") != tone:
            self.result.setProperty("tone", tone)
            restyle(self.result)


def _result(step: Step) -> str:
    """The result with as many decimals as the papers show; nothing where the step only states a fact."""
    if step.result is None:
        return ""
    if step.unit == "元":
        digits = -int(step.result.normalize().as_tuple().exponent)
        return f"{step.result:,.{max(digits, 2)}f}"
    return f"{format_quantity(step.result, step.unit or '亩')} {step.unit}".strip()


class WorkingPane(QWidget):
    """The award stays in sight; its lines are kept and filled anew, so that walking through the table stays quick.

    Signals:
        clause_asked: Name of a clause of the documents.
        scheme_asked: A line of the scheme itself, e.g. ``方案第2项``.
    """

    clause_asked = Signal(str)
    scheme_asked = Signal(str)

    def __init__(self, words: Callable[[str], str] = str, parent: QWidget | None = None) -> None:
        """Make an empty pane; ``words`` gives a clause as the office reads it."""
        super().__init__(parent)
        self._words = words
        self._scroll = ScrollColumn(spacing=0)
        self._lines: list[StepLine] = []
        self.award: HouseholdAward | None = None
        self.nobody = label("在左边选中一户，这里逐步说明它的奖补怎样算出。", "muted", wrap=True)
        self.capital, self.amount = label("", "title", wrap=True), label("", "title", tone="good")
        self.reason = label("", "note", wrap=True)
        self._total = QWidget()
        row = hbox(
            (label("实奖补", "title"), 0, Qt.AlignmentFlag.AlignTop), 8, (self.capital, 1),
            (self.amount, 0, Qt.AlignmentFlag.AlignTop),
        )  # fmt: skip
        vbox(rule(), 3, row, self.reason, on=self._total, margins=0, spacing=2)
        self._scroll.column.setContentsMargins(0, 0, 6, 0)
        self._scroll.column.addWidget(self.nobody)
        self._scroll.column.addStretch(1)
        vbox((self._scroll, 1), self._total, on=self, margins=0, spacing=0)
        self.show_award(None)

    def show_award(self, award: HouseholdAward | None) -> None:
        """Tell the working of a household; None tells nothing."""
        moved = award is None or self.award is None or award.applicant.key != self.award.applicant.key
        self.award = award
        steps = award.steps if award else ()
        for place, step in enumerate(steps):
            self._line(place).show_step(step)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(steps))
        self._total.setVisible(award is not None)
        self.nobody.setVisible(award is None)
        if award is not None:
            say(self.capital, to_capital(award.award))
            say(self.amount, f"¥{format_money(award.award)}")
            say(self.reason, award.reason)
            self.reason.setVisible(bool(award.reason))
        if moved:
            self._scroll.verticalScrollBar().setValue(0)

    def _line(self, place: int) -> StepLine:
        while place >= len(self._lines):
            made = StepLine(self._words)
            made.clause.clicked.connect(partial(self._clause_clicked, made))
            self._lines.append(made)
            self._scroll.column.insertWidget(self._scroll.column.count() - 1, made)
        return self._lines[place]

    def _clause_clicked(self, line: StepLine) -> None:
        name = line.clause_name
        (self.scheme_asked if name.startswith(SCHEME_CLAUSE) else self.clause_asked).emit(name)

    def lines(self) -> list[tuple[str, str, str]]:
        """Sentence, clause and result of each line, as shown."""
        shown = [line for line in self._lines if not line.isHidden()]
        return [(line.sentence.text(), line.clause.text(), line.result.text()) for line in shown]


def heading(award: HouseholdAward | None) -> str:
    """Whose working it is."""
    if award is None:
        return "计算过程"
    one = award.applicant
    return f"{one.name}（{one.group or one.village}）" if one.group or one.village else one.name
