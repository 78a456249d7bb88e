"""The options that answer what a list leaves open, told where a list asks."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.cli.console import tell
from fupin_desktop.services.sheets.findings import Finding

_OPTIONS = {
    "import.hidden_rows": "只要看得见的行，加 --visible-only",
    "import.titled_year": "标题写的年度不对、数是现在年度的，加 --this-year",
    "import.no_head": "名单没有“与户主关系”、每户第一人就是户主的，加 --first-is-head",
    "import.no_grouping": "每一行就是一户的，加 --kind households",
    "import.code_of_other": "户编号是别人的：换了户主的加 --other-heads renamed，另一户的加 --other-heads new",
    "import.id_of_other": "证件号码相同而户主改了名的，加 --other-heads renamed",
}
"""Options by the code of the finding that they answer."""
_TOLD = "import.hidden_rows"
"""What is only told until it is answered."""


def tell_options(findings: Iterable[Finding]) -> None:
    """Tell the options that answer findings, each once."""
    asking = [finding for finding in findings if finding.must or finding.code == _TOLD]
    for code in dict.fromkeys(finding.code for finding in asking if finding.code in _OPTIONS):
        tell(f"提示：{_OPTIONS[code]}。")
