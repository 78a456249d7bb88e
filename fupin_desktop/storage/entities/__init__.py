"""All entities of the data file."""

from __future__ import annotations

from fupin_desktop.storage.base import Base
from fupin_desktop.storage.entities.acceptance import AcceptanceBatch, AcceptanceRow
from fupin_desktop.storage.entities.aims import (
    Commendation,
    ComparisonWeight,
    ExampleCase,
    PlanTask,
    Supervision,
    Survey,
    SurveyAnswer,
    TargetFigure,
    YearPlan,
)
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
from fupin_desktop.storage.entities.finance import (
    BaseRate,
    EntityLoan,
    InterestSubsidy,
    Microcredit,
    MicrocreditRenewal,
    MicrocreditRepayment,
)
from fupin_desktop.storage.entities.funds import FundDonor, FundEntry, FundSource
from fupin_desktop.storage.entities.handovers import Handover, HandoverFile
from fupin_desktop.storage.entities.households import EarlierFacts, Household, HouseholdIncome, Person
from fupin_desktop.storage.entities.imports import ColumnMapping, ImportRun, KeptColumns
from fupin_desktop.storage.entities.insurance import Insurance, InsuranceClaim
from fupin_desktop.storage.entities.markets import Brand, MarketOffer, Sale, Shop, ShopMonth
from fupin_desktop.storage.entities.notices import Filing, Notice, NoticePosting, Objection
from fupin_desktop.storage.entities.office import Office, Setting
from fupin_desktop.storage.entities.operators import Operator
from fupin_desktop.storage.entities.payments import PaymentBatch, PaymentRow
from fupin_desktop.storage.entities.people import (
    Expert,
    ExpertService,
    Guide,
    GuideVisit,
    Roster,
    RosterMember,
    Skill,
    Trainee,
    Training,
)
from fupin_desktop.storage.entities.places import Town, Village, VillageYear
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
    "BaseRate",
    "Brand",
    "ChangeEntry",
    "ChangeSet",
    "ColumnMapping",
    "Commendation",
    "ComparisonWeight",
    "EarlierFacts",
    "Entity",
    "EntityLoan",
    "EntitySupport",
    "ExampleCase",
    "Expert",
    "ExpertService",
    "Facility",
    "FarmItem",
    "Filing",
    "FormVersion",
    "FrozenPaper",
    "FundDonor",
    "FundEntry",
    "FundSource",
    "Guide",
    "GuideVisit",
    "Handover",
    "HandoverFile",
    "Household",
    "HouseholdIncome",
    "ImportRun",
    "Indicator",
    "Inspection",
    "Insurance",
    "InsuranceClaim",
    "InterestSubsidy",
    "KeptColumns",
    "Leader",
    "Linkage",
    "MarketOffer",
    "Microcredit",
    "MicrocreditRenewal",
    "MicrocreditRepayment",
    "Notice",
    "NoticePosting",
    "Objection",
    "Office",
    "Operator",
    "Participation",
    "PaymentBatch",
    "PaymentRow",
    "Performance",
    "Person",
    "PlanTask",
    "PrintRecord",
    "Proceeds",
    "ProceedsShare",
    "Project",
    "ProjectFund",
    "ProjectQuarter",
    "ProjectStep",
    "RegisterReason",
    "Risk",
    "Roster",
    "RosterMember",
    "Sale",
    "Setting",
    "Shop",
    "ShopMonth",
    "Skill",
    "Supervision",
    "Survey",
    "SurveyAnswer",
    "TargetFigure",
    "Town",
    "Trainee",
    "Training",
    "Village",
    "VillageYear",
    "YearPlan",
    "YearStep",
]
