"""The words of ``fupin-desktop notice``; what they do is imported only when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from fupin_desktop.cli.console import Exit
from fupin_desktop.cli.places import named_path
from fupin_desktop.cli.words import ChineseParser, Commands, add_command

PROGRAM = "fupin-desktop"
_TEXT = "公示：列出各项走到哪一步，张贴，写出公示文件"
_EXAMPLES = f"""\
例：
  {PROGRAM} notice list --data D:\\扶贫数据
  {PROGRAM} notice list --data D:\\扶贫数据 --kind awards
  {PROGRAM} notice post awards --data D:\\扶贫数据 --place 低岭村 --days 10
  {PROGRAM} notice write --data D:\\扶贫数据 --out 公示文件 --poster

结果都是 JSON，一次一份，供别的程序读取。

退出状态：0 正常，1 有的没有办成 (结果里写着原因)，2 命令写法不对，3 读不了或写不了。
"""


def add_notice(commands: Commands, any_date: Callable[[str], object], day_count: Callable[[str], int]) -> None:
    """Add the command ``notice`` with its own commands.

    Args:
        commands: The commands of the program.
        any_date: Reads a date.
        day_count: Reads a number of days.
    """
    parser = commands.add_parser("notice", help=_TEXT, description=_TEXT + "。", epilog=_EXAMPLES)
    own = parser.add_subparsers(dest="action", title="命令", metavar="命令", required=True, parser_class=ChineseParser)
    listed = add_command(own, "list", "列出可以公示和已经公示的事项", _run_list, _EXAMPLES)
    _add_choice(listed)
    post = add_command(own, "post", "张贴一类公示，每个事项一份；办不成的写明原因", _run_post, _EXAMPLES)
    post.add_argument("kind", metavar="类别", help="awards 奖补名单、scheme 奖补方案、funds 资金使用计划等，见 list")
    _add_choice(post, kind=False)
    post.add_argument("--date", type=any_date, metavar="日期", help="张贴日期 (默认今天)")
    post.add_argument("--days", type=day_count, metavar="天数", help="公示天数 (默认按政策参数)")
    post.add_argument("--board", default="", metavar="地点", help="张贴地点，几处用顿号隔开")
    post.add_argument("--reason", default="", metavar="理由", help="少于规定天数的理由")
    write = add_command(own, "write", "把正在公示和公示过的写成 PDF", _run_write, _EXAMPLES)
    _add_choice(write)
    write.add_argument("--out", required=True, type=named_path, metavar="文件夹", help="写到这个文件夹")
    write.add_argument("--poster", action="store_true", help="另写一份 A3 的，贴在公示栏")
    write.add_argument("--list", action="store_true", dest="table", help="名单另写成 xlsx")


def _add_choice(parser: ChineseParser, *, kind: bool = True) -> None:
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")
    parser.add_argument("--place", default="", metavar="村", help="只要这个村(镇)的")
    if kind:
        parser.add_argument("--kind", default="", metavar="类别", help="只要这一类的")


def _run_list(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import notice

    return notice.run_list(arguments)


def _run_post(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import notice

    return notice.run_post(arguments)


def _run_write(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import notice

    return notice.run_write(arguments)
