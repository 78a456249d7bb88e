"""张贴、照片: the boards of a notice, who put it up and took it down when, and the photographs taken there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QWidget

from fupin_desktop.domain.vocabulary import BoardKind
from fupin_desktop.services.notices import boards
from fupin_desktop.services.notices.boards import Board
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.day_field import DayField, first_wrong
from fupin_desktop.ui.widgets.labels import button, label, link, rule
from fupin_desktop.ui.widgets.scroll import ScrollColumn

PHOTOS = "照片 (*.jpg *.jpeg *.png *.bmp *.webp)"


class _BoardRow(QWidget):
    """One board: what stands there, and its photographs."""

    def __init__(self, shell: Shell, board: Board) -> None:
        super().__init__()
        self._shell, self.board = shell, board
        year = shell.today.year
        self.kind, self.place, self.by, self.note = QComboBox(), QLineEdit(), QLineEdit(), QLineEdit()
        self.up, self.down = DayField(year, "张贴日期", short=True), DayField(year, "撤下日期", short=True)
        for kind in BoardKind:
            self.kind.addItem(kind.label, kind)
        self.kind.setAccessibleName("公示地点的种类")
        self.kind.setCurrentIndex(self.kind.findData(board.kind))
        fonts.ensure(board.place + board.posted_by + board.note)
        self.place.setText(board.place)
        self.place.setPlaceholderText("张贴地点")
        self.place.setAccessibleName("张贴地点")
        self.by.setText(board.posted_by)
        self.by.setPlaceholderText("张贴人")
        self.by.setAccessibleName("张贴人")
        self.note.setText(board.note)
        self.note.setPlaceholderText("备注")
        self.note.setAccessibleName("备注")
        self.up.put(board.posted_on)
        self.down.put(board.taken_down_on)
        self.photos = vbox(spacing=2)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.place, 0, 1, 1, 2)
        grid.addWidget(self.by, 1, 0)
        days = hbox(self.up, self.down, spacing=8)
        grid.addLayout(days, 1, 1)
        grid.addWidget(self.note, 1, 2)
        grid.addLayout(self.photos, 2, 0, 1, 3)
        self._show_photos()

    def _show_photos(self) -> None:
        clear(self.photos)
        for place, photo in enumerate(self.board.photos):
            row = hbox(label(photo.name, "note"), link("去掉", partial(self._drop, place), tone="must"), STRETCH)
            self.photos.addLayout(row)

    def _drop(self, place: int) -> None:
        kept = tuple(photo for at, photo in enumerate(self.board.photos) if at != place)
        self.board = replace(self.board, photos=kept)
        self._show_photos()

    def add_photo(self) -> None:
        """加照片: copied into the data folder at once, kept with the board when the dialog is saved."""
        path = self._shell.ask.open_file(self.window(), "选择照片", PHOTOS)
        if path is None:
            return
        bench, board = self._shell.bench, self.board
        added = self._shell.read(lambda: boards.add_photos(bench, board, [path]))
        if added is not None:
            self.board = added
            self._show_photos()

    @property
    def wanted(self) -> Board:
        """What stands there."""
        return replace(
            self.board, kind=BoardKind(self.kind.currentData()), place=self.place.text(), posted_by=self.by.text(),
            posted_on=self.up.day, taken_down_on=self.down.day, note=self.note.text(),
        )  # fmt: skip


class BoardsDialog(QDialog):
    """The boards of one notice."""

    def __init__(self, shell: Shell, notice_key: str, start: Sequence[Board]) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("张贴情况和照片")
        self.resize(640, 480)
        self._shell, self._notice_key = shell, notice_key
        self.rows: list[_BoardRow] = []
        self.body = ScrollColumn(spacing=6)
        self.body.column.addStretch(1)
        for board in start:
            self._add(board)
        self.more = button("加一处", self.add_board)
        self.save = button("保存", self.keep, "primary")
        row = hbox(self.more, STRETCH, button("取消", self.reject), self.save)
        vbox(
            label("每处都拍一张看得清标题和日期的照片；期满撤下时补上撤下日期。", "note", wrap=True), (self.body, 1),
            row, on=self, margins=(18, 14, 18, 12), spacing=9,
        )  # fmt: skip

    def _add(self, board: Board) -> None:
        made, frame = _BoardRow(self._shell, board), QWidget()
        away = link("去掉这一处", partial(self._take_out, made, frame), tone="must")
        foot = hbox(link("加照片…", made.add_photo), away, STRETCH, spacing=12)
        vbox(made, foot, rule(), on=frame, margins=0)
        self.rows.append(made)
        self.body.column.insertWidget(self.body.column.count() - 1, frame)

    def add_board(self) -> None:
        """加一处."""
        self._add(Board("", BoardKind.VILLAGE, "", self._shell.today, self._shell.bench.clerk))
        self.rows[-1].place.setFocus()

    def _take_out(self, row: _BoardRow, frame: QWidget) -> None:
        self.rows.remove(row)
        frame.hide()
        frame.setParent(None)
        frame.deleteLater()

    def keep(self) -> None:
        """保存; what is no day is told, and the dialog stays."""
        if fault := first_wrong(*(day for row in self.rows for day in (row.up, row.down))):
            self._shell.ask.message(self, self.windowTitle(), f"没有保存：{fault}")
            return
        bench, key, wanted = self._shell.bench, self._notice_key, [row.wanted for row in self.rows]
        self._shell.do(lambda: boards.keep(bench, key, wanted), lambda _change: self.accept())
