"""新建 and 复制上年: which form, and for whom; several places at once where they are chosen together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
)

from fupin_desktop.services import documents, offices, registers
from fupin_desktop.services.documents import place_kinds
from fupin_desktop.services.documents.model import Place
from fupin_desktop.services.documents.type import DocumentType, Places
from fupin_desktop.services.finding import find_text
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.search_field import BY_INITIALS, make_search

_APART = "— 其他市、县的文件要求的表 —"
_MOST = 500
_WAIT_MS = 120
_AT_ONCE = 2000
"""Households up to which all are listed before the dialog is seen."""


class NewDocumentDialog(QDialog):
    """Begins a document; what is refused is told, and the dialog stays.

    Args:
        types: The types to choose from.
        word: What their documents are called together.
        year: 年度.
        form_id: Type shown first; empty for the first one that somebody still has none of.
        copy: Whether what was typed the year before is copied.

    Attributes:
        made: Key of the document begun; empty where several places were chosen.
    """

    def __init__(
        self, shell: Shell, types: Sequence[DocumentType], word: str, year: int, form_id: str = "", *,
        copy: bool = False,
    ) -> None:
        super().__init__(shell.window)
        self.setWindowTitle(f"{'复制上年' if copy else '新建'}{word}")
        self.resize(560, 520)
        self._shell, self._year, self._copy = shell, year, copy
        self.made = ""
        self._places: list[Place] = []
        self._clauses = {one.form_id: documents.clause(shell.bench, one.form_id) for one in types}
        self._types = {one.form_id: one for one in sorted(types, key=lambda one: not self._concerns(one.form_id))}
        self.forms, self.finder, self.list, self.name = QComboBox(), QLineEdit(), QListWidget(), QLineEdit()
        self._offer_forms()
        self.forms.setCurrentIndex(self.forms.findData(form_id or self._first_free()))
        self._build()
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._list_places)
        self._connect()
        self.show_form()

    def _concerns(self, form_id: str) -> bool:
        """Whether a form is asked for where the office is; not, where only another county's document does."""
        return offices.concerns(self._shell.bench, self._clauses[form_id])

    def _offer_forms(self) -> None:
        """The forms asked for here; those that only another county's document asks for stand apart below them."""
        apart = False
        for form_id in self._types:
            if not self._concerns(form_id) and not apart:
                apart = True
                self._begin_apart()
            title = documents.title(self._shell.bench, form_id)
            fonts.ensure(title)
            self.forms.addItem(title, form_id)

    def _begin_apart(self) -> None:
        if self.forms.count():
            self.forms.insertSeparator(self.forms.count())
        self.forms.addItem(_APART)
        model, last = self.forms.model(), self.forms.count() - 1
        model.setData(model.index(last, 0), 0, Qt.ItemDataRole.UserRole - 1)  # QComboBox's own way to disable an item

    def _first_free(self) -> str:
        """The first type asked for here that somebody still has none of; those of projects never run out."""
        here = [form_id for form_id in self._types if self._concerns(form_id)] or list(self._types)
        free = (one for one in here if self._slow(one) or any(not place.taken for place in self._offered(one)))
        return next(free, here[0])

    def _slow(self, form_id: str) -> bool:
        """Whether listing for whom a form can be filled in takes a moment: for thousands of households."""
        bench = self._shell.bench
        if self._types[form_id].places is not place_kinds.HOUSEHOLDS:
            return False
        return (self._shell.read(lambda: registers.counts(bench, [HOUSEHOLDS])) or {}).get(HOUSEHOLDS, 0) > _AT_ONCE

    def _offered(self, form_id: str) -> list[Place]:
        bench = self._shell.bench
        return self._shell.read(lambda: documents.places(bench, form_id, year=self._year)) or []

    def _build(self) -> None:
        make_search(self.finder, BY_INITIALS, "查找给谁填")
        self.list.setAccessibleName("给谁填")
        self.list.setProperty("boxed", "true")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.caption, self.note = label(""), label("", "note", wrap=True)
        form = QFormLayout()
        form.addRow("年度", label(f"{self._year}"))
        form.addRow("表种", self.forms)
        form.addRow(self.caption, self.name)
        self.go = button("复制" if self._copy else "新建", self.finish, "primary")
        self.go.setDefault(True)
        row = hbox(STRETCH, button("取消", self.reject), self.go)
        vbox(form, self.finder, (self.list, 1), self.note, row, on=self, margins=(20, 16, 20, 14), spacing=8)

    def _connect(self) -> None:
        self.forms.currentIndexChanged.connect(lambda _place: self.show_form())
        self.finder.textChanged.connect(fonts.ensure)
        self.finder.textChanged.connect(lambda _text: self._wait.start())
        self.name.textChanged.connect(fonts.ensure)
        self.name.textChanged.connect(lambda _text: self._enable())
        self.list.itemSelectionChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(lambda _item: self.finish())

    @property
    def form_id(self) -> str:
        """The type chosen."""
        return str(self.forms.currentData())

    @property
    def _asked(self) -> Places:
        """Whom documents of the type chosen are for."""
        places = self._types[self.form_id].places
        assert places is not None
        return places

    def show_form(self) -> None:
        """Offer the places of the type chosen."""
        typed = self._asked.typed
        say(self.caption, typed)
        for piece in (self.caption, self.name):
            piece.setVisible(bool(typed))
        self.finder.clear()
        form_id, bench = self.form_id, self._shell.bench
        if not self._slow(form_id):
            self._offer(form_id, self._offered(form_id))
            return
        self._offer(form_id, [])
        say(self.note, "正在列出农户…")
        self._shell.read_aside(
            lambda: documents.places(bench, form_id, year=self._year), partial(self._offer, form_id)
        )

    def _offer(self, form_id: str, found: list[Place]) -> None:
        """Offer the places of a type, unless another was chosen meanwhile."""
        if form_id != self.form_id:
            return
        self._places, typed = found, self._asked.typed
        self.finder.setVisible(len(found) > 12)
        self.list.setVisible(bool(found) or not typed)
        self._list_places()

    def _list_places(self) -> None:
        words = self.finder.text().split()
        found = [place for place in self._places if all(find_text(word, (place.name,)) for word in words)]
        self.list.clear()
        for place in found[:_MOST]:
            fonts.ensure(place.name)
            item = QListWidgetItem(f"{place.name}（已有）" if place.taken else place.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, place.key)
            if place.taken:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setForeground(theme.colour("disabled"))
        free = [row for row in range(self.list.count()) if self.list.item(row).flags()]
        if free:
            self.list.setCurrentRow(self._due_among(free))
        self._tell(len(found), bool(free))
        self._enable()

    def _due_among(self, free: list[int]) -> int:
        """The row that is to be made now, e.g. the quarter that has just ended; else the first."""
        due = self._asked.due(self._year, self._shell.today)
        return next((row for row in free if self.list.item(row).data(Qt.ItemDataRole.UserRole) == due), free[0])

    def _tell(self, found: int, free: bool) -> None:
        note = "按住 Ctrl 或 Shift 可以一次选几个。" if found > 1 else ""
        if found > _MOST:
            note = f"共 {found:,} 个，列出前 {_MOST} 个；请用“查找”缩小范围。"
        elif self._places and not free:
            note = "没有可以新建的：都已经有了，或没有找到。"
        elif not self._places and not self._asked.typed:
            note = self._asked.none_yet
        if not self._concerns(self.form_id):
            said = self._shell.clause_words(self._clauses[self.form_id])
            note = f"本县(市)的文件没有要求这张表({said})，要用照样可以填。{note}"
        if self._copy:
            note = f"照抄以前年度最近一份填写的内容；日期、意见和说明重新填。{note}"
        say(self.note, note)

    def _chosen(self) -> None:
        if self._asked.typed and len(self.list.selectedItems()) == 1:
            self.name.setText(str(self.list.selectedItems()[0].data(Qt.ItemDataRole.UserRole)))
        self._enable()

    @property
    def places(self) -> list[str]:
        """Keys of the places chosen, or the name typed."""
        if self._asked.typed:
            return [self.name.text().strip()] if self.name.text().strip() else []
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems()]

    def _enable(self) -> None:
        self.go.setEnabled(bool(self.places))

    def finish(self) -> None:
        """Begin the document of one place; several are left to the owner, who shows their progress."""
        places = self.places
        if len(places) != 1:
            if places:
                self.accept()
            return
        bench, begin = self._shell.bench, documents.copy_last_year if self._copy else documents.create
        form_id, year = self.form_id, self._year
        self._shell.do(lambda: begin(bench, form_id, places[0], year=year), self._begun)

    def _begun(self, change: Change) -> None:
        self.made = change.keys[0]
        self.accept()
