"""The scheme editor: every key of a scheme, checked while it is typed, with the total it would come to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import BadDefinition
from fupin_desktop.override import override
from fupin_desktop.policy.checks import check_scheme
from fupin_desktop.policy.numbers import policy_day
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.strictness import NOT_PARTICIPATING, PARTICIPANTS, is_must
from fupin_desktop.services import awards, funds, registers, scheme_places
from fupin_desktop.services.awards import Desk
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.ui.dialogs.schemes.classes import ClassesPage
from fupin_desktop.ui.dialogs.schemes.items import ItemsPage
from fupin_desktop.ui.dialogs.schemes.pages import HeadPage, LimitsPage, MoneyPage, Page, ReasonsPage
from fupin_desktop.ui.models.scheme_draft import CLASS_TABLES, SchemeDraft
from fupin_desktop.ui.models.scheme_keys import key_words
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, say
from fupin_desktop.ui.widgets.meter import BarMeter, Part
from fupin_desktop.ui.widgets.problem_list import ProblemList
from fupin_desktop.ui.widgets.scroll import put, scroll_area

PAGES = ("基本和议定", "资金", "项目和标准", "封顶和取整", "户类别和批次", "书面理由")
ITEMS_PAGE = 2
_PAGE_OF = {"item": ITEMS_PAGE, "source": 1, "pool": 1, "reasons": 5}
_PAUSE_MS = 250
_MANY = 8000
AT_ONCE = 300
"""Up to so many households are calculated between two key strokes; more beside the clerk's work."""
_FORM = "scheme.form"
ZERO = Decimal(0)
SomePage = TypeVar("SomePage", bound=Page | ItemsPage)
Calculated = tuple[Desk, AwardResult | None]


class SchemeDialog(QDialog):
    """Edits a draft; ``scheme`` is what was kept on 保存.

    Attributes:
        draft: The scheme being edited.
        scheme: The finished scheme after 保存; None before.
    """

    def __init__(
        self, shell: Shell, scheme: AwardScheme, *, desk: Desk | None = None, new: bool = False, frozen: bool = False,
    ) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("新建奖补方案" if new else "编辑奖补方案")
        self.resize(1240, 700)
        self.setProperty("enterStays", True)  # the pages with rows are made when they are looked at
        self.draft = SchemeDraft(scheme, self)
        self.scheme: AwardScheme | None = None
        self.outcome: AwardResult | None = None
        self._shell, self._new, self._frozen = shell, new, frozen
        self._desk, self._asked, self._turn = desk, False, 0
        self._found: AwardScheme | None = None
        self._fault = ""
        self._made: list[Page | ItemsPage] = []
        self.pages, self._areas = QTabWidget(self), [scroll_area() for _title in PAGES]
        self._build()
        for title, area in zip(PAGES, self._areas, strict=True):
            self.pages.addTab(area, title)
        self.pages.currentChanged.connect(self._page)
        self.pages.setCurrentIndex(0 if new else ITEMS_PAGE)
        self._page(self.pages.currentIndex())
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.check)
        self.draft.changed.connect(self._changed)
        self.check()

    # ---- the pages, each made when it is first looked at ----
    @cached_property
    def head(self) -> HeadPage:
        """基本和议定."""
        bench, clause = self._shell.bench, self._shell.clause_words
        return self._put(0, HeadPage(self.draft, self._shell.read(lambda: scheme_places.names(bench)) or [], clause))

    @cached_property
    def money(self) -> MoneyPage:
        """资金."""
        page = self._put(1, MoneyPage(self.draft, self._shell.clause_words))
        page.choose_asked.connect(self.choose_fund)
        return page

    @cached_property
    def items(self) -> ItemsPage:
        """项目和标准."""
        return self._put(ITEMS_PAGE, ItemsPage(self.draft))

    @cached_property
    def limits(self) -> LimitsPage:
        """封顶和取整."""
        return self._put(3, LimitsPage(self.draft, self._shell.clause_words))

    @cached_property
    def classes(self) -> ClassesPage:
        """户类别和批次."""
        return self._put(4, ClassesPage(self.draft))

    @cached_property
    def reasons(self) -> ReasonsPage:
        """书面理由."""
        page = self._put(5, ReasonsPage(self.draft, self._shell.clause_words))
        page.others_asked.connect(self.pay_others)
        page.others.setVisible(not self._frozen)
        return page

    def _page(self, place: int) -> Page | ItemsPage:
        """The page at a place, with what the check named marked."""
        return (
            self.head if place == 0 else self.money if place == 1 else self.items if place == ITEMS_PAGE
            else self.limits if place == 3 else self.classes if place == 4 else self.reasons
        )

    def _put(self, place: int, page: SomePage) -> SomePage:
        put(self._areas[place], page)
        self._made.append(page)
        page.show_fault(self._fault)
        return page

    # ---- building ----
    def _build(self) -> None:
        middle = hbox((self.pages, 4), (self._side(), 1), spacing=12)
        told = "这份方案已公示或备案，只能查看。需要更正的，请复制为新的方案。"
        frozen = label(told, tone="principle") if self._frozen else None
        vbox(frozen, (middle, 1), self._buttons(), on=self, margins=(16, 14, 16, 12), spacing=10)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(205)
        side.setMaximumWidth(290)
        self.total, self.left = label("—", "figure"), label("", "muted", wrap=True)
        self.counts = label("", "note", wrap=True)
        self.meter, self.problems = BarMeter(14), ProblemList(words=self._shell.clause_words)
        self.ask = link("测算", self.calculate)
        self.ask.hide()
        vbox(
            label("按现在的方案测算", "note"), self.total, self.meter, self.left, self.ask, self.counts,
            label("检查", "title"), (self.problems, 1), on=side, margins=0,
        )  # fmt: skip
        self.problems.clause_asked.connect(self._shell.clause_wanted)
        self.problems.reason_asked.connect(self.write_reason)
        return side

    def _buttons(self) -> QHBoxLayout:
        self.undo, self.redo = button("撤销", self.draft.undo), button("重做", self.draft.redo)
        self.keep = button("关闭" if self._frozen else "保存", self.save, "primary")
        QShortcut(QKeySequence.StandardKey.Undo, self, self.draft.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self.draft.redo)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        self.state = label("", "note")
        return hbox(self.undo, self.redo, self.state, STRETCH, button("取消", self.reject), self.keep)

    # ---- checking ----
    def _changed(self) -> None:
        self._timer.start()
        self._tell_state()

    def _tell_state(self) -> None:
        self.undo.setEnabled(self.draft.can_undo)
        self.redo.setEnabled(self.draft.can_redo)
        say(self.state, "有未保存的修改" if self.draft.dirty else "")

    def check(self) -> None:
        """Read the draft strictly, check it, and show what it comes to."""
        self._timer.stop()
        self._turn += 1
        self._tell_state()
        try:
            self._found = self.draft.scheme()
            awards.require_sound(self._shell.bench, self._found)
        except BadDefinition as fault:
            self._found = None
            self._show_fault(fault)
            return
        self._mark("")
        self._calculate(self._found)

    def _calculate(self, scheme: AwardScheme) -> None:
        """Find what the scheme comes to with the register as it is: for many households beside the clerk's work."""
        asked, self._asked = self._asked, False
        bench, desk, turn = self._shell.bench, self._desk, self._turn
        if desk is not None and (desk.scheme.place, desk.scheme.year) != (scheme.place, scheme.year):
            desk = None

        def work() -> Calculated:
            known = desk or Desk(bench, scheme)
            return known, None if len(known.applicants) > _MANY and not asked else known.attempt(scheme)

        households = len(desk.applicants) if desk else registers.count(bench, Query(HOUSEHOLDS, scheme.year))
        if households <= AT_ONCE:
            self._calculated(turn, scheme, work())
        else:
            say(self.left, "正在测算…")
            self._shell.read_aside(work, lambda found: self._calculated(turn, scheme, found))

    def _calculated(self, turn: int, scheme: AwardScheme, found: Calculated) -> None:
        """Show what a scheme comes to, unless it was changed since; so many households wait to be asked for."""
        if turn != self._turn:
            return
        self._desk, self.outcome = found
        self.ask.setVisible(self.outcome is None)
        problems = self.outcome.problems if self.outcome else check_scheme(scheme, self._shell.bench.parameters)
        self.problems.set_problems([replace(one, subjects=()) for one in problems], "没有发现问题")
        self._show_total()

    @override
    def done(self, result: int) -> None:
        """What is still being calculated is no longer shown."""
        self._turn += 1
        super().done(result)

    def calculate(self) -> None:
        """测算 of a large register, which does not follow the typing."""
        self._asked = True
        self.check()

    def _show_fault(self, fault: BadDefinition) -> None:
        where = key_words(fault.key, self.draft.data)
        told = Problem(_FORM, Severity.MUST, f"{where}：{fault.rule}", field=fault.key)
        self.problems.set_problems([told])
        self._mark(fault.key)
        self.outcome = None
        self._show_total()

    def _mark(self, key: str) -> None:
        self._fault = key
        for page in self._made:
            page.show_fault(key)

    def _show_total(self) -> None:
        totals = self.outcome.totals if self.outcome else None
        say(self.total, "—" if totals is None else f"¥{format_money(totals.award)}")
        if totals is None:
            self.meter.set_parts(ZERO, ())
            say(self.left, "户数较多，改好后点“测算”" if self._found else "改正后显示合计")
            say(self.counts, "")
            return
        parts = (Part(totals.award_large, "accent", "大户"), Part(totals.award_small, "accent_mid", "小农户"))
        self.meter.set_parts(totals.pool or ZERO, parts)
        left = "不限" if totals.left is None else f"结余 {format_money(totals.left)}\u00a0元"
        pool = "" if totals.pool is None else f"可用 {format_money(totals.pool)} 元，"
        say(self.left, pool + left)
        say(self.counts, f"名册 {totals.households} 户，参与 {totals.participating} 户，有奖补 {totals.awarded} 户")

    # ---- acting ----
    def choose_fund(self) -> None:
        """从资金登记选: a registered source with what it has left."""
        bench = self._shell.bench
        found = self._shell.read(lambda: funds.balances(bench, bench.year)) or []
        if not found:
            self._shell.ask.message(self, "资金来源", "本年度还没有登记资金来源。可在“方案”菜单的“资金来源”里登记。")
            return
        texts = [f"{one.shown} {format_money(one.amount)} 元，可安排 {format_money(one.available)} 元" for one in found]
        place = self._shell.ask.choose(self, "资金来源", "用哪一笔：", texts)
        if place is not None:
            source = funds.as_source(found[place])
            row = {"kind": source.kind.value, "amount": f"{source.amount:f}", "name": source.name,
                   "document": source.document, "original_plan": source.original_plan}
            kept = {key: value for key, value in row.items() if value}
            self.draft.insert(("source",), len(self.draft.rows(("source",))), kept)

    def write_reason(self, problem: Problem) -> None:
        """填写说明 of a principle problem."""
        asked = f"{problem.sentence}\n请写明理由："
        text = self._shell.ask.text(self, "填写说明", asked, problem.reason, long=True)
        if text is not None:
            self._put_reason(problem.code, text)

    def pay_others(self) -> None:
        """让未参与的户也计奖: a written reason pays them, where the county allows one (吴川 三(二)3)."""
        day = policy_day(self._found) if self._found else self._shell.today
        if is_must(self._shell.bench.parameters, PARTICIPANTS, day):
            self._shell.ask.message(self, "未参与的户", "按本县的规定，只有参与户才能受惠，不能用理由代替。")
            return
        before = next((row.get("value", "") for row in self.draft.rows(("reasons",))
                       if row.get("name") == NOT_PARTICIPATING), "")
        asked = "原则上只有参与户才能受惠。确需让未参与的户也计奖的，请写明理由(会写进方案和测算)："
        text = self._shell.ask.text(self, "未参与的户", asked, before, long=True)
        if text:
            self._put_reason(NOT_PARTICIPATING, text)

    def _put_reason(self, code: str, text: str) -> None:
        rows = self.draft.rows(("reasons",))
        place = next((at for at, row in enumerate(rows) if row.get("name") == code), None)
        if place is None:
            self.draft.insert(("reasons",), len(rows), {"name": code, "value": text})
        else:
            self.draft.set(("reasons", place, "value"), text)

    def save(self) -> None:
        """Take the draft, if it can be read; what the checks find does not keep it from being saved as a draft."""
        if self._frozen:
            super().reject()
            return
        self._commit_typing()
        self.check()
        if self._found is None:
            told = self.problems.problems[0]
            self._shell.ask.message(self, "还不能保存", told.sentence)
            self._bring(told.field)
            return
        self.scheme = self._found
        self.accept()

    def _commit_typing(self) -> None:
        """A cell that is still open is taken."""
        focused = self.focusWidget()
        if focused is not None:
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self, key: str) -> None:
        head = key.partition("[")[0].partition(".")[0]
        of_head = ("name", "place", "year", "batch", "main_products", "large_from", "decision")
        of_classes = head in CLASS_TABLES or key.startswith("caps.batch")
        page = 0 if head in of_head else 4 if of_classes else _PAGE_OF.get(head, 3)
        self.pages.setCurrentIndex(page)
        if page == ITEMS_PAGE:
            self.items.go_to(key)

    @override
    def reject(self) -> None:
        """取消 asks before it throws changes away."""
        if self._frozen or not self.draft.dirty or self._gives_up():
            super().reject()

    def _gives_up(self) -> bool:
        text = "方案有修改，放弃吗？"
        return self._shell.ask.question(self, "放弃修改", text, yes="放弃", no="继续编辑", danger=True)
