"""What the buttons of the awards tab do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.errors import Cancelled, Situation
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services import award_notices, awards, registers, scheme_places, schemes
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.ask import TOML
from fupin_desktop.ui.papers import tell_written
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.awards.head import Entry
from fupin_desktop.ui.tabs.awards.papers import AwardPapers
from fupin_desktop.ui.tabs.awards.state import AwardsState
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.labels import say
from fupin_desktop.ui.widgets.toolbar import ToolRow


class AwardActions:
    """Carries them out; every change goes through ``services`` and comes back to the page as a ``Change``."""

    def __init__(self, shell: Shell, state: AwardsState) -> None:
        self._shell, self._state = shell, state
        self.papers = AwardPapers(shell, state)
        state.settled.connect(self._note_kept)
        state.kept.connect(self._note_kept)
        state.failed.connect(self.tell)

    # ---- the buttons ----
    def fill(self, tools: ToolRow) -> None:
        """Put the buttons into the row above the table."""
        self.recalculate_button = tools.add(
            "重新测算", self.recalculate, primary=True, tip="重新读取名册、测算，并保存这次测算",
        )
        tools.add("导入名册…", lambda: self._shell.commanded.emit("import_register"))
        self.solve_button = tools.add("反推标准…", self.solve, tip="找出刚好用完资金的标准")
        self.xlsx_button = tools.add("导出 xlsx", self.papers.sheet.save_xlsx, right=True)
        self.print_button = tools.add_menu("打印", (
            ("打印测算表…", self.papers.sheet.print), ("打印逐户计算说明…", self.papers.working.print),
            ("打印方案文本…", self.papers.scheme.print), ("公示…", self.notice),
            ("预览测算表…", self.papers.sheet.preview), ("测算表 PDF…", self.papers.sheet.save_pdf),
            ("逐户计算说明 PDF…", self.papers.working.save_pdf), ("方案文本 PDF…", self.papers.scheme.save_pdf),
        ))
        self._note = tools.note

    def enable(self, some: bool) -> None:
        """Only a calculation with households can be worked on."""
        for one in (self.recalculate_button, self.solve_button, self.xlsx_button, self.print_button):
            one.setEnabled(some)

    def _note_kept(self) -> None:
        """Say when the calculation was last kept, and how many awards are different since."""
        desk, last = self._state.desk, self._state.last_kept
        if desk is None:
            say(self._note, "")
        elif last is None:
            say(self._note, "还没有保存过测算" if desk.result.awards else "")
        else:
            differing = last.differing(desk.result)
            changed = f"，之后 {differing} 户有变动" if differing else ""
            say(self._note, f"{last.line.at:%m-%d %H:%M} 保存{changed}")

    def tell(self, trouble: BaseException) -> None:
        """Tell a situation; anything else goes the way of bugs."""
        if isinstance(trouble, Situation):
            self._shell.ask.situation(self._shell.window, trouble)
        elif not isinstance(trouble, Cancelled):
            raise trouble

    def fill_the_gap(self) -> None:
        """The button of the empty page: a first scheme, or a register."""
        if self._state.desk is None:
            self.new_scheme()
        else:
            self._shell.commanded.emit("import_register")

    # ---- calculating ----
    def recalculate(self) -> None:
        """Read the register again, calculate, and keep the run."""
        bench, key = self._shell.bench, self._state.key
        if key:
            self._shell.run("正在测算", lambda report: awards.recalculate(bench, key, progress=report), self._kept_run)

    def _kept_run(self, _change: Change) -> None:
        self._state.reload_wanted.emit()

    def fill_taking(self, word: Participation, problem: Problem) -> None:
        """Register how the households take part of whom nothing is said; one undo takes all back."""
        bench, keys = self._shell.bench, problem.subjects
        edits = [CellEdit(key, "kind", word.label) for key in keys]
        title = f"补填参与情况“{word.label}”，{len(keys)} 户"
        self._shell.run(
            "正在补填", lambda _report: registers.set_cells(bench, HOUSEHOLDS, edits, title), cancellable=False
        )

    def solve(self) -> None:
        """反推标准."""
        from fupin_desktop.ui.dialogs.solve import SolveDialog

        desk = self._state.desk
        if desk is None:
            return
        dialog = SolveDialog(self._shell, desk, frozen=self._state.frozen)
        if self._shell.ask.run(dialog) and dialog.scheme is not None:
            self.keep(dialog.scheme)

    def what_if(self) -> None:
        """试算对比."""
        from fupin_desktop.ui.dialogs.what_if import WhatIfDialog

        desk = self._state.desk
        if desk is None:
            return
        dialog = WhatIfDialog(self._shell, desk, frozen=self._state.frozen)
        if self._shell.ask.run(dialog):
            self.keep(dialog.scheme)

    def show_chart(self) -> None:
        """The large chart."""
        from fupin_desktop.ui.tabs.awards.chart import ChartDialog

        result = self._state.result
        if result is not None:
            self._shell.ask.run(ChartDialog(result.totals, self._state.shares, self._shell.window))

    def show_differences(self) -> None:
        """What the register would give now, beside what was posted."""
        from fupin_desktop.ui.dialogs.differences import DifferencesDialog

        posted, desk = self._state.posted, self._state.desk
        if posted is not None and desk is not None:
            compared = awards.compare(posted.result, desk.result)
            self._shell.ask.run(DifferencesDialog(compared, self._shell.window))

    def correct_list(self) -> None:
        """更正名单: the calculation as it would be now is kept, and 公示备案 offers to post what it changes."""
        if self._shell.may_change():
            self._keep_live("正在测算", lambda key: self._shell.wanted.emit(Target("publicity", "awards", key)))

    # ---- the scheme ----
    def correct(self) -> None:
        """另拟更正方案: a corrected scheme beside the posted one, to be decided and published anew."""
        bench, key = self._shell.bench, self._state.key
        text = "照抄项目、标准和资金，另成一份“更正”方案；请重新议定、测算和公示。原来的方案和公示保留。"
        if self._shell.ask.question(self._shell.window, "另拟更正方案", text, yes="另拟"):
            self._shell.do(lambda: schemes.correct(bench, key), self._show_kept)

    def keep(self, scheme: AwardScheme, key: str | None = None) -> None:
        """Save a scheme in the place of the one shown."""
        bench = self._shell.bench
        kept = key if key is not None else self._state.key
        self._shell.do(lambda: schemes.save(bench, kept or None, scheme), self._show_kept)

    def _show_kept(self, change: Change) -> None:
        self._state.show_key(change.keys[0])

    def edit(self) -> None:
        """编辑方案."""
        desk = self._state.desk
        bench, key = self._shell.bench, self._state.key
        scheme = desk.scheme if desk else self._shell.read(lambda: schemes.load(bench, key)) if key else None
        if scheme is not None:
            self._open_editor(scheme, key)

    def _open_editor(self, scheme: AwardScheme, key: str) -> None:
        from fupin_desktop.ui.dialogs.schemes.scheme import SchemeDialog

        frozen = bool(key) and self._state.frozen
        dialog = SchemeDialog(self._shell, scheme, desk=self._state.desk, new=not key, frozen=frozen)
        if self._shell.ask.run(dialog) and dialog.scheme is not None:
            self.keep(dialog.scheme, key)

    def new_scheme(self) -> None:
        """新建方案 for a village, in the editor."""
        if not self._shell.may_change():
            return
        bench, ask = self._shell.bench, self._shell.ask
        names = self._shell.read(lambda: scheme_places.names(bench)) or []
        if not names:
            ask.message(self._shell.window, "新建方案", "还没有村。请先导入农户名册，或在农户台账里新增农户。")
            return
        place = ask.choose(self._shell.window, "新建方案", "哪个村的方案：", names)
        if place is not None:
            scheme = self._shell.read(lambda: schemes.blank(bench, names[place]))
            if scheme is not None:
                self._open_editor(scheme, "")

    def copy_to_year(self) -> None:
        """复制 into another year, or as a further batch of this one."""
        bench, ask = self._shell.bench, self._shell.ask
        desk = self._state.desk
        if desk is None:
            return
        year = desk.scheme.year
        options = [f"{year} 年度 新批次", f"{year + 1} 年度"]
        place = ask.choose(self._shell.window, "复制方案", "项目和标准照抄，议定和资金要重新填。复制为：", options)
        if place is None:
            return
        batch = ask.text(self._shell.window, "复制方案", "批次名称：", "第二批") if place == 0 else ""
        if batch is None:
            return
        key = self._state.key
        self._shell.do(lambda: schemes.copy_to_year(bench, key, year + place, batch=batch),
                       lambda change: self._copied(change, year + place))

    def _copied(self, change: Change, year: int) -> None:
        if year == self._shell.bench.year:
            self._show_kept(change)
        else:
            self._shell.ask.message(self._shell.window, "复制方案", f"已复制到 {year} 年度；切换年度后可以看到。")

    def copy_last_year(self) -> None:
        """复制上年: the rules of a scheme of the year before."""
        bench, ask = self._shell.bench, self._shell.ask
        lines = self._shell.read(lambda: schemes.all(bench, bench.year - 1)) or ()
        if not lines:
            ask.message(self._shell.window, "复制上年", f"{bench.year - 1} 年度没有方案。")
            return
        place = ask.choose(self._shell.window, "复制上年", "照抄哪一份：", [line.called for line in lines])
        if place is not None:
            self._shell.do(lambda: schemes.copy_to_year(bench, lines[place].key, bench.year), self._show_kept)

    def import_toml(self) -> None:
        """导入方案文件; it opens in the editor and is kept from there."""
        path = self._shell.ask.open_file(self._shell.window, "导入方案文件", TOML)
        scheme = self._shell.read(lambda: schemes.read_file(path)) if path else None
        if scheme is not None:
            self._open_editor(scheme, "")

    def export_toml(self) -> None:
        """导出方案文件."""
        desk = self._state.desk
        if desk is None:
            return
        scheme = desk.scheme
        path = self._shell.ask.save_file(self._shell.window, "导出方案文件", f"{scheme.name}.toml", TOML)
        if path is not None:
            self._shell.read(lambda: self._write_toml(scheme, path), lambda _done: tell_written(self._shell, path))

    @staticmethod
    def _write_toml(scheme: AwardScheme, path: Path) -> bool:
        schemes.write_file(scheme, path)
        return True

    def remove(self) -> None:
        """删除方案."""
        bench, desk, key = self._shell.bench, self._state.desk, self._state.key
        name = desk.scheme.name if desk else "这份方案"
        text = f"删除“{name}”和它保存过的测算。可以撤销。"
        if key and self._shell.ask.question(self._shell.window, "删除方案", text, yes="删除", danger=True):
            self._shell.do(lambda: schemes.remove(bench, key))

    def scheme_menu(self) -> list[Entry]:
        """Entries of the menu 方案, as the scheme stands."""
        entries: list[Entry] = [("新建方案…", self.new_scheme), ("复制上年…", self.copy_last_year)]
        if self._state.desk is not None:
            entries.append(("复制这份方案…", self.copy_to_year))
        entries += [None, ("导入方案文件 (TOML)…", self.import_toml)]
        if self._state.desk is None:
            return entries
        entries += [("导出方案文件 (TOML)…", self.export_toml), ("方案文本 PDF…", self.papers.scheme.save_pdf), None]
        entries += [("试算对比…", self.what_if), ("资金台账", self.funds), *self._moves()]
        return [*entries, None, ("改动记录…", self.show_changes), ("删除方案…", self.remove)]

    def show_changes(self) -> None:
        """Every operation on the scheme and its calculations."""
        from fupin_desktop.services.change_log import Wanted
        from fupin_desktop.ui.dialogs.changes import show_changes

        desk = self._state.desk
        if desk is not None:
            show_changes(self._shell, Wanted(key=self._state.key), desk.scheme.name)

    def _moves(self) -> list[Entry]:
        state = self._state.scheme_state
        if state is SchemeState.PUBLISHED:
            return [("到“公示备案”办理…", self.publicity), ("查看、撤回公示…", self.notice)]
        if state is SchemeState.FILED:
            return [("到“公示备案”看备案…", self.publicity)]
        return []

    def publicity(self) -> None:
        """公示备案: the scheme's notice with its objections, result and filing."""
        self._shell.wanted.emit(Target("publicity", "awards", self._state.key))

    def write_reason(self, problem: Problem) -> None:
        """填写说明 of a principle problem; kept in the scheme, printed and listed."""
        desk = self._state.desk
        if desk is None:
            return
        asked = f"{problem.sentence}\n请写明理由(会写进方案和测算)："
        text = self._shell.ask.text(self._shell.window, "填写说明", asked, problem.reason, long=True)
        if text is None:
            return
        reasons = {code: reason for code, reason in desk.scheme.reasons.items() if code != problem.code}
        if text:
            reasons[problem.code] = text
        self.keep(replace(desk.scheme, reasons=reasons))

    # ---- money and notice ----
    def funds(self) -> None:
        """资金台账: what came in, what is used and left."""
        self._shell.wanted.emit(Target("funds", "ledger"))

    def notice(self) -> None:
        """生成公示; of a published scheme, the notice that was posted."""
        desk = self._state.desk
        if desk is None:
            return
        if self._state.frozen:
            self._posted()
            return
        if not self._shell.may_change():
            return
        self._keep_live("正在准备公示", self._notice_ready)

    def _keep_live(self, title: str, done: Callable[[str], object]) -> None:
        """Keep the calculation that is shown live, unless it is the one kept last; then go on with the scheme's key."""
        desk = self._state.desk
        if desk is None:
            return
        bench, key, live = self._shell.bench, self._state.key, desk.result

        def ready(report: Report) -> Change | None:
            run = awards.latest_run(bench, key)
            if run is not None and run.result == live:
                return None
            return awards.recalculate(bench, key, progress=report)

        self._shell.run(title, ready, lambda _made: done(key))

    def _notice_ready(self, key: str) -> None:
        from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog

        dialog = NoticeDialog(self._shell, "awards", key)
        self._shell.ask.run(dialog)
        if dialog.posted:
            self._shell.wanted.emit(Target("publicity", "awards", key))

    def _posted(self) -> None:
        from fupin_desktop.ui.dialogs.publicity.posted import PostedDialog

        bench, key = self._shell.bench, self._state.key
        lines = self._shell.read(lambda: award_notices.all(bench, bench.year)) or ()
        mine = [line for line in lines if line.scheme_key == key]
        self._shell.ask.run(PostedDialog(self._shell, mine))
