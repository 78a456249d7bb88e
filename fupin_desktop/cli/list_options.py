"""The options that answer what a list leaves open, told where a list asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from fupin_desktop.cli.console import tell
from fupin_desktop.services.imports.hidden import said_rows
from fupin_desktop.services.sheets.findings import Finding

_OPTIONS = {
    "import.hidden_rows": "只要看得见的行，加 --visible-only",
    "import.titled_year": "标题写的年度不对、数是现在年度的，加 --this-year",
    "import.no_year": "名册没有写年度的，加 --year 和现在的年度",
    "import.no_head": "名单没有“与户主关系”、每户第一人就是户主的，加 --first-is-head",
    "import.no_grouping": "每一行就是一户的，加 --kind households",
    "import.code_of_other": "户编号是别人的：换了户主的加 --other-heads renamed，另一户的加 --other-heads new",
    "import.number_of_other": "编号在台账里已有的：就是那一条的加 --other-heads renamed，另一条的加 --other-heads new",
    "import.other_town": "确是另一个镇的同名村的，加 --other-town",
    "import.id_of_other": "证件号码相同而户主改了名的，加 --other-heads renamed",
}
"""Options by the code of the finding that they answer."""
_TOLD = "import.hidden_rows"
"""What is only told until it is answered."""


def tell_findings(findings: Iterable[Finding]) -> None:
    """Tell findings and the options that answer them; what keeps whole rows out alike is told once for all of them."""
    found = list(findings)
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in found:
        if one.must and one.column < 0:
            alike[_fault(one)].append((one.origin or (one.row,))[0] + 1)
    for one in found:
        rows = alike.pop(_fault(one), []) if one.must and one.column < 0 else [0]
        if rows:
            place = said_rows(rows) if len(rows) > 1 else ""
            tell(f"{'错误' if one.must else '提醒'}：{one.text_at(place or one.cell)}")
    tell_options(found)


def _fault(one: Finding) -> tuple[str, ...]:
    return one.sheet, one.code, one.sentence, one.todo


def tell_options(findings: Iterable[Finding]) -> None:
    """Tell the options that answer findings, each once."""
    asking = [finding for finding in findings if finding.must or finding.code == _TOLD]
    for code in dict.fromkeys(finding.code for finding in asking if finding.code in _OPTIONS):
        tell(f"提示：{_OPTIONS[code]}。")
