"""The workbench: what every operation of the office is handed, and what each one returns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from fupin_desktop import paths
from fupin_desktop.errors import NotAllowed, YearClosed
from fupin_desktop.services import attachments
from fupin_desktop.storage import backup
from fupin_desktop.storage.backup_files import Backup, Reason
from fupin_desktop.storage.closed_years import CLOSED
from fupin_desktop.storage.store import Store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from fupin_desktop.domain.calendar import WorkCalendar
    from fupin_desktop.domain.vocabulary import OperatorRole
    from fupin_desktop.policy.parameters import Parameters
    from fupin_desktop.services.fund_guards import FundGuards
    from fupin_desktop.storage.unit import Unit

Found = TypeVar("Found")
POLICY_OVERRIDE = "policy.toml"
CALENDAR_SETTING = "calendar.days"
CALENDAR_YEARS_SETTING = "calendar.years"
MANY = 1000
_CACHED = 64
OPERATOR_RULES = "operators.rules"
"""The setting that says whether operators sign in (``services.operators``)."""
MANAGED = ("settings.set", "offices.save", "operators.save", "years.", "protection.", "store.restore", "personal.")
"""Beginnings of the names of operations that 管理 alone carries out where operators sign in."""
ALWAYS = ("settings.", "offices.", "years.", "printing.", "protection.", "exchange.", "operators.", "personal.")
"""Beginnings of the names of operations that a closed year does not stop: they are of no year."""
REGISTERED = "SELECT clerk, year FROM offices LIMIT 1"
"""The clerk and year that the office registered."""
LAST_NUMBER = "SELECT max(number) FROM change_sets"
SETTINGS = "SELECT name, value FROM settings ORDER BY name"
_HEADING = "SELECT t.county, o.name FROM offices o LEFT JOIN towns t ON t.key = o.town_key LIMIT 1"
_SETTING = "SELECT value FROM settings WHERE name = ?"
AT_START = (
    (REGISTERED, ()), (LAST_NUMBER, ()), (SETTINGS, ()), (_HEADING, ()), (CLOSED, ()), (_SETTING, (OPERATOR_RULES,)),
)  # fmt: skip
"""What every start asks of the data file."""


class Progress(Protocol):
    """Told how far long work is; raises ``errors.Cancelled`` to stop it, which takes back what it did."""

    def __call__(self, done: int, total: int, text: str) -> None:
        """Tell that ``done`` of ``total`` is done; ``text`` says with what."""


class Change(NamedTuple):
    """What a writing operation did, broadcast to all tabs.

    Attributes:
        operation: Name of the operation, e.g. ``registers.set_cells``.
        title: What the undo menu shows.
        nouns: Stems of the nouns concerned: households, farm_items, persons, villages, schemes, awards, notices,
            funds, offices, imports.
        keys: Keys of the records concerned; empty where there are more than 1 000 or none.
        message: What the status bar says.
    """

    operation: str
    title: str
    nouns: frozenset[str]
    keys: tuple[str, ...]
    message: str


class Workbench:
    """One office's open data with the clock, the clerk and the year at work; see ``opening``.

    Attributes:
        store: The data file.
        clock: Gives the moment, local time.
        clerk: Name of the clerk, kept with every change.
        role: Role of the operator who signed in; None where nobody did.
        year: The year at work (年度).
        data_folder: The office's folder.
        fund_guards: Gives what has to agree before the fund ledger posts an entry.
    """

    def __init__(
        self,
        store: Store,
        data_folder: Path,
        clock: Callable[[], datetime],
        clerk: str,
        year: int,
        fund_guards: Callable[[], FundGuards],
    ) -> None:
        self.store = store
        self.data_folder = data_folder
        self.clock = clock
        self.clerk = clerk
        self.role: OperatorRole | None = None
        self.year = year
        self.fund_guards = fund_guards
        self._cache: dict[Hashable, tuple[tuple[int, date], Any]] = {}

    @cached_property
    def parameters(self) -> Parameters:
        """The policy parameters, with the office's own ``policy.toml`` laid over them where there is one.

        Raises:
            BadDefinition: A file breaks a rule of its format.
        """
        from fupin_desktop.policy.parameters import load_parameters

        override = self.data_folder / POLICY_OVERRIDE
        return load_parameters(paths.resources() / "policy", override if override.is_file() else None)

    @property
    def calendar(self) -> WorkCalendar:
        """The working calendar with the office's corrections."""
        return self.cached(CALENDAR_SETTING, self._read_calendar)

    def _read_calendar(self) -> WorkCalendar:
        from fupin_desktop.services.calendars import work_calendar

        edits = self.setting(CALENDAR_SETTING) or {}
        years = self.setting(CALENDAR_YEARS_SETTING) or ()
        return work_calendar({date.fromisoformat(day): bool(works) for day, works in edits.items()}, years)

    @property
    def today(self) -> date:
        """The day by the workbench's clock."""
        return self.clock().date()

    @property
    def heading(self) -> str:
        """County and office for the window's title, e.g. “吴川市 塘㙍镇扶贫办”; empty before it is set up."""
        return " ".join(part for row in self.store.glance(_HEADING) for part in row if part)

    @property
    def read_only(self) -> bool:
        """Whether the data can be looked at alone, because this user of the PC cannot write where they lie."""
        return self.store.read_only

    def require_writable(self) -> None:
        """Make sure that the data can be changed; for what writes beside the data file.

        Raises:
            DataReadOnly: They can be looked at alone.
        """
        self.store.require_writable()

    def read(self) -> AbstractContextManager[Session]:
        """A session for reading."""
        return self.store.session()

    @contextmanager
    def write(self, operation: str, title: str, *, undoable: bool = True) -> Iterator[Unit]:
        """One transaction with its change log, by this clerk, now.

        Raises:
            YearClosed: The year at work is closed.
            Situation: Nothing was written.
        """
        self.require_change(operation)
        with self.store.write(operation, title, self.clerk, self.clock(), undoable=undoable) as unit:
            yield unit

    def require_change(self, operation: str) -> None:
        """Make sure that an operation may write now; before anything is asked for it, too.

        Raises:
            YearClosed: The year at work is closed.
            Situation: The data file cannot be written, or is gone.
        """
        self.require_writable()
        self.store.require_file()
        self.require_right(operation)
        self.require_open(operation)

    @property
    def signs_in(self) -> bool:
        """Whether operators sign in here, read by the driver alone, as the start wants it."""
        found = self.store.glance(_SETTING, (OPERATOR_RULES,))
        return bool(found) and '"on":true' in found[0][0]

    def require_right(self, operation: str) -> None:
        """Make sure that an operation may be carried out by the operator at work.

        Raises:
            NotAllowed: Operators sign in here, and it is one for 管理 alone.
        """
        if operation.startswith(MANAGED) and not self._manages() and self.signs_in:
            todo = "请“管理”来改，或用“文件 → 切换操作人员…”换人。"
            raise NotAllowed("设置、操作人员、年度和个人资料的处理，只有“管理”可以动。", todo=todo)

    def _manages(self) -> bool:
        from fupin_desktop.domain.vocabulary import OperatorRole

        return self.role is OperatorRole.MANAGER

    @property
    def closed_years(self) -> frozenset[int]:
        """The years that are closed: their records can be looked at and printed, not changed."""
        return self.cached("years.closed", lambda: frozenset(year for (year,) in self.store.glance(CLOSED)))

    @property
    def closed(self) -> bool:
        """Whether the year at work is closed."""
        return self.year in self.closed_years

    def require_open(self, operation: str) -> None:
        """Make sure that an operation may write while the year at work is the one it is.

        Raises:
            YearClosed: It is closed, and the operation is one that it stops.
        """
        if not operation.startswith(ALWAYS) and self.closed:
            raise YearClosed(self.year)

    def change(self, unit: Unit, message: str = "") -> Change:
        """What a finished write tells the tabs."""
        keys = unit.changed
        purpose = unit.purpose
        told = message or f"已保存：{purpose.title}"
        return Change(purpose.operation, purpose.title, unit.nouns, keys if len(keys) <= MANY else (), told)

    @property
    def revision(self) -> int:
        """A number that every write raises; what was read at another one may have changed since."""
        return self.store.revision

    def cached(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What ``find`` returns, found again only after a write or on another day; for counts and orders of rows."""
        now = self.revision, self.today
        known = self._cache.pop(key, None)  # what is put back comes last, and what nobody asked for longest goes first
        found = known[1] if known is not None and known[0] == now else find()
        for old in list(self._cache)[: 1 - _CACHED]:
            self._cache.pop(old, None)
        self._cache[key] = (now, found)
        return found

    def setting(self, name: str, default: Any = None) -> Any:
        """A local setting of this data file."""
        from fupin_desktop.storage.entities import Setting

        with self.read() as session:
            found = session.get(Setting, name)
        return default if found is None else found.value

    def set_settings(
        self, values: Mapping[str, Any], title: str = "修改设置", operation: str = "settings.set"
    ) -> Change:
        """Keep local settings as one operation; plain data only. Ctrl+Z leaves them, the list of changes can undo them.

        Args:
            values: By name.
            title: What was set, for the list of changes.
            operation: Name of the operation, of settings that anybody may set.
        """
        from fupin_desktop.storage.entities import Setting

        with self.write(operation, title, undoable=False) as unit:
            for name, value in values.items():
                unit.session.merge(Setting(name=name, value=value))
        return self.change(unit)

    def remember(self, name: str, value: Any) -> None:
        """Keep what the program notes for itself, such as the day of the last check; no operation of anybody's."""
        from fupin_desktop.storage.entities import Setting
        from fupin_desktop.storage.unit import table_of

        table = table_of(Setting)
        with self.write("settings.remember", "") as unit:
            unit.connection.execute(table.delete().where(table.c.name == name))
            unit.connection.execute(table.insert(), {"name": name, "value": value})

    def last_backup(self) -> Backup | None:
        """The newest backup file, or None."""
        return backup.latest(self.store)

    def back_up(self, reason: Reason = Reason.MANUAL) -> Backup:
        """Write and verify a backup now.

        Raises:
            Situation: It could not be written.
        """
        self.require_writable()
        return backup.backup_now(self.store, self.clock(), reason)

    def back_up_if_due(self) -> Backup | None:
        """The daily backup, where today has none.

        Raises:
            Situation: It could not be written.
        """
        return backup.backup_if_due(self.store, self.clock())

    def refresh(self) -> None:
        """Take clerk and year from the data file again, after another state of it was put in its place."""
        registered = self.store.glance(REGISTERED)
        if registered:
            clerk, year = registered[0]
            self.clerk = self.clerk if self.role is not None else clerk
            self.year = year or self.year
        self._cache.clear()

    def close(self) -> None:
        """Close the data file; what other programs were shown of it goes."""
        attachments.remove_copies(self.data_folder)
        self.store.close()


def backups_in(data_folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first; also of one that cannot be opened."""
    from fupin_desktop.storage.backup_files import listed
    from fupin_desktop.storage.store import BACKUP_FOLDER

    return listed(data_folder / BACKUP_FOLDER)


def restore_backup(data_folder: Path, backup_file: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the data file of a closed folder; the former file is kept among the backups.

    Returns:
        Where the former data file is now; None where there was none.

    Raises:
        Situation: The backup is missing or damaged, or the folder is open; nothing was changed.
    """
    from fupin_desktop.storage.restore import restore

    return restore(data_folder, backup_file, now)
