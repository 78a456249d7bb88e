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
from fupin_desktop.storage.entities.assets import Asset, Proceeds, ProceedsShare
from fupin_desktop.storage.entities.awards import AwardResult, AwardRun, AwardScheme
from fupin_desktop.storage.entities.businesses import Entity, EntitySupport, Facility, Leader, Linkage
from fupin_desktop.storage.entities.changes import ChangeEntry, ChangeSet
from fupin_desktop.storage.entities.farming import FarmItem, Participation
from fupin_desktop.storage.entities.funds import FundDonor, FundEntry, FundSource
from fupin_desktop.storage.entities.households import EarlierFacts, Household, Person
from fupin_desktop.storage.entities.imports import ColumnMapping, ImportRun
from fupin_desktop.storage.entities.markets import Brand, MarketOffer, Sale, Shop, ShopMonth
from fupin_desktop.storage.entities.notices import Filing, Notice, NoticePosting, Objection
from fupin_desktop.storage.entities.office import Office, Setting
from fupin_desktop.storage.entities.payments import PaymentBatch, PaymentRow
from fupin_desktop.storage.entities.places import Town, Village
from fupin_desktop.storage.entities.prints import PrintRecord
from fupin_desktop.storage.entities.projects import (
    Indicator,
    Inspection,
    Performance,
    Project,
    ProjectFund,
    ProjectQuarter,
    ProjectStep,
    Risk,
)
from fupin_desktop.storage.entities.register_reasons import RegisterReason
from fupin_desktop.storage.entities.years import YearStep

__all__ = [
    "AcceptanceBatch",
    "AcceptanceRow",
    "Application",
    "ApplicationReason",
    "ApplicationStep",
    "ApplicationTouch",
    "ApplicationValue",
    "Asset",
    "AwardResult",
    "AwardRun",
    "AwardScheme",
    "Base",
    "Brand",
    "ChangeEntry",
    "ChangeSet",
    "ColumnMapping",
    "EarlierFacts",
    "Entity",
    "EntitySupport",
    "Facility",
    "FarmItem",
    "Filing",
    "FormVersion",
    "FrozenPaper",
    "FundDonor",
    "FundEntry",
    "FundSource",
    "Household",
    "ImportRun",
    "Indicator",
    "Inspection",
    "Leader",
    "Linkage",
    "MarketOffer",
    "Notice",
    "NoticePosting",
    "Objection",
    "Office",
    "Participation",
    "PaymentBatch",
    "PaymentRow",
    "Performance",
    "Person",
    "PrintRecord",
    "Proceeds",
    "ProceedsShare",
    "Project",
    "ProjectFund",
    "ProjectQuarter",
    "ProjectStep",
    "RegisterReason",
    "Risk",
    "Sale",
    "Setting",
    "Shop",
    "ShopMonth",
    "Town",
    "Village",
    "YearStep",
]
