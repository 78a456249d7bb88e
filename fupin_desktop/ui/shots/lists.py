"""Pictures of lists that leave something open, of what is kept of them, and of layouts to go out in; see ``shots``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from fupin_desktop.override import override
from fupin_desktop.services import exports
from fupin_desktop.services.list_layouts.presets import presets
from fupin_desktop.services.registers import HOUSEHOLDS, Query, columns, registry, window
from fupin_desktop.ui.ask import Asker

if TYPE_CHECKING:
    from fupin_desktop.ui.importing.wizard import ImportWizard
    from fupin_desktop.ui.main_window import MainWindow

_SHEET, _COLUMNS, _PREVIEW = 1, 2, 3
Rows = tuple[Sequence[str], Sequence[Sequence[str]]]


def _wizard(front: MainWindow, rows: Rows, page: int, register: str = "") -> ImportWizard:
    """A page of the import wizard with a list."""
    from fupin_desktop.services.imports.importers import importer_of
    from fupin_desktop.ui.importing.wizard import ImportWizard

    shell = front.shell
    wizard = ImportWizard(shell, importer=importer_of(registry.of(register or "households")))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "村里报来的名册.xlsx"
        exports.write_rows(shell.bench, "名册", *rows, path)
        wizard.file_page.take(path)
        shell.tasks.wait()
        QApplication.processEvents()
    while wizard.stack.currentIndex() < page and wizard.page.ready():
        wizard.page.go_on()
        shell.tasks.wait()
        QApplication.processEvents()
    return wizard


def _known(front: MainWindow, register: str, *keys: str) -> list[tuple[str, ...]]:
    """Some columns of the first records of a register."""
    described, bench = registry.of(register), front.shell.bench
    places = [[one.key for one in columns(described)].index(key) for key in keys]
    rows = window(bench, Query(described, bench.year), 0, 6)
    return [tuple([row.cells[place] for place in places]) for row in rows]


def without_year(front: MainWindow) -> QDialog:
    """Results of a list that names no year: the year at work is proposed."""
    known = _known(front, HOUSEHOLDS.name, "code", "head_name", "village")
    rows = [(*one, "水稻", "亩", "3.5") for one in known]
    return _wizard(front, (("户编号", "户主姓名", "行政村", "产品", "计量单位", "验收数量"), rows), _SHEET)


def without_heads(front: MainWindow) -> QDialog:
    """Persons of whom nothing says who is the head."""
    known = _known(front, "persons", "village", "household_code", "name", "sex")
    return _wizard(front, (("行政村", "户编号", "姓名", "性别"), known), _SHEET)


def number_of_other(front: MainWindow) -> QDialog:
    """Numbers that belong to other households."""
    known = _known(front, HOUSEHOLDS.name, "code", "head_name", "village")
    names = [f"{name[0]}改名" if place < 2 else name for place, (_code, name, _village) in enumerate(known)]
    rows = [(code, name, where, "4") for (code, _name, where), name in zip(known, names, strict=True)]
    return _wizard(front, (("户编号", "户主姓名", "行政村", "家庭人口数"), rows), _PREVIEW)


def contract_of_other(front: MainWindow) -> QDialog:
    """A contract that belongs to another household."""
    keys = ("contract_no", "bank", "amount", "lent_on", "due_on", "rate", "purpose")
    heads = [one[0] for one in _known(front, "microcredits", "head_name")]
    loans = _known(front, "microcredits", *keys)
    names = [*heads[1:], heads[0]] if heads else []
    headings = ("户主姓名", "合同号", "贷款银行", "贷款金额(元)", "放款日", "到期日", "年利率(%)", "用途")
    rows = [(name, *loan) for name, loan in zip(names, loans, strict=True)]
    return _wizard(front, (headings, rows), _PREVIEW, "microcredits")


def kept(front: MainWindow) -> QDialog:
    """The list of a known system: columns that no register has are kept."""
    headings = [one.heading for one in next(one for one in presets() if one.id == "national_households").columns]
    known = _known(front, HOUSEHOLDS.name, "code", "head_name", "village")
    given = [{"户编号": code, "户主姓名": name, "村": village} for code, name, village in known]
    rows = [[one.get(heading, "是" if heading.startswith("是否") else "") for heading in headings] for one in given]
    return _wizard(front, (headings, rows), _COLUMNS)


class _Seen(Asker):
    """An asker that keeps the dialog it is to run."""

    dialog: QDialog | None = None

    @override
    def run(self, dialog: QDialog) -> bool:
        """Keep it."""
        self.dialog = dialog
        return False


def layouts(front: MainWindow) -> QDialog | None:
    """The layouts in which the households can be written."""
    from fupin_desktop.ui.tabs.registers.tab import RegisterTab

    tab, usual = front.show_tab(HOUSEHOLDS.name), front.shell.ask
    assert isinstance(tab, RegisterTab)
    tab.state.show(HOUSEHOLDS)
    front.shell.ask = seen = _Seen()
    try:
        tab.register_actions.export_laid()
    finally:
        front.shell.ask = usual
    return seen.dialog


PICTURES: dict[str, Callable[[MainWindow], QDialog | None]] = {
    "import_without_year": without_year, "import_without_heads": without_heads, "import_kept": kept,
    "import_number_of_other": number_of_other, "import_contract_of_other": contract_of_other,
    "dialog_layouts": layouts,
}  # fmt: skip
