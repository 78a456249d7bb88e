"""The parser of the whole command line and the way from words to operations."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from fupin_desktop import __version__
from fupin_desktop.cli.console import Exit, prepare_streams, tell, tell_situation
from fupin_desktop.cli.exchange_commands import add_exchange
from fupin_desktop.cli.form_commands import add_form
from fupin_desktop.cli.ledger_commands import add_ledger
from fupin_desktop.cli.notice_commands import add_notice
from fupin_desktop.cli.payment_commands import add_payments
from fupin_desktop.cli.places import named_path, unlock_named
from fupin_desktop.cli.words import ChineseParser, Commands, add_command, add_list_options
from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.errors import Cancelled, Situation
from fupin_desktop.paths import self_test_folder

PROGRAM = "fupin-desktop"

_EXIT_STATUS = """\
退出状态：
  0  全部正常
  1  已完成，但有“必须”的规定没有满足，或有问题行被略去 (文件上印“草稿”)
  2  命令写法不对
  3  读不了或算不了，什么文件都没有写
"""

_MAIN_EXAMPLES = f"""\
例：
  {PROGRAM}                                   打开窗口
  {PROGRAM} --data D:\\扶贫数据                 打开指定数据文件夹
  {PROGRAM} --sample                          打开示范数据
  {PROGRAM} award --scheme 方案.toml --households 名册.xlsx --out 结果
  {PROGRAM} form fill village_application --data data.json --out 结果
  {PROGRAM} ledger balance --data D:\\扶贫数据 --on 2026-06-30
  {PROGRAM} check-id 440883198001011239
  {PROGRAM} amount 1409.50

{_EXIT_STATUS}"""

_AWARD_EXAMPLES = f"""\
例：
  {PROGRAM} award --scheme 方案.toml --households 名册.xlsx --out 结果
  {PROGRAM} award --scheme 方案.toml --households 名册.xlsx --out 结果 --village 低岭村 --only-good
  {PROGRAM} award --scheme 方案.toml --households 名册.xlsx --out 结果 --date 2026-11-09 --days 10

写出 award_sheet.xlsx、award_sheet.pdf (测算表), award_working.pdf (逐户计算说明),
notice.pdf (公示), result.json (供程序读取的结果)。

{_EXIT_STATUS}"""

_IMPORT_EXAMPLES = f"""\
例：
  {PROGRAM} import 名册.xlsx --data D:\\扶贫数据
  {PROGRAM} import 名册.xls --data D:\\扶贫数据 --only-good --errors 待改.xlsx

{_EXIT_STATUS}"""

_EXPORT_EXAMPLES = f"""\
例：
  {PROGRAM} export --data D:\\扶贫数据 --out 名册.xlsx
  {PROGRAM} export --data D:\\扶贫数据 --out 人口.xlsx --register 人口
  {PROGRAM} export --data D:\\扶贫数据 --out 上报.xlsx --register 人口 --layout 广东扶贫云人口信息

导出的列名就是导入认得的列名，改好以后可以再导入。导出的名册含完整证件号码和账号，请妥善保管。

{_EXIT_STATUS}"""

_LIKELY_SHEET = "保存时打开着的名册，或最像名册的一张"
_KINDS = {"entries": "一个种养项目", "households": "一户", "persons": "一人", "payments": "一户的账户"}
_THIS_YEAR = "标题写着别的年度，其中的验收数量、已奖补等仍是现在年度的 (默认当作错误)"

_CHECK_EXAMPLES = f"""\
例：
  {PROGRAM} check --data D:\\扶贫数据
  {PROGRAM} check --data D:\\扶贫数据 --out 体检报告.pdf

印出一个 JSON：parts 是各项的结果，findings 是发现的问题，log 是操作日志到第几号和它的校验码。只检查，不改动数据。

退出状态：0 没有问题，1 有问题，2 命令写法不对，3 读不了，或报告写不了。
"""

_OPERATOR_EXAMPLES = f"""\
例：
  {PROGRAM} operator --data D:\\扶贫数据 --name 王管理 --new-password-file 新密码.txt

最后一名“管理”忘了密码时用。窗口要先关掉；数据有密码的，命令前写 --password-file。改动记录里会记一笔。

退出状态：0 已重设，2 命令写法不对，3 没有这个人，或写不了。
"""

_CHECK_ID_EXAMPLES = f"""\
例：
  {PROGRAM} check-id 440883198001011239
  {PROGRAM} check-id < 号码.txt            每行一个

全部正确退出状态为 0，有错的为 1。
"""

_AMOUNT_EXAMPLES = f"""\
例：
  {PROGRAM} amount 1409.50                 人民币壹仟肆佰零玖元伍角整
  {PROGRAM} amount ¥6,007.14 107000.53
"""

_SCHEME_EXAMPLES = f"""\
例：
  {PROGRAM} scheme check 方案.toml         只检查，不计算

方案文件怎么写，见手册“奖补方案文件”。

{_EXIT_STATUS}"""


_MANUAL_EXAMPLES = f"""\
例：
  {PROGRAM} manual --out 手册.pdf
  {PROGRAM} manual --quick-start --out 快速入门.pdf
"""


def any_date(text: str) -> date:
    """A date in any usual notation."""
    day: date | None
    day, issue = read_date(text, "")
    if day is None:
        raise argparse.ArgumentTypeError(f"{issue.sentence}，{issue.todo}" if issue else "没有填写日期")
    return day


def day_count(text: str) -> int:
    """A number of days from 1 to 365."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 365:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是天数，要写 1 到 365 的整数")


def batch_number(text: str) -> int:
    """The number of a payment batch."""
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是批次，要写 1 以上的整数")


def whole_year(text: str) -> int:
    """A year from 2000 to 2099."""
    if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2099:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是年度，要写四位数，如 2026")


def build_parser() -> ChineseParser:
    """The parser with all commands."""
    parser = ChineseParser(
        prog=PROGRAM, description="产业扶贫工作台。不带命令时打开窗口。", epilog=_MAIN_EXAMPLES,
    )
    parser.add_argument("--version", action="version", version=f"产业扶贫工作台 {__version__}", help="显示版本号")
    parser.add_argument("--data", type=named_path, metavar="文件夹", help="窗口打开这个数据文件夹")
    parser.add_argument("--sample", action="store_true", help="窗口打开示范数据")
    selftest = "在示范数据上检查这台电脑，把报告和图片写到这个文件夹；不写文件夹时写到本人的“自检”文件夹"
    own_place = self_test_folder()
    parser.add_argument("--selftest", type=named_path, nargs="?", const=own_place, metavar="文件夹", help=selftest)
    locked = "数据有密码时，从这个文件的第一行读密码 (也可以用环境变量 FUPIN_PASSWORD_FILE 指定)；写在命令前面"
    parser.add_argument("--password-file", type=named_path, metavar="文件", help=locked)
    who = "启用了操作人员时，是谁在办 (也可以用环境变量 FUPIN_OPERATOR)；写在命令前面"
    parser.add_argument("--operator", default="", metavar="姓名", help=who)
    own = "从这个文件的第一行读操作人员的密码 (也可以用环境变量 FUPIN_OPERATOR_PASSWORD_FILE)；写在命令前面"
    parser.add_argument("--operator-password-file", type=named_path, metavar="文件", help=own)
    commands = parser.add_subparsers(
        dest="command", title="命令", metavar="命令", prog=PROGRAM, parser_class=ChineseParser,
    )
    _add_award(commands)
    _add_import(commands)
    _add_export(commands)
    _add_small(commands)
    _add_check(commands)
    add_ledger(commands, any_date)
    add_notice(commands, any_date, day_count)
    add_payments(commands, any_date, batch_number)
    add_exchange(commands, any_date)
    add_form(commands, any_date)
    return parser


def _add_award(commands: Commands) -> None:
    text = "按奖补方案和农户名册测算奖补，写出测算表、说明和公示"
    parser = add_command(commands, "award", text, _run_award, _AWARD_EXAMPLES)
    parser.add_argument("--scheme", required=True, type=named_path, metavar="文件", help="奖补方案 (.toml)")
    register = "奖补登记表 (.xlsx .xls .et .ods .csv)"
    parser.add_argument("--households", required=True, type=named_path, metavar="文件", help=register)
    parser.add_argument("--out", required=True, type=named_path, metavar="文件夹", help="结果写到这里，没有就新建")
    village = "名册里没有“行政村”一列时，全部算作这个村 (默认方案的村)"
    parser.add_argument("--village", default="", metavar="村名", help=village)
    parser.add_argument("--only-good", action="store_true", help="略去有问题的行照样测算 (文件上印“草稿”)")
    add_list_options(parser, default=_LIKELY_SHEET)
    _add_kind(parser, "entries", "households")
    parser.add_argument("--this-year", action="store_true", help=_THIS_YEAR)
    parser.add_argument("--date", type=any_date, metavar="日期", help="公示张贴日期 (默认今天)")
    parser.add_argument("--days", type=day_count, metavar="天数", help="公示天数 (默认按政策参数，10 天)")
    parser.add_argument("--working", action="store_true", help="公示天数按工作日计 (默认按自然日)")
    parser.add_argument("--policy", type=named_path, metavar="文件", help="县(市)自己的政策参数文件，覆盖随带的")


def _add_kind(parser: ChineseParser, *kinds: str) -> None:
    help_text = "一行代表什么：" + "，".join(f"{kind} {_KINDS[kind]}" for kind in kinds) + " (默认看表头)"
    parser.add_argument("--kind", default="", choices=kinds, metavar="|".join(kinds), help=help_text)


def _add_import(commands: Commands) -> None:
    parser = add_command(commands, "import", "把农户名册导入数据文件夹", _run_import, _IMPORT_EXAMPLES)
    parser.add_argument("file", type=named_path, metavar="名册文件", help="要导入的 .xlsx .xls .et .ods .csv 文件")
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")
    parser.add_argument("--only-good", action="store_true", help="只导入没有问题的行")
    errors = "把有问题的行标色写到这个 .xlsx，改好可再导入"
    parser.add_argument("--errors", type=named_path, metavar="文件", help=errors)
    parser.add_argument("--village", default="", metavar="村名", help="名册里没有“行政村”一列时，全部算作这个村")
    add_list_options(parser, default=_LIKELY_SHEET)
    _add_kind(parser, "entries", "households", "persons", "payments")
    parser.add_argument("--this-year", action="store_true", help=_THIS_YEAR)
    year = "名册没有写年度时，其中的验收数量、已奖补等是哪一年的 (默认当作错误)"
    parser.add_argument("--year", type=whole_year, default=0, metavar="年度", help=year)
    parser.add_argument(
        "--participation", choices=("base", "scattered"), default="", metavar="base|scattered",
        help="名册没有“参与情况”一列：base 都是参与，scattered 都是分散参与；已登记的不变 (默认留待补登)",
    )
    parser.add_argument(
        "--fill", action="append", default=[], metavar="列名=内容",
        help="名单没有的一列，每一行都是这个内容，可以写几次，如 --fill 级别=镇 (默认当作错误，或留待补填)",
    )
    parser.add_argument(
        "--first-is-head", action="store_true", help="人口名单没有“与户主关系”时，每户第一人是户主 (默认要求补上)"
    )
    parser.add_argument(
        "--other-heads", default="", choices=("renamed", "new"), metavar="renamed|new",
        help="编号在台账里是别人的：renamed 同一户(条)换了户主(改了)，new 另一户(条)按新的登记 (默认当作错误)",
    )
    parser.add_argument(
        "--other-town", action="store_true",
        help="名册写的镇还没有这个村、别的镇有同名的：确是另一个镇的村 (默认当作错误)",
    )
    register = "导入哪本台账，如 户 (默认；农户名册、登记表、人口名单和发放名单自动识别)"
    parser.add_argument("--register", default="户", metavar="台账", help=register)


def _add_export(commands: Commands) -> None:
    parser = add_command(commands, "export", "把台账导出为 xlsx", _run_export, _EXPORT_EXAMPLES)
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")
    parser.add_argument("--out", required=True, type=named_path, metavar="文件", help="写到这个 .xlsx")
    parser.add_argument(
        "--register", default="户", metavar="台账", help="导出哪本台账，如 户、种养、人口 (默认 户)"
    )
    layout = "按别的系统的表头写，如 全国扶贫开发信息系统户信息；写错了会列出可以用的"
    parser.add_argument("--layout", default="", metavar="表头", help=layout)


def _add_check(commands: Commands) -> None:
    parser = add_command(commands, "check", "数据体检：日志、记录、金额、定稿文件和附件", _run_check, _CHECK_EXAMPLES)
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")
    parser.add_argument("--out", type=named_path, metavar="文件", help="把报告写成这个 .pdf")
    reset = add_command(commands, "operator", "重设操作人员的密码", _run_operator, _OPERATOR_EXAMPLES)
    reset.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")
    reset.add_argument("--name", required=True, metavar="姓名", help="哪一位操作人员")
    reset.add_argument("--new-password-file", required=True, type=named_path, metavar="文件", help="第一行是新密码")


def _add_small(commands: Commands) -> None:
    ids = add_command(commands, "check-id", "检查身份证号码", _run_check_id, _CHECK_ID_EXAMPLES)
    ids.add_argument("numbers", nargs="*", metavar="号码", help="一个或几个号码；不写就从标准输入读，每行一个")
    amounts = add_command(commands, "amount", "金额的大写写法", _run_amount, _AMOUNT_EXAMPLES)
    amounts.add_argument("amounts", nargs="+", metavar="金额", help="一个或几个金额 (元)")
    scheme = add_command(commands, "scheme", "检查奖补方案文件", _run_scheme, _SCHEME_EXAMPLES)
    scheme.add_argument("action", choices=("check",), metavar="check", help="检查")
    scheme.add_argument("file", type=named_path, metavar="文件", help="奖补方案 (.toml)")
    manual = add_command(commands, "manual", "把使用手册写成一个 PDF", _run_manual, _MANUAL_EXAMPLES)
    manual.add_argument("--out", required=True, type=named_path, metavar="文件", help="写到这个 .pdf")
    manual.add_argument("--quick-start", action="store_true", help="只写两页的快速入门")


# The operations are imported only when their command runs: a small command starts at once.
def _run_award(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import award

    return award.run(arguments)


def _run_import(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import registers

    return registers.run_import(arguments)


def _run_export(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import registers

    return registers.run_export(arguments)


def _run_check(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import data_check

    return data_check.run(arguments)


def _run_operator(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import operators

    return operators.run(arguments)


def _run_check_id(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import small

    return small.run_check_id(arguments)


def _run_amount(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import small

    return small.run_amount(arguments)


def _run_scheme(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import scheme

    return scheme.run(arguments)


def _run_manual(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import manual

    return manual.run(arguments)


def run_command(arguments: argparse.Namespace) -> int:
    """Run the parsed command; situations become one Chinese line and status 3, never a traceback."""
    try:
        unlock_named(arguments)
        return int(arguments.run(arguments))
    except Situation as situation:
        tell_situation(situation)
    except (Cancelled, KeyboardInterrupt):
        tell("已取消，原有数据和文件没有变动。")
    except Exception as bug:
        import logging

        logging.getLogger(__name__).debug("command failed", exc_info=True)
        tell(f"错误：程序内部出错 ({type(bug).__name__}：{bug})。已保存的数据没有变动。请把这一行告诉技术人员。")
    return int(Exit.FAILED)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of the command line; ``command`` is None where the window is wanted."""
    prepare_streams()
    return build_parser().parse_args(words)
