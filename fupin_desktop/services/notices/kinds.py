"""What a kind of notice is: one frozen :class:`NoticeKind`, in one file of ``services.notice_kinds``.

Its words, boxes and list are its form, ``forms/notice_<kind>/form.toml``; the kind says what the file cannot: what can
be published, what its fields say of it, and what posting and withdrawing do besides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import Period
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.notices.model import NoticeSettings, PublicNotice
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice
from fupin_desktop.storage.unit import Unit

_PACKAGE = "fupin_desktop.services.notice_kinds"
PROJECT_DAYS = "notice_days_project"


class Offer(NamedTuple):
    """Something that can be published.

    Attributes:
        key: Key of its record.
        name: As lists show it.
        place: Village or town.
        lacks: What has to be done before; empty where it can be published now.
    """

    key: str
    name: str
    place: str
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A notice that is asked for.

    Attributes:
        bench: The workbench.
        key: Key of what it is about.
        settings: How it is set.
        period: Its period.
    """

    bench: Workbench
    key: str
    settings: NoticeSettings
    period: Period


@dataclass(frozen=True, slots=True)
class Settled:
    """A notice with what its kind says of it.

    Attributes:
        notice: What it prints.
        about: What it is about.
        problems: What is to be said of its content.
        run_key: The calculation whose awards it lists; empty for none.
        corrects_key: The notice that it corrects; empty for none.
        concerns_key: The notice whose result it tells; empty for none.
        public_words: Texts of it that were typed somewhere, looked through for numbers that must not go public.
    """

    notice: Any
    about: Subject
    problems: tuple[Problem, ...] = ()
    run_key: str = ""
    corrects_key: str = ""
    concerns_key: str = ""
    public_words: tuple[str, ...] = ()


def _nothing(_unit: Unit, _notice: Notice) -> None:
    return None


def _no_key(_unit: Unit, _key: str) -> None:
    return None


def _plain(notice: Any) -> dict[str, Any]:
    packed: dict[str, Any] = notice.packed
    return packed



@dataclass(frozen=True, slots=True, eq=False)
class NoticeKind:
    """A kind of notice.

    Attributes:
        name: Its name, also of its file.
        title: What it is called in lists.
        about: What it is about.
        offered: What can be published in a year, posted or not.
        settle: What a notice says.
        order: Its place in lists.
        form: Its form; empty takes ``notice_<name>``.
        days: Parameter with the least days in principle; empty for a kind without a floor.
        usual_days: Days proposed where there is no floor.
        period: Whether it has a period; a result has none.
        posted: Called in the transaction that posts it, with its record.
        withdrawn: Called in the transaction that withdraws it.
        filed: Called in the transaction that files what it is about, with its key.
        unfiled: Called in the transaction that returns a filing.
        pack: What is kept of its content.
        unpack: The content that was kept.
    """

    name: str
    title: str
    about: PublicKind
    offered: Callable[[Workbench, Session, int], Sequence[Offer]]
    settle: Callable[[Asked], Settled]
    order: int = 50
    form: str = ""
    days: str = ""
    usual_days: int = 7
    period: bool = True
    posted: Callable[[Unit, Notice], None] = _nothing
    withdrawn: Callable[[Unit, Notice], None] = _nothing
    filed: Callable[[Unit, str], None] = _no_key
    unfiled: Callable[[Unit, str], None] = _no_key
    pack: Callable[[Any], dict[str, Any]] = _plain
    unpack: Callable[[Mapping[str, Any]], Any] = PublicNotice.unpacked

    @property
    def form_id(self) -> str:
        """Its form."""
        return self.form or f"notice_{self.name}"


_registered: dict[str, NoticeKind] = {}


def of(name: str) -> NoticeKind:
    """The kind of a name.

    Raises:
        KeyError: There is none.
    """
    if name not in _registered:
        if name not in names():
            raise KeyError(name)
        found: NoticeKind = import_module(f"{_PACKAGE}.{name}").KIND
        _registered[name] = found
    return _registered[name]


def all_kinds() -> list[NoticeKind]:
    """Every kind, in the order of lists."""
    known = dict.fromkeys((*names(), *_registered))
    return sorted(map(of, known), key=lambda one: (one.order, one.name))


def register(added: NoticeKind) -> None:
    """Add a kind that is no file of ``services.notice_kinds``."""
    _registered[added.name] = added


def forget(name: str) -> None:
    """Take a kind out that :func:`register` added."""
    _registered.pop(name, None)


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Kinds that have a file in ``services.notice_kinds``."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    return tuple(module.name for module in iter_modules(folders or []) if not module.name.startswith("_"))
