"""The tabs of the main window and the commands they bring to its menus; a further tab is one more entry here."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import NamedTuple

from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab

MENUS = (("file", "文件(&F)"), ("edit", "编辑(&E)"), ("data", "数据(&D)"), ("print", "打印(&P)"), ("tools", "工具(&T)"),
         ("help", "帮助(&H)"))


class Command(NamedTuple):
    """A menu entry that brings a tab to the front and calls something of it.

    Attributes:
        key: Stable name, e.g. ``import_register``.
        text: Menu text, with … where a dialog follows.
        menu: Key of ``MENUS``.
        call: What is called without arguments, as it is reached from the tab: ``print_paper``, ``papers.export``.
        shortcut: As in Office, e.g. ``Ctrl+I``; empty for none.
        on_home: Text of its button under 常用 on the first page; empty for none.
        group: The submenu it stands in, so that no menu is longer than a small screen is high; empty for none.
        view: Which view of the tab it is for, and is called from; empty where the tab has one.
    """

    key: str
    text: str
    menu: str
    call: str
    shortcut: str = ""
    on_home: str = ""
    group: str = ""
    view: str = ""


class TabSpec(NamedTuple):
    """A tab: its module is imported when it is first shown.

    Attributes:
        key: Stem of the noun, as in ``services.overview.Target.tab``.
        title: Shown on the strip.
        module: Where the class is.
        class_name: An ``OfficeTab``.
        commands: What it brings to the menus.
        registers: Names of the registers that a ``RegisterTab`` shows; empty for other tabs.
        sections: Whether it shows every register of its own that stands in a group.
    """

    key: str
    title: str
    module: str
    class_name: str
    commands: tuple[Command, ...] = ()
    registers: tuple[str, ...] = ()
    sections: bool = False

    def make(self, shell: Shell) -> OfficeTab:
        """Import the tab's class, and make one."""
        made = getattr(import_module(self.module), self.class_name)
        if not self.registers and not self.sections:
            tab: OfficeTab = made(shell)
        else:
            from fupin_desktop.services.registers import registry

            shown = registry.grouped(self.key) if self.sections else [registry.of(name) for name in self.registers]
            tab = made(shell, shown)
        return tab


_papers, _ledger = partial(Command, view="papers"), partial(Command, view="ledger")
"""Commands of the two views of 资金审批."""

TABS: tuple[TabSpec, ...] = (
    TabSpec("home", "首页", "fupin_desktop.ui.tabs.home", "HomeTab", (
        Command("year_overview", "领导一页情况…", "print", "show_year_overview"),
    )),
    TabSpec("applications", "村镇申报", "fupin_desktop.ui.tabs.applications.tab", "ApplicationsTab", (
        Command("new_application", "新建申报表…", "data", "document_actions.new", "", "填写申报表"),
        Command("edit_village", "村资料…", "data", "edit_village"),
        Command("preview_application", "预览申报表…", "print", "preview_document", group="申报表"),
        Command("print_application", "打印申报表…", "print", "print_paper", group="申报表"),
        Command("print_applications", "批量打印申报表…", "print", "document_actions.print_many", group="申报表"),
        Command("application_pdf", "申报表 PDF…", "print", "save_pdf", group="申报表"),
        Command("application_xlsx", "申报表 xlsx…", "print", "save_xlsx", group="申报表"),
        Command("export_applications", "批量导出申报表…", "print", "document_actions.export", group="申报表"),
    )),
    TabSpec("households", "农户台账", "fupin_desktop.ui.tabs.registers.tab", "RegisterTab", (
        Command("import_register", "导入农户名册…", "data", "register_actions.import_register", "Ctrl+I",
                "导入农户名册"),
        Command("export_register", "导出农户台账…", "data", "register_actions.export", "", "导出农户台账"),
        Command("blank_register", "空白登记表…", "data", "register_actions.write_blank"),
        Command("replace_in_register", "查找和替换…", "edit", "register_actions.replace", "Ctrl+H"),
        Command("print_register", "打印农户台账…", "print", "print_paper"),
    ), ("households", "farm_items", "persons")),
    TabSpec("ledgers", "台账", "fupin_desktop.ui.tabs.registers.ledgers", "LedgersTab", (
        Command("import_ledgers", "导入台账…", "data", "register_actions.import_register"),
        Command("export_ledgers", "导出台账…", "data", "register_actions.export"),
        Command("print_ledgers", "打印台账…", "print", "print_paper"),
    ), sections=True),
    TabSpec("awards", "奖补测算", "fupin_desktop.ui.tabs.awards.tab", "AwardsTab", (
        Command("recalculate", "重新测算", "data", "award_actions.recalculate", "F9", group="奖补测算"),
        Command("new_scheme", "新建奖补方案…", "data", "award_actions.new_scheme", group="奖补测算"),
        Command("edit_scheme", "编辑奖补方案…", "data", "award_actions.edit", group="奖补测算"),
        Command("print_award_sheet", "打印测算表…", "print", "print_paper"),
        Command("print_sheet", "测算表 PDF…", "print", "award_actions.papers.sheet.save_pdf"),
        Command("print_working", "逐户计算说明 PDF…", "print", "award_actions.papers.working.save_pdf"),
        Command("make_notice", "生成公示…", "print", "award_actions.notice", "", "生成公示"),
    )),
    TabSpec("funds", "资金审批", "fupin_desktop.ui.tabs.funds.tab", "FundsTab", (
        _papers("new_fund_paper", "新建呈批表…", "data", "document_actions.new", "", "新建呈批表", group="资金审批"),
        _ledger("add_fund", "登记资金…", "data", "ledger_actions.add_source", "", "登记资金", group="资金审批"),
        _ledger("import_ledger", "导入资金台账…", "data", "papers.bring", group="资金审批"),
        _papers("print_fund_paper", "打印呈批审批表…", "print", "print_paper", group="呈批审批表"),
        _papers("print_fund_papers", "批量打印呈批审批表…", "print", "document_actions.print_many", group="呈批审批表"),
        _papers("fund_paper_pdf", "呈批审批表 PDF…", "print", "save_pdf", group="呈批审批表"),
        _papers("export_fund_papers", "批量导出呈批审批表…", "print", "document_actions.export", group="呈批审批表"),
        _ledger("print_ledger", "打印资金台账…", "print", "papers.ledger.print", group="资金台账"),
        _ledger("ledger_xlsx", "资金台账 xlsx…", "print", "papers.ledger.save_xlsx", group="资金台账"),
        _ledger("ledger_pdf", "资金台账 PDF…", "print", "papers.ledger.save_pdf", group="资金台账"),
        _ledger("balances_pdf", "资金结存表 PDF…", "print", "papers.balances.save_pdf", group="资金台账"),
    )),
    TabSpec("publicity", "公示备案", "fupin_desktop.ui.tabs.publicity.tab", "PublicityTab", (
        Command("publicity_next", "办理公示下一步…", "data", "next_step", group="公示备案"),
        Command("publicity_calendar", "公示日历…", "data", "publicity_actions.show_calendar", group="公示备案"),
        Command("edit_holidays", "放假安排…", "tools", "edit_holidays"),
        Command("print_notice", "打印公示文件…", "print", "print_paper", group="公示"),
        Command("print_round", "打印一项公示的全部文件…", "print", "publicity_actions.print_all", group="公示"),
        Command("print_filings", "打印备案登记簿…", "print", "print_filings"),
        Command("print_objections", "打印异议登记簿…", "print", "print_objections"),
    )),
    TabSpec("reports", "季度报表", "fupin_desktop.ui.tabs.reports.tab", "ReportsTab", (
        Command("new_report", "新建季度报表…", "data", "document_actions.new", "", "填季度报表", group="季度报表"),
        Command("collect_out", "发出采集表…", "data", "collect_out", group="季度报表"),
        Command("collect_in", "读回采集表…", "data", "collect_in", group="季度报表"),
        Command("report_days", "报送期限…", "data", "set_days", group="季度报表"),
        Command("print_report", "打印季度报表…", "print", "print_paper", group="季度报表"),
        Command("report_pdf", "季度报表 PDF…", "print", "save_pdf", group="季度报表"),
        Command("report_xlsx", "季度报表 xlsx…", "print", "save_xlsx", group="季度报表"),
        Command("export_reports", "批量导出季度报表…", "print", "document_actions.export", group="季度报表"),
    )),
    TabSpec("exchange", "数据交换", "fupin_desktop.ui.tabs.exchange.tab", "ExchangeTab", (
        Command("hand_out", "导出到U盘…", "data", "hand_out", "Ctrl+E", "导出到U盘"),
    ), ("handovers",)),
)
