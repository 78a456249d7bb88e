"""All entities of the data file."""

from __future__ import annotations

from fupin_desktop.storage.base import Base
from fupin_desktop.storage.entities.applications import (
    Application,
    ApplicationReason,
    ApplicationStep,
    ApplicationTouch,
    ApplicationValue,
    FormVersion,
    FrozenPaper,
)
from fupin_desktop.storage.entities.awards import AwardResult, AwardRun, AwardScheme
from fupin_desktop.storage.entities.changes import ChangeEntry, ChangeSet
from fupin_desktop.storage.entities.farming import FarmItem, Participation
from fupin_desktop.storage.entities.funds import FundDonor, FundEntry, FundSource
from fupin_desktop.storage.entities.households import Household, Person
from fupin_desktop.storage.entities.imports import ColumnMapping, ImportRun
from fupin_desktop.storage.entities.notices import Notice
from fupin_desktop.storage.entities.office import Office, Setting
from fupin_desktop.storage.entities.places import Town, Village
from fupin_desktop.storage.entities.prints import PrintRecord

__all__ = [
    "Application",
    "ApplicationReason",
    "ApplicationStep",
    "ApplicationTouch",
    "ApplicationValue",
    "AwardResult",
    "AwardRun",
    "AwardScheme",
    "Base",
    "ChangeEntry",
    "ChangeSet",
    "ColumnMapping",
    "FarmItem",
    "FormVersion",
    "FrozenPaper",
    "FundDonor",
    "FundEntry",
    "FundSource",
    "Household",
    "ImportRun",
    "Notice",
    "Office",
    "Participation",
    "Person",
    "PrintRecord",
    "Setting",
    "Town",
    "Village",
]
