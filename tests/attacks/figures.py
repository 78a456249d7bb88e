"""What the attacks counted, as the table that the README shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- written by: dev.py attack -->\n", "<!-- end -->\n"
_HEAD = ("| attack | data | times | operations told done | files looked at | lost or damaged |",
         "|---|---|---:|---:|---:|---:|")  # fmt: skip


@dataclass(slots=True)
class Figures:
    """Counts of one attack.

    Attributes:
        attack: What was done, in a few words.
        data: ``plain`` or ``encrypted``.
        times: How often.
        told: Operations that were told done, each looked for afterwards.
        files: Backups, attached files and papers looked at.
        ends: How the work ended, for the reader of the run.
        faults: What was lost or damaged; nothing may be.
    """

    attack: str
    data: str
    times: int = 0
    told: int = 0
    files: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def row(self) -> str:
        """Its line of the table."""
        return f"| {self.attack} | {self.data} | {self.times:,} | {self.told:,} | {self.files:,} | {len(self.faults):,} |"


def table(found: list[Figures]) -> str:
    """All of them in Markdown."""
    return "\n".join([*_HEAD, *(one.row for one in found)]) + "\n"


def write(found: list[Figures], readme: Path = README) -> None:
    """Put the table into the README, in the place of the last one."""
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", encoding="utf-8")
