"""An argument parser that speaks Chinese: headings, usage line and error sentences."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import NoReturn, TypeAlias, TypeVar

from fupin_desktop.cli.console import Exit
from fupin_desktop.cli.places import named_path
from fupin_desktop.override import override

_ERRORS = (
    (re.compile(r"the following arguments are required: (.*)"), "缺少参数：{0}"),
    (re.compile(r"unrecognized arguments: (.*)"), "不认识的参数：{0}"),
    (re.compile(r"argument (.*?): expected (?:at least )?one argument"), "参数 {0} 后面要有一个值"),
    (re.compile(r"argument (.*?): expected (\d+) arguments"), "参数 {0} 后面要有 {1} 个值"),
    (
        re.compile(r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)"),
        "参数 {0} 不能是“{1}”，只能是：{2}",
    ),
    (re.compile(r"argument (.*?): not allowed with argument (.*)"), "参数 {0} 不能和 {1} 同时使用"),
    (re.compile(r"argument (.*?): ignored explicit argument '(.*)'"), "参数 {0} 不带值，多出了“{1}”"),
    (re.compile(r"one of the arguments (.*) is required"), "下列参数必须给一个：{0}"),
    (re.compile(r"argument (.*?): (.*)"), "参数 {0}：{1}"),
)


def translate_error(message: str) -> str:
    """The Chinese sentence for one of argparse's messages."""
    for pattern, sentence in _ERRORS:
        if found := pattern.fullmatch(message):
            return sentence.format(*(part.replace("'", "").replace(", ", "、") for part in found.groups()))
    return message


class _ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help layout with a Chinese usage prefix."""

    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the usage line, headed 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """argparse in Chinese; wrong usage ends with exit status 2 as usual."""

    def __init__(self, **kwargs: object) -> None:
        settings: dict[str, object] = {
            "formatter_class": _ChineseFormatter, "allow_abbrev": False, "add_help": False, **kwargs,
        }
        super().__init__(**settings)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    @override
    def error(self, message: str) -> NoReturn:
        """Tell wrong usage in one line and leave with status 2."""
        self.exit(2, f"用法不对：{translate_error(message)}。写“{self.prog} --help”看说明。\n")


Parser = TypeVar("Parser", bound=argparse.ArgumentParser)
Commands: TypeAlias = "argparse._SubParsersAction[ChineseParser]"


def add_command(
    commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], Exit], examples: str = ""
) -> ChineseParser:
    """Add one command with its help text, examples and the function it runs."""
    parser = commands.add_parser(name, help=text, description=text + "。", epilog=examples)
    parser.set_defaults(run=run)
    return parser


def add_data(parser: Parser) -> Parser:
    """The data folder, of a command that works on one and nowhere else."""
    parser.add_argument("--data", required=True, type=named_path, metavar="文件夹", help="数据文件夹")
    return parser


def later(module: str, name: str) -> Callable[[argparse.Namespace], Exit]:
    """A function of a module of commands that is imported when the command is carried out, not when it is offered."""

    def run(arguments: argparse.Namespace) -> Exit:
        act: Callable[[argparse.Namespace], Exit] = getattr(import_module(module), name)
        return act(arguments)

    return run


def add_list_options(parser: ChineseParser, *, default: str) -> None:
    """The options that answer what a list leaves open, wherever one is read.

    Args:
        parser: The command that reads it.
        default: Which sheet is read where none is named.
    """
    parser.add_argument("--sheet", default="", metavar="名称", help=f"读哪张工作表 (默认{default})")
    parser.add_argument("--password", default="", metavar="密码", help="文件设了打开密码时，用它打开")
    parser.add_argument("--visible-only", action="store_true", help="不读被筛选掉或隐藏的行 (默认也读，并提醒)")
