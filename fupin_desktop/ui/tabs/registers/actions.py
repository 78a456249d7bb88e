"""What the buttons above a register do: add, remove, import, export, choose what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain.masking import MASKS
from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, Register, Row
from fupin_desktop.services.registers.act import Act
from fupin_desktop.services.registers.columns import names_parent
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.papers import tell_written
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.opened import OpenedRegister
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.tasks import Report

_MANY = 200
_PLACED_BY = 4
_STARRED, _FULL = "也遮蔽中间几位", "写完整号码"
VILLAGE = "village"


class RegisterActions:
    """Serves the tab's buttons and menu entries.

    Args:
        state: Knows the register in front.
        table: Knows the chosen rows.
    """

    def __init__(self, shell: Shell, state: State, table: RegisterTable) -> None:
        self._shell, self._state, self._table = shell, state, table
        table.delete_asked.connect(self.remove_chosen)
        table.add_asked.connect(self.add)

    # ---- records ----
    def add(self) -> None:
        """Ask for a new record; where no field says what it belongs to, it belongs to what the current one does."""
        from fupin_desktop.ui.dialogs.record import RecordDialog

        state, register = self._state, self._state.register
        if state.fixed or not self._shell.may_change():
            return
        belongs_to, owner = state.owner.key, state.owner.name
        if register.parent is not None and not belongs_to and not names_parent(register):
            row = state.front.model.row_at(self._table.at.row)
            if row is None or not row.parent:
                self._shell.said.emit(f"请先选中一行，新增的{register.title}和它同属一{register.parent.word}")
                return
            belongs_to, owner = row.parent, f"和选中的一行同属一{register.parent.word}：{self._owner(row)}"
        dialog = RecordDialog(self._shell, register, belongs_to, self._shell.window, owner=owner)
        if dialog.fields.get(VILLAGE) is not None and state.front.query.village:
            dialog.put(VILLAGE, state.front.query.village)
        if self._shell.ask.run(dialog) and dialog.added:
            state.select(dialog.added)

    def _owner(self, row: Row) -> str:
        """What a record belongs to, by the columns that come from there."""
        infos = registers.columns(self._state.register)
        found = [cell for info, cell in zip(infos, row.cells, strict=True) if not info.editable and cell]
        return " ".join(found[:_PLACED_BY])

    def remove_chosen(self) -> None:
        """Remove the chosen rows, after saying what goes with them."""
        front, bench = self._state.front, self._shell.bench
        ranges = self._table.chosen_rows()
        keys = self._shell.read(lambda: [key for span in ranges for key in front.model.keys_between(*span)])
        if self._state.fixed or keys is None:
            return
        if not keys:
            front.edits.drop(front.edits.new)
            return
        self._shell.read(
            lambda: registers.removal_notice(bench, front.register, keys),
            lambda notice: self._remove(front, keys) if self._agreed(front.register, notice) else None,
        )

    def _agreed(self, register: Register, notice: str) -> bool:
        ask = self._shell.ask
        return ask.question(self._shell.window, f"删除{register.title}", notice, yes="删除", danger=True)

    def _remove(self, front: OpenedRegister, keys: list[str]) -> None:
        bench, register = self._shell.bench, front.register
        gone = set(keys)
        front.edits.drop([cell for cell in front.edits.cells if cell[0] in gone])
        if len(keys) <= _MANY:
            self._shell.do(lambda: registers.remove(bench, register, keys))
        else:
            self._shell.run(
                f"正在删除 {len(keys):,} 条", lambda _report: registers.remove(bench, register, keys),
                cancellable=False,
            )

    # ---- find and replace ----
    def replace(self) -> None:
        """Find a text in the rows looked at and put another in its place, after telling how many cells it is."""
        from fupin_desktop.services.registers.replacing import replacements
        from fupin_desktop.ui.dialogs.replace import ReplaceDialog

        front, bench, at = self._state.front, self._shell.bench, self._table.at
        if self._state.fixed or not self._shell.may_change():
            return
        info = front.model.info(at.column) if at.column >= 0 else None
        heading = info.label if info is not None and info.editable else ""
        dialog = ReplaceDialog(heading, front.model.total, self._shell.window)
        if not self._shell.ask.run(dialog):
            return
        only = dialog.one_column and info is not None
        names = [info.key] if only and info is not None else list(front.layout.shown)
        query, find, put, whole = front.query, dialog.wanted.text(), dialog.put.text(), dialog.whole.isChecked()
        self._shell.run(
            "正在查找", lambda _report: replacements(bench, query, names, find, put, whole=whole),
            lambda edits: self._replace(front, edits, find, put),
        )

    def _replace(self, front: OpenedRegister, edits: list[CellEdit], find: str, put: str) -> None:
        ask, window = self._shell.ask, self._shell.window
        if not edits:
            ask.message(window, "查找和替换", f"现在列出的行里没有“{find}”。表格没有变动。")
            return
        text = f"找到 {len(edits):,} 格，要把“{find}”都换成“{put}”吗？可以整体撤销。"
        if ask.question(window, "查找和替换", text, yes=f"替换 {len(edits):,} 格"):
            front.edits.put(edits, f"替换“{find}”，{len(edits)} 格")

    def may_leave(self) -> bool:
        """Whether the window, or the dialog of one owner's rows, may close although refused texts wait."""
        refused, owned = self._state.refused, bool(self._state.owner.key)
        if not refused:
            return True
        where = self._state.title if owned else f"{self._state.registers[0].title}台账"
        way = "关闭" if owned else "退出"
        text = f"{where}里还有 {refused} 格内容没有写入(标红的格子)，{way}后会丢失。"
        return self._shell.ask.question(self._shell.window, "还有内容没有写入", text, yes=f"仍要{way}", danger=True)

    # ---- files ----
    def import_register(self, path: Path | None = None) -> None:
        """Open the import wizard, with a file where one was dropped on the tab."""
        from fupin_desktop.services.imports.importers import importer_of
        from fupin_desktop.ui.importing.wizard import ImportWizard

        if self._state.fixed or not self._shell.may_change():
            return
        importer = importer_of(self._state.register, self._state.owner.key)
        wizard = ImportWizard(self._shell, self._shell.window, importer=importer)
        if path is not None:
            wizard.file_page.take(path)
        self._shell.ask.run(wizard)
        if self._table.isVisible():
            self._table.setFocus()  # 撤销 by the keyboard means the import, not what was typed in the search box

    def export(self) -> None:
        """Write the rows and columns looked at to a workbook, masked where the screen is and the clerk wants it so."""
        from fupin_desktop.services import exports

        front, bench = self._state.front, self._shell.bench
        query, shown, title = front.query, list(front.layout.shown), self._state.title
        masked = self._masked(shown)
        if masked is not None:
            self._write(
                title,
                lambda path, report: exports.export_query(
                    bench, query, path, columns=shown, masked=masked, title=title, progress=report
                ),
            )

    def print_rows(self) -> None:
        """Print the rows looked at, or see them first: the columns are chosen, headings stand on every page."""
        from fupin_desktop.services import exports
        from fupin_desktop.ui.tabs.registers.columns import PrintDialog

        front, bench = self._state.front, self._shell.bench
        query, title = front.query, self._state.title
        dialog = PrintDialog(front.register, list(front.layout.shown), self._shell.window)
        if not self._shell.ask.run(dialog) or not dialog.chosen():
            return
        columns, size, masked = dialog.chosen(), dialog.paper_size, self._masked(dialog.chosen())
        if masked is None:
            return

        def fill() -> FilledForm:
            return exports.query_paper(bench, query, columns=columns, size=size, masked=masked, title=title)

        self._put_out(front.register.name, title, fill, looks=dialog.looks)

    def _put_out(self, name: str, title: str, fill: Callable[[], FilledForm], *, looks: bool) -> None:
        """Print pages, or show them with what prints and saves them."""
        from fupin_desktop.services import printing
        from fupin_desktop.ui.ask import PDF
        from fupin_desktop.ui.paper.preview import PreviewDialog
        from fupin_desktop.ui.papers import save_paper
        from fupin_desktop.ui.printing.front import print_paper

        shell, paper = self._shell, printing.form_paper(name, "", title, fill)
        if not looks:
            print_paper(shell, paper)
            return

        def save() -> None:
            save_paper(shell, "保存 PDF", f"{title}.pdf", PDF, lambda path: printing.write_pdf(paper, path))

        def show(filled: FilledForm) -> None:
            printed = partial(print_paper, shell, paper)
            shell.ask.run(PreviewDialog(filled, [("保存 PDF…", save)], shell.window, printing=printed))

        shell.run("正在排版", lambda _report: fill(), show)

    def _masked(self, columns: Sequence[str]) -> bool | None:
        """Whether numbers go out starred: as the clerk says where the screen is masked; None where cancelled."""
        kinds = {info.kind for info in registers.columns(self._state.register) if info.key in columns}
        if not self._state.masked or not kinds & MASKS.keys():
            return False
        text = "屏幕上遮蔽着证件号码、电话和银行卡号。写出来的文件里："
        place = self._shell.ask.choose(self._shell.window, "遮蔽号码", text, [_STARRED, _FULL])
        return None if place is None else place == 0

    def export_whole(self, register: Register) -> None:
        """Write a register with all its columns, to be changed in a spreadsheet program and imported again."""
        from fupin_desktop.services import exports

        bench = self._shell.bench
        title = sheet_title(register)
        self._write(title, lambda path, report: exports.write_register(bench, register, path, progress=report))

    def export_front(self) -> None:
        """Write the register in front with all its columns."""
        self.export_whole(self._state.register)

    def write_blank(self) -> None:
        """空白登记表: the workbook of any register to fill in, that of the one in front proposed."""
        from fupin_desktop.services import exports
        from fupin_desktop.services.registers import registry

        shell, front = self._shell, self._state.register
        found = [one for one in registry.all() if not one.computed_by]
        order = sorted(found, key=lambda one: one is not front)
        place = shell.ask.choose(shell.window, "空白登记表", "填哪一本台账：", [sheet_title(one) for one in order])
        if place is None:
            return
        register, title = order[place], sheet_title(order[place])
        path = shell.ask.save_file(shell.window, "空白登记表", f"空白{title}.xlsx", XLSX)
        if path is not None:
            shell.run(
                "正在写空白登记表", lambda _report: exports.write_blank(shell.bench, register, path),
                lambda _done: tell_written(
                    shell, path, f"已写出空白的{title}。填好以后，在“{register.title}”里导入。", title="空白登记表"
                ), cancellable=False,
            )

    def export_laid(self) -> None:
        """Write the register in front in the layout of a known system, or in that of a list that was imported."""
        from fupin_desktop.services import layout_exports

        shell, register = self._shell, self._state.register
        known = shell.read(lambda: layout_exports.layouts(shell.bench, register))
        if not known:
            text = f"还没有导入过{register.title}的名单，也没有国家、省系统的表头可用。可以用“整本台账”导出。"
            shell.ask.message(shell.window, "按别的表头导出", text)
            return
        text = "按哪种表头写？没有对应的列，写回导入时留存的内容，没有留存的空着。"
        place = shell.ask.choose(shell.window, "按别的表头导出", text, [one.name for one in known])
        if place is not None:
            chosen, bench = known[place], shell.bench
            self._write(chosen.name.replace("“", "").replace("”", ""), lambda path, report: layout_exports.write_layout(
                bench, register, chosen, path, progress=report
            ))

    def show_sums(self) -> None:
        """The rows looked at, counted and summed by town and village."""
        from fupin_desktop.services.registers.by_village import by_village
        from fupin_desktop.ui.dialogs.table import show_table

        shell, query = self._shell, self._state.front.query
        found = shell.read(lambda: by_village(shell.bench, query))
        if found is not None:
            show_table(shell, f"{query.register.title}按村合计", found.headings, found.rows)

    def papers(self) -> list[tuple[str, Callable[[], None]]]:
        """Title and preview of each paper of the register in front, and its board."""
        from fupin_desktop.services import boards
        from fupin_desktop.services.documents import registry as types

        register = self._state.register
        made: list[tuple[str, Callable[[], None]]] = []
        for form in register.papers:
            kind = types.of(form)
            made.append((f"{kind.title}…", partial(self.show_paper, form)))
            if kind.public:
                made.append((f"{kind.title}(公开的一份，{kind.public})…", partial(self.show_paper, form, public=True)))
        if register.board:
            made.append((f"{boards.TITLES[register.board]}…", self.show_board))
        return made

    def show_paper(self, form: str, *, public: bool = False) -> None:
        """Preview a paper about the rows looked at, or about the chosen one."""
        from fupin_desktop.services.documents import computed
        from fupin_desktop.services.ledger_papers import LedgerSubject
        from fupin_desktop.ui.paper_actions import PaperActions

        bench, query = self._shell.bench, self._state.front.query
        row = self._state.front.model.row_at(self._table.at.row)
        subject = LedgerSubject(bench, query, row.key if row is not None else "", public)
        PaperActions(self._shell, lambda: computed.paper(bench, form, subject), query.register.name).preview()

    def acts(self) -> list[tuple[str, Callable[[], None]]]:
        """Title and operation of each act of the register in front."""
        return [(one.title, partial(self.do_act, one)) for one in self._state.register.acts]

    def do_act(self, act: Act) -> None:
        """Ask what an act needs, then do it."""
        from fupin_desktop.ui.dialogs.act import ActDialog

        row = self._state.front.model.row_at(self._table.at.row) if act.chosen else None
        dialog = ActDialog(self._shell, act, row.key if row is not None else "")
        self._shell.ask.run(dialog)

    def show_board(self) -> None:
        """The board that the register in front belongs to."""
        from fupin_desktop.services.boards import BOARDS
        from fupin_desktop.ui.dialogs.board import BoardDialog

        shell, query = self._shell, self._state.front.query
        found = shell.read(lambda: BOARDS[query.register.board](shell.bench))
        if found is not None:
            shell.ask.run(BoardDialog(shell, found, query, shell.window))

    def whole_exports(self) -> list[Register]:
        """The registers of the tab that are written whole; those that are rows of another's sheet go with that."""
        if self._state.owner.key:
            return []
        rows = {one.sheet.rows for one in self._state.registers if one.sheet is not None}
        return [one for one in self._state.registers if one not in rows]

    def _write(self, title: str, write: Callable[[Path, Report], int]) -> None:
        """Ask for the place, write in the background, say where it is."""
        name = f"{title}-{self._shell.today:%Y%m%d}.xlsx"
        path = self._shell.ask.save_file(self._shell.window, f"导出{title}", name, XLSX)
        if path is not None:
            self._shell.run(
                f"正在导出{title}", lambda report: write(path, report),
                lambda rows: self._written(path, rows),
            )

    def _written(self, path: Path, rows: int) -> None:
        """Say where it is, and offer to go there."""
        tell_written(self._shell, path, f"已导出 {rows:,} 行到“{path}”。", title="已导出")


def sheet_title(register: Register) -> str:
    """Title of the workbook in which a register is changed and imported again."""
    return register.sheet.title if register.sheet is not None else f"{register.title}登记表"
