"""审计卷宗: what it is about, what it holds and what is missing, and writing it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QListWidgetItem

from fupin_desktop.services import dossiers
from fupin_desktop.services.dossiers import Choice, Dossier, Kind, WrittenDossier
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.ask import PDF
from fupin_desktop.ui.papers import tell_written
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say

_WAIT_MS = 250


class DossierDialog(QDialog):
    """Chooses, shows what is there, writes PDF and workbook.

    Args:
        kind: What it is about first.
        key: Which.
    """

    def __init__(self, shell: Shell, kind: Kind | None = None, key: str = "") -> None:
        super().__init__(shell.window)
        self.setWindowTitle("审计卷宗")
        self.resize(720, 560)
        self._shell, self._wanted = shell, key
        self._choices: list[Choice] = []
        self.found: Dossier | None = None
        self.kind, self.which, self.search = QComboBox(), QComboBox(), QLineEdit()
        self.since, self.until = DayField(shell.bench.year), DayField(shell.bench.year)
        self.title, self.told = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self.list = QListWidget()
        self.list.setProperty("boxed", "true")
        self._asked = 0
        self.write = button("写出卷宗…", self.save, "primary", tip="一个 PDF 和一个同名的 xlsx")
        self._build()
        self._fill_kinds(kind)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.fill)
        self.kind.currentIndexChanged.connect(lambda _place: self.fill())
        self.which.currentIndexChanged.connect(lambda _place: self.collect())
        self.search.textEdited.connect(lambda _text: self._timer.start())
        for field in (self.since, self.until):
            field.day_changed.connect(self.collect)
        self.fill()

    def _build(self) -> None:
        self.to = label("至")
        head = hbox(self.kind, (self.search, 1), (self.which, 2), self.since, self.to, self.until)
        self.search.setPlaceholderText("姓名、拼音首字母、证件尾号、村")
        for field, name in ((self.kind, "卷宗种类"), (self.which, "哪一个"), (self.search, "查找农户"),
                            (self.since, "开始日期"), (self.until, "结束日期"), (self.list, "卷宗内容")):  # fmt: skip
            field.setAccessibleName(name)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(16)
        told = label("卷宗里有完整的证件号和账号，是内部资料。", "note")
        foot = hbox((told, 1), button("关闭", self.reject), self.write)
        vbox(head, self.title, self.told, (self.list, 1), foot, on=self, margins=(18, 16, 18, 14), spacing=10)

    def _fill_kinds(self, kind: Kind | None) -> None:
        for one in Kind:
            self.kind.addItem(one.label, one.value)
        self.kind.setCurrentIndex(list(Kind).index(kind or Kind.SCHEME))
        self.since.put(date(self._shell.bench.year, 1, 1))
        self.until.put(self._shell.today)

    @property
    def chosen_kind(self) -> Kind:
        """What the dossier is about."""
        return Kind(self.kind.currentData())

    def fill(self) -> None:
        """What can be chosen of the kind."""
        bench, kind, text = self._shell.bench, self.chosen_kind, self.search.text().strip()
        is_period = kind is Kind.PERIOD
        for piece in (self.since, self.to, self.until):
            piece.setVisible(is_period)
        self.which.setVisible(not is_period)
        self.search.setVisible(kind is Kind.HOUSEHOLD)
        self._choices = self._shell.read(lambda: dossiers.choices(bench, kind, text)) or []
        blocked = self.which.blockSignals(True)
        self.which.clear()
        for one in self._choices:
            fonts.ensure(one.name)
            self.which.addItem(one.name, one.key)
        keys = [one.key for one in self._choices]
        self.which.setCurrentIndex(keys.index(self._wanted) if self._wanted in keys else (0 if keys else -1))
        self.which.blockSignals(blocked)
        self.collect()

    def collect(self) -> None:
        """Gather what the dossier holds beside the clerk's work; that of a village takes a while."""
        bench, kind, key = self._shell.bench, self.chosen_kind, self.which.currentData()
        since, until = self.since.day, self.until.day
        ready = bool(since and until and since <= until) if kind is Kind.PERIOD else bool(key)
        self._asked += 1
        asked = self._asked
        self.show_found(None)
        if ready:
            say(self.told, "正在汇集…")
            self._shell.read_aside(
                lambda: dossiers.make(bench, kind, key or "", since, until), lambda found: self._gathered(found, asked)
            )

    def _gathered(self, found: Dossier, asked: int) -> None:
        if asked == self._asked:
            self.show_found(found)

    def show_found(self, found: Dossier | None) -> None:
        """Show what the dossier holds; what is missing stands on top."""
        self.found = found
        self.write.setEnabled(found is not None)
        self.list.clear()
        say(self.title, found.title if found is not None else "")
        say(self.told, _told(found))
        if found is None:
            return
        for missing in found.missing:
            self._line(f"缺　{missing}", "principle")
        for part in found.parts:
            self._line(f"{'　　' if part.depth else ''}{part.title}　{part.note}", "")

    def _line(self, text: str, tone: str) -> None:
        fonts.ensure(text)
        item = QListWidgetItem(text)
        if tone:
            item.setForeground(theme.tone(tone)[0])
        self.list.addItem(item)

    def save(self) -> None:
        """Ask where to and write it in the background."""
        found = self.found
        if found is None:
            return
        path = self._shell.ask.save_file(self, "写出卷宗", f"{dossiers.file_name(found)}.pdf", PDF)
        if path is not None:
            bench = self._shell.bench

            def work(report: Report) -> WrittenDossier:
                return dossiers.write(bench, found, Path(path), report)

            self._shell.run("正在装订卷宗", work, self._written)

    def _written(self, written: WrittenDossier) -> None:
        told = f"已写出“{written.pdf.name}”{written.pages} 页，和“{written.xlsx.name}”。"
        more = f"缺 {len(written.missing)} 项材料，列在目录最上面。" if written.missing else "材料齐全。"
        tell_written(self._shell, written.pdf, told + more, title="审计卷宗", parent=self)


def _told(found: Dossier | None) -> str:
    if found is None:
        return "请先选定。"
    missing = f"，缺 {len(found.missing)} 项" if found.missing else ""
    return f"{found.about}共 {len(found.parts)} 件{missing}"
