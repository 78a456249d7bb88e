"""Makes the sample office: its data file, registers, and the year of its money, schemes, notices and documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from fupin_desktop import paths
from fupin_desktop.domain.regions import load_regions
from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices, operators, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.samples.applications import application_events
from fupin_desktop.services.samples.donors import donor_events
from fupin_desktop.services.samples.filling import put_households
from fupin_desktop.services.samples.fund_papers import fund_paper_events
from fupin_desktop.services.samples.handovers import handover_events
from fupin_desktop.services.samples.marks import mark_events
from fupin_desktop.services.samples.money import ledger_events
from fupin_desktop.services.samples.papers import SET_UP_DAYS_AGO, Event, play, scheme_events
from fupin_desktop.services.samples.payments import payment_events
from fupin_desktop.services.samples.projects import project_events
from fupin_desktop.services.samples.publicity import publicity_events
from fupin_desktop.services.samples.registers import register_events
from fupin_desktop.services.samples.reports import report_events
from fupin_desktop.services.samples.town import Household, Plan, Town, read, sample_files
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.store import DATA_FILE

_STEPS = ("单位和村", "农户和种养项目", "资金、奖补方案、申报表(前半年)", "资金、奖补方案、申报表(后半年)")
_HALF_YEAR = 110
"""Days before the end at which half of the story's work is done."""
_PEOPLE_OF = date(2026, 11, 21)
"""The day for which people are drawn."""
_VILLAGE_FACTS = (
    "leader", "leader_phone", "team_leader", "team_phone", "poor_village", "total_households", "total_persons",
)  # fmt: skip


class StoryClock:
    """A clock that the story of the sample year moves; it ends at the real moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._moment = now

    def __call__(self) -> datetime:
        """The moment of the story."""
        return self._moment

    def go_back(self, days: int) -> None:
        """Set the story to this many days before its end."""
        self._moment = self.now - timedelta(days=days)


def make_sample(folder: Path, *, now: datetime, clerk: str | None = None, progress: Progress | None = None) -> None:
    """Make the sample office 吴川市塘㙍镇扶贫办 in a folder without a data file.

    Equal moments give equal contents, keys apart.

    Args:
        folder: Data folder; made where it is missing.
        now: The present moment; the year's notices end around it.
        clerk: Name of the clerk; None takes the sample's.
        progress: Told of each part.

    Raises:
        NotAllowed: The folder holds a data file already; it is left alone.
        Cancelled: By ``progress``; no data file is left behind.
        Situation: The folder cannot be written.
    """
    if (folder / DATA_FILE).exists():
        raise NotAllowed("这个文件夹里已经有数据文件，没有写入示例数据。", todo="请另选一个空文件夹。")
    clock = StoryClock(now)
    tell = progress or _silent
    with _fresh_workbench(folder, clock, clerk) as bench:
        spec = read(sample_files(), "town")
        tell(0, len(_STEPS), _STEPS[0])
        clock.go_back(SET_UP_DAYS_AGO)
        plans = put_office(bench, spec, clerk)
        tell(1, len(_STEPS), _STEPS[1])
        put_households(bench, draw_households(plans), village_keys(bench))
        tell(2, len(_STEPS), _STEPS[2])
        events = _year(bench, spec, now.date())
        play([event for event in events if event.days > _HALF_YEAR], clock.go_back)
        tell(3, len(_STEPS), _STEPS[3])
        play([event for event in events if event.days <= _HALF_YEAR], clock.go_back)
        tell(len(_STEPS), len(_STEPS), "")


def _year(bench: Workbench, spec: dict[str, Any], today: date) -> list[Event]:
    """What happened in the year; of one day the money first."""
    files = sample_files()
    money = read(files, "funds")
    return [
        *ledger_events(bench, money, today),
        *scheme_events(bench, files, spec["village"]),
        *application_events(bench, read(files, "applications"), today),
        *fund_paper_events(bench, money, today),
        *donor_events(bench, read(files, "donors"), today),
        *publicity_events(bench, read(files, "publicity"), today),
        *register_events(bench, files, today),
        *mark_events(bench, files, read(files, "marks"), today),
        *project_events(bench, read(files, "projects"), today),
        *payment_events(bench, read(files, "payments")),
        *report_events(bench, today),
        *handover_events(bench, read(files, "handovers"), today),
    ]


def draw_households(plans: list[Plan]) -> list[Household]:
    """The households of the plans; the same whenever the sample is made, for its schemes were written for them."""
    return Town(sample_files(), _PEOPLE_OF).households(plans)


def put_office(bench: Workbench, spec: dict[str, Any], clerk: str | None) -> list[Plan]:
    """Register the office and its villages; returns the plan of each village, with its code."""
    form = {**spec["office"], **{name: spec[name] for name in ("county", "county_code", "town", "town_code", "year")}}
    offices.setup(bench, offices.OfficeForm(**{**form, "clerk": clerk or form["clerk"]}))
    for one in spec["operator"]:
        operators.save(bench, "", operators.OperatorForm(one["name"], OperatorRole(one["role"])))
    codes = village_codes(spec["town_code"])
    written = read(sample_files(), "households")["household"]
    plans = []
    for place, row in enumerate(spec["village"], 1):
        form_of_village = villages.VillageForm(
            name=row["name"],
            code=codes[row["name"]],
            position=place,
            assisting_unit=row["assisting_unit"],
            phone=f"0759-55910{place:02d}",
            main_product=row["products"][0],
            **{name: row[name] for name in _VILLAGE_FACTS if name in row},
        )
        villages.add(bench, form_of_village)
        plans.append(
            Plan(
                name=row["name"],
                code=codes[row["name"]],
                households=row["households"],
                products=row["products"],
                written=written if place == 1 else [],
                paid_earlier=row.get("paid_earlier", False),
            )
        )
    return plans


def village_codes(town_code: str) -> dict[str, str]:
    """Whole code of each village of a town by name, from the regions shipped."""
    counties = load_regions(paths.resources() / "regions")
    towns = [town for county in counties for town in county.towns if town.code == town_code]
    return {village.name: village.code for town in towns for village in town.villages}


def village_keys(bench: Workbench) -> dict[str, str]:
    """Key of each village by name."""
    return {village.name: village.key for village in villages.all(bench)}


@contextmanager
def _fresh_workbench(folder: Path, clock: StoryClock, clerk: str | None) -> Iterator[Workbench]:
    """A workbench on a new data file, which goes again if it cannot be filled."""
    bench = open_workbench(folder, clock=clock, clerk=clerk)
    try:
        yield bench
    except BaseException:
        bench.close()
        for path in folder.glob(f"{DATA_FILE}*"):
            path.unlink()
        raise
    bench.close()


def _silent(_done: int, _total: int, _text: str) -> None:
    """Nobody listens."""

