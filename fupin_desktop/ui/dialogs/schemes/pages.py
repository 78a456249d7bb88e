"""The other pages of the scheme editor: head and decision, money, ceilings and rounding, written reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QGroupBox, QWidget

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, Severity
from fupin_desktop.policy.checks import CHECKS
from fupin_desktop.policy.scheme import CostScope, RoundingMode, RoundingUnit, SubsidyTreatment, WhenShort
from fupin_desktop.ui import fonts
from fupin_desktop.ui.dialogs.schemes.fields import (
    ChoiceField,
    Field,
    FlagField,
    TextField,
    day,
    form,
    number,
    words,
    year,
)
from fupin_desktop.ui.dialogs.schemes.grid import Grid
from fupin_desktop.ui.models.scheme_draft import SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn, split_words
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import label, link

NO_LIMIT = "空：不限"
PRIORITY_LABELS = {"number": "排序号", "large_first": "大户优先", "class": "户类别", "area": "面积大的先"}
_WORDS_OF_PRIORITY = {text: code for code, text in PRIORITY_LABELS.items()} | {code: code for code in PRIORITY_LABELS}


class Page(QWidget):
    """Fields and grids of one page.

    Args:
        draft: The scheme.
        clause: Says a clause as the office reads it.
        parent: The dialog.
    """

    def __init__(self, draft: SchemeDraft, clause: Callable[[str], str] = str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft, self.clause = draft, clause
        self.parts: list[Field | Grid] = []

    def put(self, part: Field | Grid) -> Field | Grid:
        """Keep a field, so that faults find it."""
        self.parts.append(part)
        return part

    def show_fault(self, key: str) -> None:
        """Mark what the check named."""
        for part in self.parts:
            part.show_fault(key)

    def group(self, title: str, rows: Sequence[tuple[str, Field | Grid]]) -> QGroupBox:
        """A framed group of captions and fields."""
        box = QGroupBox(title)
        box.setLayout(form([(caption, self.put(field)) for caption, field in rows]))
        return box


class PlaceField(QComboBox):
    """The village or town of the scheme."""

    def __init__(self, draft: SchemeDraft, places: Sequence[str]) -> None:
        super().__init__()
        self._draft, self._places = draft, list(places)
        self.setEditable(True)
        self.editTextChanged.connect(self._typed)
        draft.restructured.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Show what the draft has."""
        fonts.ensure("".join(self._places))
        with quiet(self):
            self.clear()
            self.addItems(self._places)
            self.setEditText(self._draft.get(("place",)) or "")

    def _typed(self, text: str) -> None:
        self._draft.set(("place",), text.strip())


class HeadPage(Page):
    """Name, place, year; who decided it, when, by which paper."""

    def __init__(
        self, draft: SchemeDraft, places: Sequence[str], clause: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(draft, clause, parent)
        self.place = PlaceField(draft, places)
        head = self.group("方案", [
            ("名称", TextField(draft, ("name",))), ("年度", year(draft, ("year",))),
            ("批次", TextField(draft, ("batch",), hint="只有一批的不填")),
            ("主导产品", words(draft, ("main_products",))),
            ("大户起点(亩)", number(draft, ("large_from",), hint="空：按政策，10 亩")),
        ])
        layout = head.layout()
        assert layout is not None
        layout.insertRow(1, label("村(镇)", "muted"), self.place)  # type: ignore[attr-defined]
        decision = self.group(f"共同议定 ({clause('吴川 三(二)4')})", [
            ("村(居)委会", TextField(draft, ("decision", "village"))),
            ("对口帮扶单位", TextField(draft, ("decision", "assisting_unit"))),
            ("议定日期", day(draft, ("decision", "decided_on"))),
            ("会议", TextField(draft, ("decision", "meeting"))),
            ("形成的文件", TextField(draft, ("decision", "document"), hint="文号")),
        ])
        row = hbox((head, 1), (decision, 1))
        vbox(row, STRETCH, on=self)


class MoneyPage(Page):
    """Where the money comes from.

    Signals:
        choose_asked: A registered fund source is to be picked.
    """

    choose_asked = Signal()

    def __init__(self, draft: SchemeDraft, clause: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(draft, clause, parent)
        columns = (
            GridColumn("kind", "资金种类", "choice", 26, tuple(FundKind)),
            GridColumn("amount", "金额(元)", "number", 13),
            GridColumn("name", "名称", "text", 22), GridColumn("document", "文号", "text", 18),
            GridColumn("original_plan", "原定方案", "text", 16,
                       help=f"已有原定方案的资金，原则上不另作奖补，另作奖补的要写明理由 ({clause('吴川 三(二)2')})"),
        )
        fresh = {"kind": FundKind.ASSISTING_UNIT.value, "amount": ""}
        self.sources = Grid(draft, columns, fresh, title="资金来源", add="加一笔", rows=5)
        self.sources.bind(("source",))
        self.sources.head.addWidget(link("从资金登记选…", self.choose_asked.emit))
        self.put(self.sources)
        limit = self.group("可用资金", [("总额(元)", number(draft, ("pool",), hint="空：各笔来源之和"))])
        told = "只用一部分来源的钱时，在这里写总额；不写就是上面各笔之和。"
        vbox((self.sources, 1), limit, label(told, "note", wrap=True), on=self)


class PriorityField(TextField):
    """The order of service, as words."""

    def __init__(self, draft: SchemeDraft) -> None:
        super().__init__(
            draft, ("priority",), hint="如 户类别、排序号",
            read=lambda text: [_WORDS_OF_PRIORITY.get(word, word) for word in split_words(text)],
            show=lambda codes: "、".join(PRIORITY_LABELS.get(code, code) for code in codes),
        )


class LimitsPage(Page):
    """Ceilings, what happens when the money is short, rounding."""

    def __init__(self, draft: SchemeDraft, clause: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(draft, clause, parent)
        grid = QGridLayout(self)
        grid.setSpacing(12)
        grid.addWidget(self._cost(), 0, 0)
        grid.addWidget(self._short(), 0, 1)
        grid.addWidget(self._caps(), 1, 0)
        grid.addWidget(self._groups(), 1, 1)
        grid.setRowStretch(1, 1)

    def _cost(self) -> QWidget:
        draft = self.draft
        return self.group(f"成本封顶 ({self.clause('吴川 三(二)4')}：奖补不得超成本)", [
            ("成本比例", number(draft, ("cost_ratio",), hint="1 或 100%")),
            ("按什么封顶", ChoiceField(draft, ("cost_scope",), tuple(CostScope), CostScope.HOUSEHOLD)),
            ("已领其他补助", ChoiceField(draft, ("other_subsidy",), tuple(SubsidyTreatment), SubsidyTreatment.COUNT)),
        ])

    def _short(self) -> QWidget:
        draft = self.draft
        box = self.group("资金不足时和取整", [
            ("资金不足时", ChoiceField(draft, ("when_short",), tuple(WhenShort), WhenShort.SCALE)),
            ("先后顺序", PriorityField(draft)),
            ("户类别先后", words(draft, ("class_order",), hint="如 监测户、脱贫户")),
            ("取整到", ChoiceField(draft, ("rounding_unit",), tuple(RoundingUnit), RoundingUnit.FEN)),
            ("取整方法", ChoiceField(draft, ("rounding_mode",), tuple(RoundingMode), RoundingMode.HALF_UP)),
        ])
        flag = FlagField(draft, "按先后顺序时，最后一户不够的给余额", ("partial",))
        self.put(flag)
        layout = box.layout()
        assert layout is not None
        layout.addWidget(flag)
        return box

    def _caps(self) -> QWidget:
        draft = self.draft
        box = self.group("每户封顶", [
            ("每户最多(元)", number(draft, ("caps", "per_household"), hint=NO_LIMIT)),
            ("每人最多(元)", number(draft, ("caps", "per_person"), hint=NO_LIMIT)),
        ])
        flag = FlagField(draft, "连同本年前几批一起算", ("caps", "cumulative"))
        columns = (GridColumn("name", "户类别", "text", 16), GridColumn("value", "每户最多(元)", "number", 14))
        fresh = {"name": HouseholdClass.MONITORED.label, "value": ""}
        classes = Grid(draft, columns, fresh, title="按户类别另定", rows=2)
        classes.bind(("by_class",))
        each = (GridColumn("name", "户类别", "text", 16), GridColumn("value", "每人最多(元)", "number", 14))
        persons = Grid(draft, each, fresh, title="每人的，按户类别另定", rows=2)
        persons.bind(("per_person_by_class",))
        layout = box.layout()
        assert layout is not None
        for part in (flag, classes, persons):
            self.put(part)
            layout.addWidget(part)
        return box

    def _groups(self) -> QWidget:
        box = QGroupBox("封顶组 (几个项目合计封顶)")
        columns = (GridColumn("name", "组名", "text", 16), GridColumn("value", "每户合计最多(元)", "number", 14))
        groups = Grid(self.draft, columns, {"name": "", "value": ""}, rows=3)
        groups.bind(("group_caps",))
        vbox(self.put(groups), on=box)
        return box


class ReasonsPage(Page):
    """Written reasons for what is not done as it should be in principle.

    Signals:
        others_asked: Households that do not take part are to be paid as well.
    """

    others_asked = Signal()

    def __init__(self, draft: SchemeDraft, clause: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(draft, clause, parent)
        titles = {check.code: check.title for check in CHECKS if check.severity is Severity.PRINCIPLE}
        columns = (
            GridColumn("name", "检查代号", "text", 24),
            GridColumn("", "检查", "told", 28, tell=lambda row: titles.get(row.get("name", ""), "")),
            GridColumn("value", "理由", "text", 40),
        )
        self.reasons = Grid(draft, columns, {"name": "", "value": ""}, title="书面理由", rows=6)
        self.reasons.bind(("reasons",))
        self.put(self.reasons)
        tip = f"原则上只有参与户才能受惠 ({clause('吴川 三(二)3')})"
        self.others = link("让未参与的户也计奖…", self.others_asked.emit, tip=tip)
        told = "违反“原则上”的规定时要写明理由；理由写进方案，印在表上，供审计查阅。"
        vbox(label(told, "note", wrap=True), self.others, (self.reasons, 1), on=self)
