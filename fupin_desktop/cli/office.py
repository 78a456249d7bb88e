"""The office's data as a command opens them: by the operator named, where operators sign in."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fupin_desktop.cli.console import local_time, tell
from fupin_desktop.cli.places import first_line
from fupin_desktop.errors import FileMissing, NotAllowed, Situation
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench

CLERK = "命令行"
DATA_FILE = "fupin.sqlite"
OPERATOR = "FUPIN_OPERATOR"
OPERATOR_PASSWORD_FILE = "FUPIN_OPERATOR_PASSWORD_FILE"  # noqa: S105 - name of the variable
_NAME = f"请在命令前加 --operator 姓名、--operator-password-file 文件，或设置 {OPERATOR} 等环境变量。"


def ensure_data(folder: Path) -> None:
    """Refuse a folder without data: only an import begins an office, a mistyped folder must not.

    Raises:
        FileMissing: There are none.
    """
    if not (folder / DATA_FILE).is_file():
        raise FileMissing(
            f"“{folder}”里没有数据文件。", safe="没有新建或改动任何文件。", todo="请核对 --data 后面的文件夹。"
        )


@contextmanager
def opened(arguments: argparse.Namespace, *, signed_in: bool = True, begins: bool = False) -> Iterator[Workbench]:
    """The office's data, closed again whatever happens.

    Args:
        arguments: The words of the command: ``data``, and who works where operators sign in.
        signed_in: Whether somebody must be; without it a forgotten password can be set anew.
        begins: Whether an office begins where there are no data.

    Raises:
        FileMissing: There are none.
        NotAllowed: Operators sign in here, and none was named, or there is none of that name.
        WrongPassword: It is not the operator's; the attempt is logged.
        Situation: The data cannot be opened.
    """
    if not begins:
        ensure_data(arguments.data)
    bench = open_workbench(arguments.data, clock=local_time)
    bench.clerk = bench.clerk or CLERK
    try:
        _take_failed(bench)
        if signed_in and bench.signs_in:
            _sign_in(bench, arguments)
        yield bench
    except Situation as situation:
        from fupin_desktop.services import offices

        offices.say_clauses(bench, situation)
        raise
    finally:
        bench.close()


def _take_failed(bench: Workbench) -> None:
    """Log the wrong passwords since the last opening, and tell of those of others."""
    from fupin_desktop.services import failed_openings

    text = failed_openings.warning(failed_openings.take(bench), bench.clock())
    if text:
        tell(f"提醒：{text}")


def _sign_in(bench: Workbench, arguments: argparse.Namespace) -> None:
    from fupin_desktop.services import operators

    name = arguments.operator or os.environ.get(OPERATOR, "")
    if not name:
        raise NotAllowed("这份数据启用了操作人员，命令没有说是谁在办。", todo=_NAME)
    named = arguments.operator_password_file or os.environ.get(OPERATOR_PASSWORD_FILE)
    operators.sign_in(bench, name, first_line(Path(named)) if named else "")
