"""The words of ``fupin-desktop form``; what they do is imported only when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from fupin_desktop.cli.console import Exit
from fupin_desktop.cli.places import named_path
from fupin_desktop.cli.words import ChineseParser, Commands, add_command

PROGRAM = "fupin-desktop"
_TEXT = "表样：列出、查看、填写"

_EXAMPLES = f"""\
例：
  {PROGRAM} form list                                    有哪些表
  {PROGRAM} form show village_application                这张表有哪些字段
  {PROGRAM} form show village_application --json > data.json
  {PROGRAM} form fill village_application --data data.json --out 结果
  {PROGRAM} form check 我的表样                             改过的表样能不能用
  {PROGRAM} form from-workbook 申报表.xlsx --base village_application --out 表样
"""

_FILL_EXAMPLES = f"""\
例：
  {PROGRAM} form fill village_application --data data.json --out 结果
  {PROGRAM} form fill village_application --data data.json --out 结果 --forms D:\\扶贫数据\\forms
  {PROGRAM} form fill village_application --data data.json --out 结果 --public

写出 <表样>.pdf 和 <表样>.xlsx (能存成电子表格的表)。data.json 怎么写，见 form show 表样 --json。
金额、面积写成文字或数字都可以，如 "1800000.00"; 日期写 "2026-03-16"; 没有的项不写，纸上留空。

退出状态：
  0  全部正常
  1  已写出，但有必填的项没有填 (文件上印“草稿”)
  2  命令写法不对
  3  数据有错，什么文件都没有写
"""

_CHECK_EXAMPLES = f"""\
例：
  {PROGRAM} form check D:\\表样\\village_application
  {PROGRAM} form check village_application.zip

退出状态：0 可以启用，1 有错不能启用，2 命令写法不对，3 文件读不了。
"""

_SHEET_EXAMPLES = f"""\
例：
  {PROGRAM} form from-workbook 申报表.xlsx --base village_application --out 表样

在 Excel 或 WPS 里画好表，单元格里写 {{{{字段}}}}；写法见手册“本单位的表样”。写出 表样/village_application/form.toml。

退出状态：0 可以启用，1 已写出但还不能启用 (按提示补全)，2 命令写法不对，3 表里有错，什么文件都没有写。
"""


def add_form(commands: Commands, any_date: Callable[[str], object]) -> None:
    """Add the command ``form`` with its own commands.

    Args:
        commands: Where it goes.
        any_date: Reads a date of the command line.
    """
    parser = commands.add_parser("form", help=_TEXT, description=_TEXT + "。", epilog=_EXAMPLES)
    inner = parser.add_subparsers(
        dest="action", title="命令", metavar="命令", required=True, prog=f"{PROGRAM} form", parser_class=ChineseParser
    )
    listing = add_command(inner, "list", "列出所有表样", _run_list)
    show = add_command(inner, "show", "列出一张表的字段", _run_show)
    show.add_argument("form", metavar="表样", help="表样的名字，见 form list")
    show.add_argument("--json", action="store_true", help="印出空的 data.json，供填写")
    fill = add_command(inner, "fill", "按数据填好一张表，写出 PDF 和电子表格", _run_fill, _FILL_EXAMPLES)
    fill.add_argument("form", metavar="表样", help="表样的名字，见 form list")
    fill.add_argument("--data", required=True, type=named_path, metavar="文件", help="填表的数据 (JSON)")
    fill.add_argument("--out", required=True, type=named_path, metavar="文件夹", help="结果写到这里，没有就新建")
    fill.add_argument("--date", type=any_date, metavar="日期", help="写进文件的日期 (默认今天)")
    fill.add_argument("--public", action="store_true", help="对外的副本：遮盖身份证号、电话和账号")
    check = add_command(inner, "check", "检查改过的表样", _run_check, _CHECK_EXAMPLES)
    check.add_argument("path", type=named_path, metavar="表样", help="表样的文件夹、form.toml 或 zip")
    sheet = add_command(inner, "from-workbook", "把画好的电子表格变成表样", _run_from_workbook, _SHEET_EXAMPLES)
    sheet.add_argument("file", type=named_path, metavar="文件", help="画好的 .xlsx")
    sheet.add_argument("--base", required=True, metavar="表样", help="代替哪一张内置的表，见 form list")
    sheet.add_argument("--out", required=True, type=named_path, metavar="文件夹", help="表样写到这里，没有就新建")
    for one in (listing, show, fill):
        one.add_argument("--forms", type=named_path, metavar="文件夹", help="本单位自己的表样，同名的先用它")


def _run_list(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import form

    return form.run_list(arguments)


def _run_show(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import form

    return form.run_show(arguments)


def _run_fill(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import form

    return form.run_fill(arguments)


def _run_check(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import own_forms

    return own_forms.run_check(arguments)


def _run_from_workbook(arguments: argparse.Namespace) -> Exit:
    from fupin_desktop.cli import own_forms

    return own_forms.run_from_workbook(arguments)
