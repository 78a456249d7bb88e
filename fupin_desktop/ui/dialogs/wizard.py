"""First start: the office, its data folder, sample data or empty."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLineEdit,
    QRadioButton,
    QWidget,
    QWizard,
    QWizardPage,
)

from fupin_desktop.override import override
from fupin_desktop.services.offices import OfficeForm
from fupin_desktop.ui import data_folder, theme
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.dialogs.office_form import OfficeFields
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say


@dataclass(frozen=True, slots=True)
class Setup:
    """What the clerk decided.

    Attributes:
        folder: The data folder.
        form: The office.
        sample: Whether the sample office is to be filled in.
        has_data: Whether the folder holds data already; they are opened as they are.
        password: Whether a password is to be set, which encrypts the data.
    """

    folder: Path
    form: OfficeForm
    sample: bool
    has_data: bool
    password: bool = False


class OfficePage(QWizardPage):
    """Page 1: names that every paper prints."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle("本单位")
        self.fields = OfficeFields(full=False)
        told = "以后印在每张表和公示上，随时可以在“工具 → 设置”里修改。"
        vbox(label(told, "muted", wrap=True), self.fields, STRETCH, on=self, spacing=12)
        self.fields.edited.connect(self.completeChanged)

    @override
    def isComplete(self) -> bool:
        """All four are needed."""
        return self.fields.complete()


class FolderPage(QWizardPage):
    """Page 2: where the data are kept."""

    def __init__(self, asker: Asker, proposed: Path) -> None:
        super().__init__()
        self.setTitle("数据放在哪里")
        told = (
            "台账、方案和备份都在这个文件夹里。请选本机硬盘上的位置；建好以后，在“文件 → 备份与恢复…”里再选一处U盘或"
            "别的磁盘作第二处备份。"
        )
        self._asker = asker
        self.verdict = data_folder.Verdict()
        self.line, self.note = QLineEdit(), label("", wrap=True)
        self.line.setAccessibleName("数据文件夹")
        row = hbox((self.line, 1), button("选择…", self._choose))
        vbox(label(told, "muted", wrap=True), row, self.note, STRETCH, on=self, spacing=12)
        self.line.textChanged.connect(self._judge)
        self.line.setText(str(proposed))

    @property
    def folder(self) -> Path:
        """The folder named."""
        return Path(self.line.text().strip())

    @override
    def isComplete(self) -> bool:
        """A folder that may be taken."""
        return not self.verdict.fault

    def _choose(self) -> None:
        chosen = self._asker.folder(self, "选择数据文件夹", self.line.text())
        if chosen is not None:
            self.line.setText(str(chosen))

    def _judge(self, _text: str) -> None:
        self.verdict = data_folder.judge(self.folder)
        found = "这个文件夹里已有台账数据，将直接打开。" if self.verdict.has_data else "可以使用。"
        say(self.note, self.verdict.fault or self.verdict.warning or found)
        tone = "must" if self.verdict.fault else "principle" if self.verdict.warning else "good"
        self.note.setStyleSheet(f"color: {theme.tone(tone)[0].name()};")
        self.completeChanged.emit()


class StartPage(QWizardPage):
    """Page 3: empty, or the sample office."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle("从哪里开始")
        self.empty = QRadioButton("空白台账：马上导入本镇的名册")
        self.sample = QRadioButton("示范数据：先用虚构的农户熟悉软件")
        self.group = QButtonGroup(self)
        self.password = QCheckBox("设置密码，加密数据文件和备份（建议：里面有身份证号和银行账号）")
        self.password.setChecked(True)
        self._known = label("", "muted", wrap=True)
        told = label("两种方式以后都可以再导入自己的名册。", "muted", wrap=True)
        vbox(told, self.empty, self.sample, 8, self.password, self._known, STRETCH, on=self, spacing=10)
        for choice in (self.empty, self.sample):
            self.group.addButton(choice)
            choice.toggled.connect(lambda _on: self._offer())
        self.empty.setChecked(True)

    def _offer(self) -> None:
        """Invented people need no password."""
        self.password.setEnabled(self.empty.isChecked() and self.empty.isEnabled())

    @override
    def initializePage(self) -> None:
        """A folder with data leaves nothing to choose."""
        wizard = self.wizard()
        has_data = isinstance(wizard, FirstStart) and wizard.folder_page.verdict.has_data
        for choice in (self.empty, self.sample):
            choice.setEnabled(not has_data)
        self._offer()
        say(self._known, "所选文件夹里已有数据，将照原样打开，不作任何改动。" if has_data else "")


class FirstStart(QWizard):
    """The three pages.

    Attributes:
        from_package: Whether a package (移交包) is to be opened instead.
    """

    def __init__(self, asker: Asker, proposed: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asker, self._proposed = asker, proposed
        self.setWindowTitle("产业扶贫工作台 — 第一次使用")
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        for which, text in (
            (QWizard.WizardButton.BackButton, "上一步"), (QWizard.WizardButton.NextButton, "下一步"),
            (QWizard.WizardButton.FinishButton, "开始使用"), (QWizard.WizardButton.CancelButton, "取消"),
        ):
            self.setButtonText(which, text)
        self.office_page, self.folder_page, self.start_page = OfficePage(), FolderPage(asker, proposed), StartPage()
        for page in (self.office_page, self.folder_page, self.start_page):
            self.addPage(page)
        self.from_package = False
        self.setOption(QWizard.WizardOption.HaveCustomButton1)
        self.setButtonText(QWizard.WizardButton.CustomButton1, "从移交包打开…")
        self.setButtonLayout([
            QWizard.WizardButton.CustomButton1, QWizard.WizardButton.CancelButton, QWizard.WizardButton.Stretch,
            QWizard.WizardButton.BackButton, QWizard.WizardButton.NextButton, QWizard.WizardButton.FinishButton,
        ])  # fmt: skip
        self.customButtonClicked.connect(lambda _which: self._from_package())
        self.resize(640, 460)

    def _from_package(self) -> None:
        """Nothing of the pages is needed: the package brings office, data and settings."""
        self.from_package = True
        self.accept()

    def again(self) -> FirstStart:
        """The pages anew with what was typed about the office, where no package was opened after all."""
        made = FirstStart(self._asker, self._proposed)
        made.office_page.fields.set_form(self.office_page.fields.form())
        return made

    def setup(self) -> Setup:
        """What was decided; call after it was accepted."""
        has_data = self.folder_page.verdict.has_data
        sample = self.start_page.sample.isChecked() and not has_data
        password = self.start_page.password.isChecked() and not has_data and not sample
        return Setup(self.folder_page.folder, self.office_page.fields.form(), sample, has_data, password)
