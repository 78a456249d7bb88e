"""All entities of the data file."""

from __future__ import annotations

from fupin_desktop.storage.base import Base
from fupin_desktop.storage.entities.acceptance import AcceptanceBatch, AcceptanceRow
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
from fupin_desktop.storage.entities.households import EarlierFacts, Household, Person
from fupin_desktop.storage.entities.imports import ColumnMapping, ImportRun
from fupin_desktop.storage.entities.notices import Filing, Notice, NoticePosting, Objection
from fupin_desktop.storage.entities.office import Office, Setting
from fupin_desktop.storage.entities.payments import PaymentBatch, PaymentRow
from fupin_desktop.storage.entities.places import Town, Village
from fupin_desktop.storage.entities.prints import PrintRecord
from fupin_desktop.storage.entities.years import YearStep

__all__ = [
    "AcceptanceBatch",
    "AcceptanceRow",
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
    "EarlierFacts",
    "FarmItem",
    "Filing",
    "FormVersion",
    "FrozenPaper",
    "FundDonor",
    "FundEntry",
    "FundSource",
    "Household",
    "ImportRun",
    "Notice",
    "NoticePosting",
    "Objection",
    "Office",
    "Participation",
    "PaymentBatch",
    "PaymentRow",
    "Person",
    "PrintRecord",
    "Setting",
    "Town",
    "Village",
    "YearStep",
]
