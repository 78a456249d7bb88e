"""``fupin-desktop import`` and ``export``: registers of a data folder, by the window's own operations."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_desktop.cli.console import Exit, say, tell
from fupin_desktop.cli.list_options import tell_findings
from fupin_desktop.cli.office import DATA_FILE, ensure_data, opened
from fupin_desktop.cli.places import ensure_apart, ensure_ending
from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import exports
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.error_file import error_workbook
from fupin_desktop.services.imports.given import fillable
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare, prepare_workbook
from fupin_desktop.services.imports.unread import unread_sentence, unread_sheets
from fupin_desktop.services.imports.years import results
from fupin_desktop.services.registers import Register, registry
from fupin_desktop.services.workbench import Workbench


def run_import(arguments: argparse.Namespace) -> Exit:
    """Import a register: all of it, or only the good rows; one operation that the window can undo.

    Raises:
        Situation: The file or the data cannot be read or written; nothing was imported.
    """
    if arguments.errors is not None:
        ensure_apart(arguments.errors, arguments.file, arguments.data / DATA_FILE)
    if not (arguments.data / DATA_FILE).exists():
        _read(None, arguments).require_mapping()
        tell(f"提醒：“{arguments.data}”里还没有数据文件，现在新建。")
    with opened(arguments, begins=True) as bench:
        preview = _read(bench, arguments)
        preview.require_mapping()
        if not _may_go_on(preview, arguments.errors, arguments.village, only_good=arguments.only_good):
            return Exit.FAILED
        change = apply(bench, preview, only_good=arguments.only_good)
    if said := results(preview.mapping):
        say(f"{'、'.join(said)}登记在{preview.year}年度。")
    say(f"{change.message}。")
    return Exit.DRAFT if preview.bad_rows else Exit.FINE


def _read(bench: Workbench | None, arguments: argparse.Namespace) -> Preview:
    """The file as the options say; one that gives the kind of list goes before what is recognised."""
    village, importer = arguments.village or None, _importer(arguments.register)
    answers, kind = _answers(arguments, importer), importer.family.named(arguments.kind)
    if arguments.kind and kind is None:
        raise NotAllowed(f"“{importer.title}”的名单只有一种，不用 --kind。", todo="请去掉 --kind。")
    preview = prepare(
        bench, arguments.file, importer=importer, sheet=arguments.sheet or None, village=village, answers=answers,
        password=str(arguments.password),
    )  # fmt: skip
    if kind is None or preview.mapping.kind is kind:
        return preview
    return prepare_workbook(
        bench, arguments.file, preview.workbook, importer=importer, sheet=preview.sheet, village=village,
        mapping=preview.mapping.with_kind(kind), answers=answers,
    )  # fmt: skip


def _answers(arguments: argparse.Namespace, importer: Importer) -> Answers:
    """The answers that options give to the questions of a list."""
    return Answers(
        visible_only=arguments.visible_only, first_is_head=arguments.first_is_head, this_year=arguments.this_year,
        other_town=arguments.other_town, year=arguments.year,
        others=arguments.other_heads,
        taking=Participation(arguments.participation) if arguments.participation else None,
        given=dict(_filled(importer, text) for text in arguments.fill),
    )  # fmt: skip


def _filled(importer: Importer, text: str) -> tuple[str, str]:
    """The key of the field that an option --fill names, and the value of all rows.

    Raises:
        NotAllowed: It names no column that can be filled so.
    """
    name, _, value = text.partition("=")
    fields = importer.family.kinds[0].fields if importer.register is not None else {}
    found = [key for key in fillable(importer) if name.strip() in fields[key].field.headings]
    if not found or not value.strip():
        known = "、".join(fields[key].field.label for key in fillable(importer)) or "没有"
        todo = f"请写成 列名=内容；{importer.title}可以这样填的列：{known}。"
        raise NotAllowed(f"--fill 看不懂“{text}”。", todo=todo)
    return found[0], value.strip()


def _importer(keyword: str) -> Importer:
    """The importer of the register that is called so."""
    return importer_of(_register(keyword))


def _tell_reading(preview: Preview, village: str) -> None:
    """Tell sheets that are not read, and a village that the title of the list gave."""
    mappings = [proposal.mapping for proposal in preview.proposals]
    for name in unread_sheets(zip(preview.workbook.sheets, mappings, strict=True), preview.sheet):
        tell(f"提醒：{unread_sentence(preview.sheet, name)}")
    if preview.mapping.layout:
        tell(f"提示：这是“{preview.mapping.layout}”的表头。")
    unused = preview.mapping.unused
    if unused:
        kept = "，原样留存，按同样的表头导出时带回" if preview.kept else ""
        tell(f"提醒：没有用上的列：{'、'.join(unused)}{kept}。")
    if preview.village and not village and not preview.mapping.names_village:
        tell(f"提醒：名册没有“行政村”一列，全部算作{preview.village}。")


def _may_go_on(preview: Preview, errors: Path | None, village: str, *, only_good: bool) -> bool:
    """Tell every finding and write the error workbook; whether there is something that may be imported."""
    _tell_reading(preview, village)
    tell_findings(preview.findings)
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


def _write(bench: Workbench, register: Register, layout: str, out: Path) -> int:
    """Write a register, in the layout of a known system or of a list that came where one is named.

    What that system would send back is told.
    """
    if not layout:
        return exports.write_register(bench, register, out)
    from fupin_desktop.services import layout_exports
    from fupin_desktop.services.exchange import receivers

    chosen = layout_exports.named(bench, register, layout)
    if chosen is None:
        known = "、".join(one.name for one in layout_exports.layouts(bench, register)) or "没有"
        raise NotAllowed(f"“{register.title}”没有“{layout}”这种表头。", todo=f"可以用的有：{known}。")
    rows = layout_exports.write_layout(bench, register, chosen, out)
    for sentence in receivers.of_layout(bench, register, chosen, _quiet):
        tell(f"提醒：{sentence}")
    return rows


def _quiet(done: int, total: int, text: str) -> None:
    """Progress that nobody looks at."""


def run_export(arguments: argparse.Namespace) -> Exit:
    """Export a register as a workbook that can be imported again.

    Raises:
        Situation: There is no data file, or the workbook cannot be written.
    """
    ensure_ending(arguments.out, ".xlsx")
    ensure_data(arguments.data)
    ensure_apart(arguments.out, arguments.data / DATA_FILE)
    register = _register(arguments.register)
    with opened(arguments) as bench:
        rows = _write(bench, register, arguments.layout, arguments.out)
    say(f"已导出 {rows} 行：{arguments.out}")
    return Exit.FINE
