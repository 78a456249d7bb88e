"""The words of ``fupin-desktop ledger``; what they do is imported only when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from fupin_desktop.cli.console import Exit
from fupin_desktop.cli.places import named_path
from fupin_desktop.cli.words import ChineseParser, Commands, add_command, add_list_options

PROGRAM = "fupin-desktop"
_TEXT = "资金台账：各笔资金的余额，导出，导入"

_EXAMPLES = f"""\
例：
  {PROGRAM} ledger balance --data D:\\扶贫数据
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 资金台账.xlsx
  {PROGRAM} ledger import 资金台账.xlsx --data D:\\扶贫数据
"""

_BALANCE_EXAMPLES = f"""\
例：
  {PROGRAM} ledger balance --data D:\\扶贫数据
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30 --out 结存表.xlsx

每笔资金印一行，用制表符隔开：资金名称、文号、下达、到账、已安排、可安排、已拨付、账面余额；最后一行是合计。
那一天的记录都算在内。--out 写出资金结存表 (.xlsx 或 .pdf)。

退出状态：0 正常，2 命令写法不对，3 读不了或写不了。
"""

_EXPORT_EXAMPLES = f"""\
例：
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 资金台账.xlsx
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 资金台账.pdf --since 2026-01-01 --until 2026-06-30
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 清单.xlsx --list

写出的 .xlsx 改好可以再导入；要导入别的单位的，用 --list。

退出状态：0 正常，2 命令写法不对，3 读不了或写不了。
"""

_IMPORT_EXAMPLES = f"""\
例：
  {PROGRAM} ledger import 资金台账.xlsx --data D:\\扶贫数据
  {PROGRAM} ledger import 资金台账.xlsx --data D:\\扶贫数据 --only-good
  {PROGRAM} ledger import --template 空表.xlsx

每一列怎么写，见手册“资金审批 → 导入已有的台账”。全部导入或全部不导入；同一个文件再导入一次，不会多出一笔。

退出状态：
  0  全部导入
  1  已导入，有问题的行略去
  2  命令写法不对
  3  有问题的行，或读不了，什么都没有导入
"""


def add_ledger(commands: Commands, any_date: Callable[[str], object]) -> None:
    """Add the command ``ledger`` with its own commands.

    Args:
        commands: The commands of the program.
        any_date: Reads a date.
    """
    parser = commands.add_parser("ledger", help=_TEXT, description=_TEXT + "。", epilog=_EXAMPLES)
    own = parser.add_subparsers(dest="action", title="命令", metavar="命令", required=True, parser_class=ChineseParser)
    _add_balance(own, any_date)
    _add_export(own, any_date)
    _add_import(own)


def _add_balance(own: Commands, any_date: Callable[[str], object]) -> None:
    parser = add_command(own, "balance", "各笔资金到某一天的余额", _run_balance, _BALANCE_EXAMPLES)
    _add_data(parser)
    parser.add_argument("--on", type=any_date, metavar="日期", help="截至这一天 (默认今天)")
    parser.add_argument("--out", type=named_path, metavar="文件", help="写出资金结存表 (.xlsx .pdf)")


def _add_export(own: Commands, any_date: Callable[[str], object]) -> None:
    parser = add_command(own, "export", "把资金台账写成 xlsx 或 PDF", _run_export, _EXPORT_EXAMPLES)
    _add_data(parser)
    parser.add_argument("--out", required=True, type=named_path, metavar="文件", help="写到这里 (.xlsx .pdf)")
    plain = "写成一行一笔的清单 (.xlsx)，资金类别等各列齐全，别的单位可以导入"
    parser.add_argument("--list", action="store_true", dest="plain", help=plain)
    parser.add_argument("--since", type=any_date, metavar="日期", help="从这一天起 (默认全部)")
    parser.add_argument("--until", type=any_date, metavar="日期", help="到这一天止 (默认全部)")
    parser.add_argument("--text", default="", metavar="文字", help="只要名称、文号、对象、凭证号里有这些字的")


def _add_import(own: Commands) -> None:
    parser = add_command(own, "import", "把已有的资金台账导入数据文件夹", _run_import, _IMPORT_EXAMPLES)
    kinds = "要导入的 .xlsx .xls .et .ods .csv 文件"
    parser.add_argument("file", nargs="?", type=named_path, metavar="台账文件", help=kinds)
    parser.add_argument("--data", type=named_path, metavar="文件夹", help="数据文件夹")
    parser.add_argument("--only-good", action="store_true", help="只导入没有问题的行")
    add_list_options(parser, default="每一张认得出表头的")
    parser.add_argument("--template", type=named_path, metavar="文件", help="不导入，写出一张空表 (.xlsx)")


def _add_data(parser: ChineseParser) -> None:
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")


def _run_balance(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import ledger

    return ledger.run_balance(arguments)


def _run_export(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import ledger

    return ledger.run_export(arguments)


def _run_import(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import ledger_import

    return ledger_import.run(arguments)
