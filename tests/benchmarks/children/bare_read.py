"""Nothing but reading every cell of a workbook with calamine."""

from __future__ import annotations

import json
import sys

from python_calamine import CalamineWorkbook

from tests.benchmarks.measuring import timed

print("ready", flush=True)
seconds, rows = timed(lambda: CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python())
print(json.dumps({"seconds": seconds, "rows": len(rows)}))
