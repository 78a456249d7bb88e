"""The last touch to an xlsx package: fixed dates, values stored beside formulas, nothing of the machine in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PROGRAM = "产业扶贫工作台"
_FIRST_ZIP_YEAR = 1980
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)')


def finished(package: bytes, made: datetime, sums: Mapping[str, str]) -> bytes:
    """The package with fixed dates and the values of its formulas.

    Args:
        package: As openpyxl wrote it.
        made: Date and time written into it.
        sums: Value of each formula by cell name, so that programs that do not calculate show it too.
    """
    out = BytesIO()
    stamp = max(made, datetime(_FIRST_ZIP_YEAR, 1, 1, tzinfo=made.tzinfo)).timetuple()[:6]
    with ZipFile(BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            new.writestr(info, _part(name, old.read(name), made, sums))
    return out.getvalue()


def _part(name: str, content: bytes, made: datetime, sums: Mapping[str, str]) -> bytes:
    """One part of the package."""
    if name == _CORE:
        return _MODIFIED.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", content)
    if name.startswith("xl/worksheets/sheet") and sums:
        return _FORMULA.sub(lambda hit: hit[1] + f"<v>{sums[hit[2].decode()]}</v>".encode(), content)
    return content
