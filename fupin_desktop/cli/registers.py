"""``fupin-desktop import`` and ``export``: registers of a data folder, by the window's own operations."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fupin_desktop.cli.console import Exit, local_time, say, tell
from fupin_desktop.cli.places import ensure_apart
from fupin_desktop.errors import FileMissing, NotAllowed, NotWritable
from fupin_desktop.services import exports
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.error_file import error_workbook
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.imports.unread import unread_sentence, unread_sheets
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import Register, registry
from fupin_desktop.services.workbench import Workbench

DATA_FILE = "fupin.sqlite"
CLERK = "命令行"
_OPTIONS = {
    "import.hidden_rows": "只要看得见的行，加 --visible-only",
    "import.no_head": "名单没有“与户主关系”、每户第一人就是户主的，加 --first-is-head",
    "import.code_of_other": "户编号是别人的：换了户主的加 --other-heads renamed，另一户的加 --other-heads new",
    "import.id_of_other": "证件号码相同而户主改了名的，加 --other-heads renamed",
}
"""Options that answer what a list leaves open, by the code of the finding."""


@contextmanager
def opened(folder: Path) -> Iterator[Workbench]:
    """The office's data, closed again whatever happens."""
    bench = open_workbench(folder, clock=local_time)
    bench.clerk = bench.clerk or CLERK
    try:
        yield bench
    finally:
        bench.close()


def run_import(arguments: argparse.Namespace) -> Exit:
    """Import a register: all of it, or only the good rows; one operation that the window can undo.

    Raises:
        Situation: The file or the data cannot be read or written; nothing was imported.
    """
    if arguments.errors is not None:
        ensure_apart(arguments.errors, arguments.file, arguments.data / DATA_FILE)
    village, sheet, importer = arguments.village or None, arguments.sheet or None, _importer(arguments.register)
    answers, password = _answers(arguments), str(arguments.password)
    if not (arguments.data / DATA_FILE).exists():
        prepare(
            None, arguments.file, importer=importer, sheet=sheet, village=village, password=password
        ).require_mapping()
        tell(f"提醒：“{arguments.data}”里还没有数据文件，现在新建。")
    with opened(arguments.data) as bench:
        preview = prepare(
            bench, arguments.file, importer=importer, sheet=sheet, village=village, answers=answers, password=password
        )
        preview.require_mapping()
        if not _may_go_on(preview, arguments.errors, village, only_good=arguments.only_good):
            return Exit.FAILED
        change = apply(bench, preview, only_good=arguments.only_good)
    say(f"{change.message}。")
    return Exit.DRAFT if preview.bad_rows else Exit.FINE


def _answers(arguments: argparse.Namespace) -> Answers:
    """The answers that options give to the questions of a list."""
    return Answers(
        visible_only=arguments.visible_only, first_is_head=arguments.first_is_head, others=arguments.other_heads
    )


def _importer(keyword: str) -> Importer:
    """The importer of the register that is called so."""
    try:
        return importer_of(registry.named(keyword))
    except KeyError:
        known = "、".join(one.keyword or one.title for one in registry.all())
        raise NotAllowed(f"没有“{keyword}”这本台账。", todo=f"请把 --register 写成：{known}。") from None


def _tell_reading(preview: Preview, village: str | None) -> None:
    """Tell sheets that are not read, and a village that the title of the list gave."""
    mappings = [proposal.mapping for proposal in preview.proposals]
    for name in unread_sheets(zip(preview.workbook.sheets, mappings, strict=True), preview.sheet):
        tell(f"提醒：{unread_sentence(preview.sheet, name)}")
    unused = preview.mapping.unused
    if unused:
        tell(f"提醒：没有用上的列：{'、'.join(unused)}。")
    if preview.village and village is None and not preview.mapping.names_village:
        tell(f"提醒：名册没有“行政村”一列，全部算作{preview.village}。")


def _may_go_on(preview: Preview, errors: Path | None, village: str | None, *, only_good: bool) -> bool:
    """Tell every finding and write the error workbook; whether there is something that may be imported."""
    _tell_reading(preview, village)
    for finding in preview.findings:
        tell(f"{'错误' if finding.must else '提醒'}：{finding.text}")
    for code in dict.fromkeys(finding.code for finding in preview.findings if finding.code in _OPTIONS):
        tell(f"提示：{_OPTIONS[code]}。")
    if errors is not None and preview.findings:
        error_workbook(preview, errors)
        say(f"有问题的行已写到：{errors}")
    if preview.bad_rows and not only_good:
        tell(f"错误：有 {len(preview.bad_rows)} 行有问题，没有导入。请改好再导入，或加 --only-good 略去这些行。")
        return False
    if not preview.good:
        tell("错误：没有可以导入的行。")
        return False
    return True


def _register(keyword: str) -> Register:
    """The register that is called so.

    Raises:
        NotAllowed: None is.
    """
    try:
        return registry.named(keyword)
    except KeyError:
        known = "、".join(one.keyword or one.title for one in registry.all())
        raise NotAllowed(f"没有“{keyword}”这本台账。", todo=f"请把 --register 写成：{known}。") from None


def run_export(arguments: argparse.Namespace) -> Exit:
    """Export a register as a workbook that can be imported again.

    Raises:
        Situation: There is no data file, or the workbook cannot be written.
    """
    if arguments.out.suffix.lower() != ".xlsx":
        todo = "请把 --out 写成以 .xlsx 结尾的文件名。"
        raise NotWritable(f"“{arguments.out.name}”不是 .xlsx 文件名，没有导出。", todo=todo)
    if not (arguments.data / DATA_FILE).is_file():
        raise FileMissing(f"“{arguments.data}”里没有数据文件。")
    ensure_apart(arguments.out, arguments.data / DATA_FILE)
    register = _register(arguments.register)
    with opened(arguments.data) as bench:
        rows = exports.write_register(bench, register, arguments.out)
    say(f"已导出 {rows} 行：{arguments.out}")
    return Exit.FINE
