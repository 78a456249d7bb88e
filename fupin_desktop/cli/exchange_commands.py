"""The words of ``fupin-desktop exchange`` and ``package``; what they do is imported only when it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fupin_desktop.cli.places import named_path
from fupin_desktop.cli.words import ChineseParser, Commands, add_command, add_data, later

PROGRAM = "fupin-desktop"
_run = partial(later, "fupin_desktop.cli.exchange")
_TEXT = "数据交换：列出可以交出的内容，导出到U盘或文件夹"
_EXAMPLES = f"""\
例：
  {PROGRAM} exchange list --data D:\\扶贫数据
  {PROGRAM} exchange out --data D:\\扶贫数据 --to E:\\ --title 第四季度报送 --receiver 吴川市扶贫办 --group 季度报表
"""
_LIST_EXAMPLES = f"""\
例：
  {PROGRAM} exchange list --data D:\\扶贫数据

印出一个 JSON：每项的 key、group (类别)、title、on (日期)、note (状态)、doubt (对方可能退回的原因)。

退出状态：0 正常，2 命令写法不对，3 读不了。
"""
_OUT_EXAMPLES = f"""\
例：
  {PROGRAM} exchange out --data D:\\扶贫数据 --to E:\\ --title 第四季度报送 --receiver 吴川市扶贫办 --group 季度报表
  {PROGRAM} exchange out --data D:\\扶贫数据 --to E:\\ --title 公开资料 --receiver 村委会 --group 公示备案 --outside
  {PROGRAM} exchange out --data D:\\扶贫数据 --to E:\\ --title 上半年 --receiver 审计组 --since 2026-01-01 --audit

--group 写类别，--key 写 exchange list 印出的 key，都可以写几个；只写 --since、--until 是这段时间的全部。
写好、逐个读回核对以后才印出“可以安全拔出U盘”，并登记在“数据交换”里。

退出状态：0 已写好，1 已写好，有对方可能退回的，2 命令写法不对，3 没有写成，U盘上没有留下什么。
"""
_PACKAGE_TEXT = "移交包：全部数据、设置、表样、附件和备份装在一个文件里"
_PACKAGE_EXAMPLES = f"""\
例：
  {PROGRAM} package make --data D:\\扶贫数据 --to E:\\ --receiver 新电脑
  {PROGRAM} package look E:\\移交包_塘㙍镇扶贫办_20261129.fupin
  {PROGRAM} package open E:\\移交包_塘㙍镇扶贫办_20261129.fupin --data D:\\产业扶贫数据

有密码的移交包，在命令前加 --password-file。

退出状态：0 正常，2 命令写法不对，3 没有做成，什么都没有改。
"""


def add_exchange(commands: Commands, any_date: Callable[[str], object]) -> None:
    """Add the commands ``exchange`` and ``package``.

    Args:
        commands: The commands of the program.
        any_date: Reads a date.
    """
    own = _group(commands, "exchange", _TEXT, _EXAMPLES)
    add_data(add_command(own, "list", "可以交出的内容", _run("run_list"), _LIST_EXAMPLES))
    out = add_data(add_command(own, "out", "导出到U盘或文件夹", _run("run_out"), _OUT_EXAMPLES))
    out.add_argument("--to", required=True, type=named_path, metavar="文件夹", help="U盘，或已有的文件夹")
    out.add_argument("--title", required=True, metavar="事项", help="为什么事")
    out.add_argument("--receiver", required=True, metavar="单位", help="交给谁")
    out.add_argument("--person", default="", metavar="姓名", help="接收人")
    out.add_argument("--group", action="append", default=[], metavar="类别", help="这个类别的全部，可以写几个")
    out.add_argument("--key", action="append", default=[], metavar="KEY", help="这一项，可以写几个")
    out.add_argument("--since", type=any_date, metavar="日期", help="只要这一天起的")
    out.add_argument("--until", type=any_date, metavar="日期", help="只要到这一天的，默认今天")
    out.add_argument("--audit", action="store_true", help="附上这段时间的审计包 (要写 --since)")
    out.add_argument("--outside", action="store_true", help="对外副本：隐去证件号、电话、账号")
    out.add_argument("--workbooks", action="store_true", help="表和公文同时写一份 xlsx")
    package = _group(commands, "package", _PACKAGE_TEXT, _PACKAGE_EXAMPLES)
    made = add_data(add_command(package, "make", "做移交包", _run("run_make"), _PACKAGE_EXAMPLES))
    made.add_argument("--to", required=True, type=named_path, metavar="文件夹", help="U盘，或已有的文件夹")
    made.add_argument("--receiver", required=True, metavar="单位", help="交给谁")
    look = add_command(package, "look", "看移交包里有什么", _run("run_look"), _PACKAGE_EXAMPLES)
    opened = add_data(add_command(package, "open", "把移交包打开到空文件夹", _run("run_open"), _PACKAGE_EXAMPLES))
    for one in (look, opened):
        one.add_argument("file", type=named_path, metavar="移交包", help="移交包 (.fupin)")


def _group(commands: Commands, name: str, text: str, examples: str) -> Commands:
    parser = commands.add_parser(name, help=text, description=text + "。", epilog=examples)
    return parser.add_subparsers(
        dest="action", title="命令", metavar="命令", required=True, parser_class=ChineseParser
    )
