"""The words of ``fupin-desktop ledger``; what they do is imported only when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from fupin_desktop.cli.console import Exit
from fupin_desktop.cli.places import named_path
from fupin_desktop.cli.words import ChineseParser, Commands, add_command

PROGRAM = "fupin-desktop"
_TEXT = "资金台账：各笔资金的余额，导出"

_EXAMPLES = f"""\
例:
  {PROGRAM} ledger balance --data D:\\扶贫数据
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 资金台账.xlsx
"""

_BALANCE_EXAMPLES = f"""\
例:
  {PROGRAM} ledger balance --data D:\\扶贫数据
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30 --out 结存表.xlsx

每笔资金印一行，用制表符隔开：资金名称、文号、下达、到账、已安排、可安排、已拨付、账面余额；最后一行是合计。
那一天的记录都算在内。--out 写出资金结存表 (.xlsx 或 .pdf)。

退出状态：0 正常，2 命令写法不对，3 读不了或写不了。
"""

_EXPORT_EXAMPLES = f"""\
例:
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 资金台账.xlsx
  {PROGRAM} ledger export --data D:\\扶贫数据 --out 资金台账.pdf --since 2026-01-01 --until 2026-06-30

写出的 .xlsx 可以再导入。

退出状态：0 正常，2 命令写法不对，3 读不了或写不了。
"""


def add_ledger(commands: Commands, iso_date: Callable[[str], object]) -> None:
    """Add the command ``ledger`` with its own commands.

    Args:
        commands: The commands of the program.
        iso_date: Reads a date.
    """
    parser = commands.add_parser("ledger", help=_TEXT, description=_TEXT + "。", epilog=_EXAMPLES)
    own = parser.add_subparsers(dest="action", title="命令", metavar="命令", required=True, parser_class=ChineseParser)
    _add_balance(own, iso_date)
    _add_export(own, iso_date)


def _add_balance(own: Commands, iso_date: Callable[[str], object]) -> None:
    parser = add_command(own, "balance", "各笔资金到某一天的余额", _run_balance, _BALANCE_EXAMPLES)
    _add_data(parser)
    parser.add_argument("--on", type=iso_date, metavar="日期", help="截至这一天 (默认今天)")
    parser.add_argument("--out", type=named_path, metavar="文件", help="写出资金结存表 (.xlsx .pdf)")


def _add_export(own: Commands, iso_date: Callable[[str], object]) -> None:
    parser = add_command(own, "export", "把资金台账写成 xlsx 或 PDF", _run_export, _EXPORT_EXAMPLES)
    _add_data(parser)
    parser.add_argument("--out", required=True, type=named_path, metavar="文件", help="写到这里 (.xlsx .pdf)")
    parser.add_argument("--since", type=iso_date, metavar="日期", help="从这一天起 (默认全部)")
    parser.add_argument("--until", type=iso_date, metavar="日期", help="到这一天止 (默认全部)")
    parser.add_argument("--text", default="", metavar="文字", help="只要名称、文号、对象、凭证号里有这些字的")


def _add_data(parser: ChineseParser) -> None:
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")


def _run_balance(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import ledger

    return ledger.run_balance(arguments)


def _run_export(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import ledger

    return ledger.run_export(arguments)

