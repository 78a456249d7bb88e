"""An award sheet of many rows: ``big_sheet.py pdf ROWS FILE`` or ``xlsx ROWS FILE``; ready when the file is written."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.drawing.pdf import DrawnPages, pdf_bytes
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.services.awards.subject import PaperItem
from fupin_desktop.services.document_types.award_sheet import AwardSheet, AwardSheetRow
from fupin_desktop.services.samples.town import read, sample_files
from tests.benchmarks.measuring import timed


def sheet(rows: int) -> AwardSheet:
    """A sheet with real-looking rows, one item each, now and then two."""
    random = Random(rows)
    names = read(sample_files(), "names")
    surnames = "".join(names["surnames"].split())
    return AwardSheet(
        "塘㙍镇", 2026, "吴川市塘㙍镇扶贫办", date(2026, 11, 21), tuple(_row(random, names, surnames) for _ in range(rows)),
        scheme="塘㙍镇2026年度产业奖补资金安排方案",
    )  # fmt: skip


def _row(random: Random, names: dict[str, str], surnames: str) -> AwardSheetRow:
    area = Decimal(random.randint(500, 16000)).scaleb(-3)
    items = [PaperItem("水稻", area, "亩", "240.00元/亩"), PaperItem("番薯", area, "亩", "220.00元/亩")]
    amount = (area * 240).quantize(Decimal("0.01"))
    head = random.choice(surnames) + random.choice(names["elder_first"]) + random.choice(names["elder_male"])
    return AwardSheetRow(
        random.choice(names["villager_groups"]), head, "脱贫户", "大户" if area >= 10 else "小农户",
        tuple(items[: 2 if random.random() < 0.1 else 1]), area, amount + 100, amount, amount, amount,
        random.choice(("", "", "", "按成本封顶")),
    )  # fmt: skip


def main() -> None:
    """Write the file."""
    kind, rows, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    made = sheet(rows)
    form = usable_form("award_sheet")

    if kind == "pdf":
        laying, filled = timed(lambda: fill(form, made, made.made_on, into=DrawnPages()))
        writing, _ = timed(lambda: path.write_bytes(pdf_bytes(filled)))
    else:
        filled = fill(form, made, made.made_on, paged=False)
        laying, _ = timed(lambda: filled.grid)  # laid out when first asked for, and kept
        writing, _ = timed(lambda: path.write_bytes(workbook_bytes(filled)))
    print("ready", flush=True)
    print(json.dumps({"seconds": laying + writing, "writing": writing, "bytes": path.stat().st_size}))


if __name__ == "__main__":
    main()
