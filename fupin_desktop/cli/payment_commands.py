"""The words of ``fupin-desktop payments`` and ``dossier``; what they do is imported only when it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fupin_desktop.cli.places import named_path
from fupin_desktop.cli.words import ChineseParser, Commands, add_command, add_data, later

PROGRAM = "fupin-desktop"
_run = partial(later, "fupin_desktop.cli.payments")
_TEXT = "发放：可以发放的名单，发放批次，发放明细表和银行清单"
_EXAMPLES = f"""\
例：
  {PROGRAM} payments list --data D:\\扶贫数据
  {PROGRAM} payments make --data D:\\扶贫数据 --place 低岭村
  {PROGRAM} payments export --data D:\\扶贫数据 --place 低岭村 --out 明细表.pdf
  {PROGRAM} payments export --data D:\\扶贫数据 --place 低岭村 --layout 银行代发清单 --out 代发.xlsx
"""
_LIST_EXAMPLES = f"""\
例：
  {PROGRAM} payments list --data D:\\扶贫数据

印出一个 JSON：payable 是可以发放的名单(金额是字符串，单位元；gate 是还不能发放的原因)，batches 是发放批次。

退出状态：0 正常，2 命令写法不对，3 读不了。
"""
_MAKE_EXAMPLES = f"""\
例：
  {PROGRAM} payments make --data D:\\扶贫数据 --place 低岭村
  {PROGRAM} payments make --data D:\\扶贫数据 --place 低岭村 --share 40

把名单上还没有列入批次的户编成一批；--share 是预付到应发金额的百分之几。印出一个 JSON。

退出状态：0 正常，2 命令写法不对，3 还不能发放，或写不了，什么都没有改。
"""
_EXPORT_EXAMPLES = f"""\
例：
  {PROGRAM} payments export --data D:\\扶贫数据 --place 低岭村 --out 明细表.pdf
  {PROGRAM} payments export --data D:\\扶贫数据 --place 低岭村 --batch 2 --layout 一卡通发放清单 --out 一卡通.xlsx

不写 --layout 写发放明细表 (.pdf 或 .xlsx)；写了就按那种格式写银行清单，批次要先审核。不写 --batch 用最近的一批。

退出状态：0 正常，2 命令写法不对，3 没有这个批次，或写不了。
"""
_DOSSIER_TEXT = "审计卷宗：一个 PDF 和一个同名的 xlsx"
_DOSSIER_EXAMPLES = f"""\
例：
  {PROGRAM} dossier --data D:\\扶贫数据 --kind scheme --name 低岭村 --out 低岭村卷宗.pdf
  {PROGRAM} dossier --data D:\\扶贫数据 --kind household --name 陈康 --out 陈康.pdf
  {PROGRAM} dossier --data D:\\扶贫数据 --kind period --since 2026-01-01 --until 2026-06-30 --out 审计包.pdf

种类：scheme 奖补方案，project 项目，source 一笔资金，village 村，household 农户，period 一段时间。
--name 写名称里的几个字，只能有一个符合。印出一个 JSON，missing 是缺少的材料。

退出状态：0 材料齐全，1 已写出，缺少材料，2 命令写法不对，3 没有找到，或写不了。
"""
_KINDS = ("scheme", "project", "source", "village", "household", "period")


def add_payments(
    commands: Commands, any_date: Callable[[str], object], batch_number: Callable[[str], int]
) -> None:
    """Add the commands ``payments`` and ``dossier``.

    Args:
        commands: The commands of the program.
        any_date: Reads a date.
        batch_number: Reads the number of a batch.
    """
    parser = commands.add_parser("payments", help=_TEXT, description=_TEXT + "。", epilog=_EXAMPLES)
    own = parser.add_subparsers(dest="action", title="命令", metavar="命令", required=True, parser_class=ChineseParser)
    add_data(add_command(own, "list", "可以发放的名单和发放批次", _run("run_list"), _LIST_EXAMPLES))
    made = add_data(add_command(own, "make", "编制一批", _run("run_make"), _MAKE_EXAMPLES))
    made.add_argument("--place", required=True, metavar="村(镇)", help="哪个村(镇)的名单")
    made.add_argument("--share", metavar="百分数", help="预付到应发金额的百分之几")
    written = add_data(add_command(own, "export", "写出发放明细表或银行清单", _run("run_export"), _EXPORT_EXAMPLES))
    written.add_argument("--place", required=True, metavar="村(镇)", help="哪个村(镇)的批次")
    written.add_argument("--batch", type=batch_number, metavar="批次", help="第几批，默认最近的一批")
    written.add_argument("--layout", default="", metavar="格式", help="银行清单的格式")
    written.add_argument("--out", required=True, type=named_path, metavar="文件", help="写到哪里")
    dossier = add_data(add_command(commands, "dossier", _DOSSIER_TEXT, _run("run_dossier"), _DOSSIER_EXAMPLES))
    dossier.add_argument("--kind", required=True, choices=_KINDS, help="卷宗种类")
    dossier.add_argument("--name", default="", metavar="名称", help="名称里的几个字")
    dossier.add_argument("--since", type=any_date, metavar="日期", help="时期的第一天")
    dossier.add_argument("--until", type=any_date, metavar="日期", help="时期的最后一天，默认今天")
    dossier.add_argument("--out", required=True, type=named_path, metavar="文件.pdf", help="写到哪里")
