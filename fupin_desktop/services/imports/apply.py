"""Storing what a preview holds: all of it or only the good rows, as one operation that can be undone as a whole."""

from __future__ import annotations

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.imports.comparison import Comparison
from fupin_desktop.services.imports.keeping import as_came, head_as_came
from fupin_desktop.services.imports.preview import Preview, compare_with
from fupin_desktop.services.list_layouts.kept import keep
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.storage.backup_files import Reason
from fupin_desktop.storage.entities import ColumnMapping, ImportRun
from fupin_desktop.storage.unit import Unit


def apply(
    bench: Workbench, preview: Preview, *, only_good: bool = False, progress: Progress | None = None
) -> Change:
    """Store a preview. A verified backup is written before.

    Records that the file does not name stay; blank cells erase nothing. Importing the same file again writes
    nothing.

    Args:
        bench: The office's data.
        preview: As returned by ``prepare``.
        only_good: Whether to leave out the records with faults; else any fault keeps the whole file out.
        progress: Told how far it is.

    Raises:
        NotAllowed: There are faults and ``only_good`` is off, or needed columns are not mapped.
        Situation: Nothing was written.
        Cancelled: By ``progress``; nothing was written.
    """
    preview.require_mapping()
    if preview.comparison is None or preview.revision != bench.store.revision or preview.year != bench.year:
        compare_with(bench, preview)
    found = preview.comparison
    assert found is not None
    if preview.bad_rows and not only_good:
        todo = "请改正后再导入，或选择只导入没有问题的行。"
        raise NotAllowed(f"“{preview.path.name}”有 {len(preview.bad_rows)} 行有错，没有导入。", todo=todo)
    title = f"导入 {preview.path.name}"
    if found.changes_nothing:
        return Change("imports.apply", title, frozenset(), (), _nothing(preview))
    bench.back_up(Reason.IMPORT)
    with quiet_memory(), bench.write("imports.apply", title) as unit:
        added = preview.importer.write(unit, bench, preview.mapping, found, progress)
        said = {key: preview.kept[row] for row, key in added.items() if row in preview.kept}
        keep(unit, found.kept | said, bench.year)
        _keep_run(unit, bench, preview, found)
    return bench.change(unit, f"已{title}：{preview.importer.counts(found)}")


def _nothing(preview: Preview) -> str:
    if preview.bad_rows and not preview.good:
        return "没有可以导入的行"
    return "没有变化：文件里的内容台账里都有了"


def _keep_run(unit: Unit, bench: Workbench, preview: Preview, found: Comparison) -> None:
    """Which file was taken in, when, by whom and how; the mapping is remembered for its headings."""
    counts = {
        "rows": preview.parsed.rows,
        "bad_rows": len(preview.bad_rows),
        "added": len(found.added),
        "changed": len(found.changed),
        "unchanged": found.unchanged,
    }
    kept, now = preview.mapping.to_dict(), bench.clock()
    came = {"layout": as_came(preview.raw, preview.mapping), "head": head_as_came(preview.raw, preview.mapping)}
    run = ImportRun(
        file_name=preview.path.name, sha256=preview.workbook.sha256, year=bench.year, at=now, who=bench.clerk,
        mapping=kept | came, counts=counts,
    )  # fmt: skip
    unit.session.add(run)
    if not any(double.chosen < 0 for double in preview.mapping.doubles):
        unit.session.merge(ColumnMapping(signature=preview.mapping.signature, mapping=kept, used_at=now))
