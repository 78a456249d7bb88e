"""Village applications that all differ: ``many_forms.py pdf COUNT FOLDER`` or ``xlsx COUNT FOLDER``."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.filling.data import coerce
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.paths import resources
from tests.benchmarks.measuring import memory_mib

FORM = "village_application"
HOUSEHOLDS = 25
_EARLY = 200
_SURNAMES = "陈李吴林黄麦梁杨郑钟庞易龙凌欧康柯许宁"
_GIVEN = "华康真观保福贵胜文静伟志远亚九小明水生木金土有财来喜秀英美兰玉珍桂芳春梅国强建军海"


def application(base: dict[str, Any], number: int) -> dict[str, Any]:
    """The sample with other names, amounts, words and households."""
    random = Random(number)

    def name() -> str:
        return random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=2))

    household = base["households"][0]
    listed = [
        {**household, "head": name(), "area": Decimal(random.randint(500, 16000)).scaleb(-3)} for _ in range(HOUSEHOLDS)
    ]
    return {
        **base,
        "leader": name(),
        "group_members": "、".join(name() for _ in range(6)),
        "investment_special": Decimal(random.randint(1, 99_999_999)).scaleb(-2),
        "area_large": Decimal(random.randint(1, 999_999)).scaleb(-3),
        "measures_large": f"{base['measures_large']}第{number}号。",
        "households": listed,
    }


def main() -> None:
    """Write the files."""
    kind, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    form = load_form(FORM)
    sample = json.loads((resources() / "samples" / "forms" / f"{FORM}.json").read_text(encoding="utf-8"))
    base, _ = coerce(form, sample)
    draw = pdf_bytes if kind == "pdf" else workbook_bytes
    early, size, start = 0.0, 0, time.perf_counter()
    for number in range(count):
        content = draw(fill(form, application(base, number), date(2026, 3, 16)))
        (folder / f"{number:04}.{kind}").write_bytes(content)
        size += len(content)
        if number == min(_EARLY, count - 1):
            early = memory_mib()
    seconds = time.perf_counter() - start
    print("ready", flush=True)
    print(json.dumps({"seconds": seconds, "bytes": size, "mib_early": early, "mib": memory_mib()}))


if __name__ == "__main__":
    main()
