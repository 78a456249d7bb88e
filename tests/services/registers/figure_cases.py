"""The cases of what follows from what is typed, as their files say them; see ``tests/cases/registers/figures``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.services.registers.register_cases import FOLDER as SOUND
from tests.services.registers.register_cases import changed

FOLDER = Path(__file__).parents[2] / "cases" / "registers" / "figures"
_PLAIN = ("of", "row", "of_household", "filter", "rows")


@dataclass(frozen=True)
class Act:
    """A step, or something that is looked at: of which register, which row, and its texts."""

    register: str
    texts: Mapping[str, str]
    row: int = 0
    of_household: str = ""
    filter: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figures:
    """A case: rows, steps, and what follows."""

    title: str
    needs: tuple[str, ...]
    rows: tuple[Act, ...]
    steps: tuple[tuple[str, Act], ...]
    shows: tuple[Act, ...]
    lists: tuple[Act, ...]
    today: date | None

    @property
    def registers(self) -> set[str]:
        """All registers that it is about."""
        return {one.register for one in (*self.rows, *self.shows, *self.lists, *(act for _way, act in self.steps))}


def _act(text: Mapping[str, Any]) -> Act:
    values = {key: value for key, value in text.items() if key not in _PLAIN}
    return Act(text["of"], values, text.get("row", 0), text.get("of_household", ""), text.get("filter", ""), tuple(text.get("rows", ())))


def _row(text: Mapping[str, Any]) -> Act:
    made = _act(text)
    sound = (SOUND / f"{made.register}.toml").exists()
    return made if not sound else Act(made.register, changed(made.register, dict(made.texts)), of_household=made.of_household)


def _case(stem: str, needs: tuple[str, ...], text: Mapping[str, Any]) -> Figures:
    steps = [(way, _act(one)) for way in ("edit", "remove") for one in text.get(way, ())]
    return Figures(
        f"{stem}: {text['name']}", tuple(text.get("needs", needs)), tuple(map(_row, text.get("rows", ()))), tuple(steps),
        tuple(map(_act, text.get("shows", ()))), tuple(map(_act, text.get("lists", ()))), text.get("today"),
    )  # fmt: skip


def all_figures() -> Iterator[Figures]:
    for path in sorted(FOLDER.glob("*.toml")):
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from (_case(path.stem, tuple(text.get("needs", ())), one) for one in text["case"])
