"""Registers of finance, people and aims; what households, persons and villages have besides."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = sa.String(length=32)
_WORD = sa.String(length=24)
_TEXT = sa.Text()
_DAY = sa.Date()
_LARGE = sa.BigInteger()
_COUNT = sa.Integer()
_FLAG = sa.Boolean()


def _columns(names: str, of: Any, *, nullable: bool) -> list[sa.Column[Any]]:
    return [sa.Column(name, of, nullable=nullable) for name in names.split()]


def _reference(table: str, name: str, to: str, *, nullable: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{to}.key", name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, _KEY, key, nullable=nullable)


def upgrade() -> None:
    """Add the tables and columns."""
    _finance()
    _insurance()
    _people()
    _aims()
    _years()
    _older_tables()


def _finance() -> None:
    """Loans, subsidies of interest, base rates."""
    op.create_table(
        "base_rates",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("since", _DAY, nullable=True),
        sa.Column("term", _WORD, nullable=True),
        sa.Column("rate", _COUNT, nullable=True),
        *_columns("document_no note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_base_rates")),
    )
    op.create_table(
        "entity_loans",
        sa.Column("key", _KEY, nullable=False),
        _reference("entity_loans", "entity_key", "entities"),
        *_columns("bank contract_no", _TEXT, nullable=False),
        sa.Column("amount_fen", _LARGE, nullable=True),
        *_columns("lent_on due_on repaid_on", _DAY, nullable=True),
        *_columns("rate base_rate", _COUNT, nullable=True),
        sa.Column("mode", _WORD, nullable=True),
        sa.Column("industry_fund", _FLAG, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_entity_loans")),
    )
    op.create_table(
        "microcredits",
        sa.Column("key", _KEY, nullable=False),
        _reference("microcredits", "household_key", "households"),
        _reference("microcredits", "borrower_key", "persons", nullable=True),
        *_columns("bank contract_no", _TEXT, nullable=False),
        sa.Column("amount_fen", _LARGE, nullable=True),
        *_columns("lent_on due_on", _DAY, nullable=True),
        *_columns("rate subsidy_rate", _COUNT, nullable=True),
        *_columns("purpose credit_rating", _TEXT, nullable=False),
        sa.Column("balance_fen", _LARGE, nullable=True),
        sa.Column("final_due_on", _DAY, nullable=True),
        *_columns("reason note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_microcredits")),
    )
    op.create_table(
        "interest_subsidies",
        sa.Column("key", _KEY, nullable=False),
        _reference("interest_subsidies", "loan_key", "microcredits", nullable=True),
        _reference("interest_subsidies", "entity_loan_key", "entity_loans", nullable=True),
        *_columns("from_on to_on", _DAY, nullable=True),
        sa.Column("day_count", _WORD, nullable=False),
        sa.Column("days", _COUNT, nullable=True),
        sa.Column("principal_fen", _LARGE, nullable=True),
        sa.Column("rate", _COUNT, nullable=True),
        sa.Column("due_fen", _LARGE, nullable=True),
        sa.Column("working", _TEXT, nullable=False),
        sa.Column("paid_fen", _LARGE, nullable=True),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("paid_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_interest_subsidies")),
    )
    op.create_table(
        "microcredit_renewals",
        sa.Column("key", _KEY, nullable=False),
        _reference("microcredit_renewals", "loan_key", "microcredits"),
        *_columns("kind cause", _WORD, nullable=True),
        *_columns("agreed_on new_due_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_microcredit_renewals")),
    )
    op.create_table(
        "microcredit_repayments",
        sa.Column("key", _KEY, nullable=False),
        _reference("microcredit_repayments", "loan_key", "microcredits"),
        sa.Column("paid_on", _DAY, nullable=True),
        *_columns("principal_fen interest_fen", _LARGE, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_microcredit_repayments")),
    )


def _insurance() -> None:
    """Policies and claims."""
    op.create_table(
        "insurances",
        sa.Column("key", _KEY, nullable=False),
        _reference("insurances", "village_key", "villages"),
        _reference("insurances", "household_key", "households", nullable=True),
        *_columns("insured kind company policy_no subject", _TEXT, nullable=False),
        sa.Column("quantity_milli", _LARGE, nullable=True),
        sa.Column("unit", _TEXT, nullable=False),
        *_columns("sum_fen premium_fen premium_public_fen premium_own_fen", _LARGE, nullable=True),
        *_columns("from_on to_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_insurances")),
    )
    op.create_table(
        "insurance_claims",
        sa.Column("key", _KEY, nullable=False),
        _reference("insurance_claims", "insurance_key", "insurances"),
        sa.Column("happened_on", _DAY, nullable=True),
        sa.Column("cause", _TEXT, nullable=False),
        *_columns("loss_fen paid_fen", _LARGE, nullable=True),
        sa.Column("paid_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_insurance_claims")),
    )


def _people() -> None:
    """Groups, guides, experts, trainings, skills."""
    op.create_table(
        "experts",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("kind", _WORD, nullable=True),
        *_columns("name origin unit speciality phone villages", _TEXT, nullable=False),
        *_columns("since until", _DAY, nullable=True),
        sa.Column("allowance_fen", _LARGE, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_experts")),
    )
    op.create_table(
        "guides",
        sa.Column("key", _KEY, nullable=False),
        _reference("guides", "village_key", "villages", nullable=True),
        *_columns("name origin unit phone", _TEXT, nullable=False),
        *_columns("since until", _DAY, nullable=True),
        *_columns("duties note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guides")),
    )
    op.create_table(
        "rosters",
        sa.Column("key", _KEY, nullable=False),
        _reference("rosters", "village_key", "villages", nullable=True),
        sa.Column("kind", _WORD, nullable=True),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("founded_on", _DAY, nullable=True),
        *_columns("document_no note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rosters")),
    )
    op.create_table(
        "trainings",
        sa.Column("key", _KEY, nullable=False),
        _reference("trainings", "village_key", "villages", nullable=True),
        sa.Column("year", _COUNT, nullable=False),
        sa.Column("topic", _TEXT, nullable=False),
        sa.Column("held_on", _DAY, nullable=True),
        *_columns("days_milli hours_milli", _LARGE, nullable=True),
        *_columns("level kind", _WORD, nullable=True),
        *_columns("forms place teacher", _TEXT, nullable=False),
        sa.Column("cost_fen", _LARGE, nullable=True),
        sa.Column("attended", _COUNT, nullable=True),
        *_columns("attendances poor_attendances", _COUNT, nullable=False),
        sa.Column("note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_trainings")),
    )
    op.create_table(
        "expert_services",
        sa.Column("key", _KEY, nullable=False),
        _reference("expert_services", "expert_key", "experts"),
        sa.Column("served_on", _DAY, nullable=True),
        _reference("expert_services", "village_key", "villages", nullable=True),
        _reference("expert_services", "household_key", "households", nullable=True),
        *_columns("content result", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_expert_services")),
    )
    op.create_table(
        "guide_visits",
        sa.Column("key", _KEY, nullable=False),
        _reference("guide_visits", "guide_key", "guides"),
        sa.Column("visited_on", _DAY, nullable=True),
        _reference("guide_visits", "household_key", "households"),
        *_columns("content result", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guide_visits")),
    )
    op.create_table(
        "roster_members",
        sa.Column("key", _KEY, nullable=False),
        _reference("roster_members", "roster_key", "rosters"),
        sa.Column("duty", _WORD, nullable=True),
        *_columns("name unit post phone task", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_roster_members")),
    )
    op.create_table(
        "skills",
        sa.Column("key", _KEY, nullable=False),
        _reference("skills", "person_key", "persons"),
        sa.Column("technique", _TEXT, nullable=False),
        sa.Column("since", _DAY, nullable=True),
        _reference("skills", "training_key", "trainings", nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_skills")),
    )
    op.create_table(
        "trainees",
        sa.Column("key", _KEY, nullable=False),
        _reference("trainees", "training_key", "trainings"),
        _reference("trainees", "person_key", "persons", nullable=True),
        *_columns("name unit mastered", _TEXT, nullable=False),
        sa.Column("signed", _FLAG, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_trainees")),
    )


def _aims() -> None:
    """Surveys, commendations, cases, supervision, plans, targets."""
    op.create_table(
        "comparison_weights",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("year", _COUNT, nullable=False),
        sa.Column("indicator", _TEXT, nullable=False),
        sa.Column("weight", _COUNT, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_comparison_weights")),
    )
    op.create_table(
        "target_figures",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("year", _COUNT, nullable=False),
        sa.Column("indicator", _TEXT, nullable=False),
        *_columns("low high actual", _COUNT, nullable=True),
        sa.Column("due_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_target_figures")),
    )
    op.create_table(
        "example_cases",
        sa.Column("key", _KEY, nullable=False),
        _reference("example_cases", "village_key", "villages", nullable=True),
        *_columns("title about content", _TEXT, nullable=False),
        *_columns("reported_on published_on", _DAY, nullable=True),
        *_columns("media note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_example_cases")),
    )
    op.create_table(
        "supervisions",
        sa.Column("key", _KEY, nullable=False),
        _reference("supervisions", "village_key", "villages", nullable=True),
        sa.Column("dated", _DAY, nullable=True),
        sa.Column("unit", _TEXT, nullable=False),
        sa.Column("verdict", _WORD, nullable=True),
        sa.Column("content", _TEXT, nullable=False),
        *_columns("mend_by mended_on", _DAY, nullable=True),
        *_columns("result note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_supervisions")),
    )
    op.create_table(
        "year_plans",
        sa.Column("key", _KEY, nullable=False),
        _reference("year_plans", "village_key", "villages", nullable=True),
        sa.Column("year", _COUNT, nullable=False),
        *_columns("name document_no", _TEXT, nullable=False),
        sa.Column("issued_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_year_plans")),
    )
    op.create_table(
        "commendations",
        sa.Column("key", _KEY, nullable=False),
        _reference("commendations", "household_key", "households"),
        sa.Column("year", _COUNT, nullable=False),
        *_columns("level kind", _WORD, nullable=True),
        *_columns("cause grounds document_no", _TEXT, nullable=False),
        sa.Column("award_fen", _LARGE, nullable=True),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("given_on", _DAY, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_commendations")),
    )
    op.create_table(
        "plan_tasks",
        sa.Column("key", _KEY, nullable=False),
        _reference("plan_tasks", "plan_key", "year_plans"),
        *_columns("content part responsible", _TEXT, nullable=False),
        *_columns("due_on done_on", _DAY, nullable=True),
        sa.Column("result", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_plan_tasks")),
    )
    op.create_table(
        "surveys",
        sa.Column("key", _KEY, nullable=False),
        _reference("surveys", "village_key", "villages"),
        sa.Column("year", _COUNT, nullable=False),
        sa.Column("question_set", _TEXT, nullable=False),
        _reference("surveys", "household_key", "households", nullable=True),
        sa.Column("surveyed_on", _DAY, nullable=True),
        sa.Column("surveyor", _TEXT, nullable=False),
        sa.Column("weak", _FLAG, nullable=True),
        sa.Column("support", _TEXT, nullable=False),
        sa.Column("missing", _COUNT, nullable=False),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_surveys")),
    )
    op.create_table(
        "survey_answers",
        sa.Column("key", _KEY, nullable=False),
        _reference("survey_answers", "survey_key", "surveys"),
        sa.Column("position", _COUNT, nullable=False),
        *_columns("code question answer unit hint", _TEXT, nullable=False),
        sa.Column("needed", _FLAG, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_survey_answers")),
    )


def _years() -> None:
    """Income of households and villages by year."""
    op.create_table(
        "village_years",
        sa.Column("key", _KEY, nullable=False),
        _reference("village_years", "village_key", "villages"),
        sa.Column("year", _COUNT, nullable=False),
        *_columns("collective_income_fen per_head_income_fen main_output_fen", _LARGE, nullable=True),
        sa.Column("farm_output_fen", _LARGE, nullable=True),
        sa.Column("main_households", _COUNT, nullable=True),
        *_columns("industry_document note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_village_years")),
        sa.UniqueConstraint("village_key", "year", name=op.f("uq_village_years_village_key_year")),
    )
    op.create_table(
        "household_incomes",
        sa.Column("key", _KEY, nullable=False),
        _reference("household_incomes", "household_key", "households"),
        sa.Column("year", _COUNT, nullable=False),
        *_columns("wages_fen business_fen property_fen transfers_fen costs_fen per_head_fen", _LARGE, nullable=True),
        sa.Column("note", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_household_incomes")),
        sa.UniqueConstraint("household_key", "year", name=op.f("uq_household_incomes_household_key_year")),
    )


def _older_tables() -> None:
    """What households, persons and villages have besides."""
    op.create_index("ix_example_cases_village_key", "example_cases", ["village_key"], unique=False)
    op.create_index("ix_guides_village_key", "guides", ["village_key"], unique=False)
    op.create_index("ix_rosters_village_key", "rosters", ["village_key"], unique=False)
    op.create_index("ix_supervisions_village_key", "supervisions", ["village_key"], unique=False)
    op.create_index("ix_trainings_village_key", "trainings", ["village_key"], unique=False)
    op.create_index("ix_year_plans_village_key", "year_plans", ["village_key"], unique=False)
    op.create_index("ix_commendations_household_key", "commendations", ["household_key"], unique=False)
    op.create_index("ix_entity_loans_entity_key", "entity_loans", ["entity_key"], unique=False)
    op.create_index("ix_expert_services_expert_key", "expert_services", ["expert_key"], unique=False)
    op.create_index("ix_expert_services_household_key", "expert_services", ["household_key"], unique=False)
    op.create_index("ix_expert_services_village_key", "expert_services", ["village_key"], unique=False)
    op.create_index("ix_guide_visits_guide", "guide_visits", ["guide_key", "visited_on"], unique=False)
    op.create_index("ix_guide_visits_household_key", "guide_visits", ["household_key"], unique=False)
    op.create_index("ix_insurances_household_key", "insurances", ["household_key"], unique=False)
    op.create_index("ix_insurances_village_key", "insurances", ["village_key"], unique=False)
    op.create_index("ix_plan_tasks_plan_key", "plan_tasks", ["plan_key"], unique=False)
    op.create_index("ix_roster_members_roster_key", "roster_members", ["roster_key"], unique=False)
    op.create_index("ix_surveys_household_key", "surveys", ["household_key"], unique=False)
    op.create_index("ix_surveys_village_key", "surveys", ["village_key"], unique=False)
    op.create_index("ix_surveys_year", "surveys", ["year", "village_key"], unique=False)
    op.create_index("ix_insurance_claims_insurance_key", "insurance_claims", ["insurance_key"], unique=False)
    op.create_index("ix_microcredits_borrower_key", "microcredits", ["borrower_key"], unique=False)
    op.create_index("ix_microcredits_due", "microcredits", ["final_due_on", "key"], unique=False)
    op.create_index("ix_microcredits_household_key", "microcredits", ["household_key"], unique=False)
    op.create_index("ix_skills_person_key", "skills", ["person_key"], unique=False)
    op.create_index("ix_skills_training_key", "skills", ["training_key"], unique=False)
    op.create_index("ix_survey_answers_survey_key", "survey_answers", ["survey_key"], unique=False)
    op.create_index("ix_trainees_person_key", "trainees", ["person_key"], unique=False)
    op.create_index("ix_trainees_training_key", "trainees", ["training_key"], unique=False)
    op.create_index("ix_interest_subsidies_entity_loan_key", "interest_subsidies", ["entity_loan_key"], unique=False)
    op.create_index("ix_interest_subsidies_loan_key", "interest_subsidies", ["loan_key"], unique=False)
    op.create_index("ix_microcredit_renewals_loan_key", "microcredit_renewals", ["loan_key"], unique=False)
    op.create_index("ix_microcredit_repayments_loan_key", "microcredit_repayments", ["loan_key"], unique=False)
    op.add_column("households", sa.Column("helper", _TEXT, nullable=True))
    op.add_column("households", sa.Column("loan_wish", _FLAG, nullable=True))
    op.add_column("households", sa.Column("loan_refusal", _TEXT, nullable=True))
    op.add_column("households", sa.Column("risk", _TEXT, nullable=True))
    op.add_column("households", sa.Column("recognised_on", _DAY, nullable=True))
    op.add_column("households", sa.Column("cleared_on", _DAY, nullable=True))
    op.create_index("ix_households_guide", "households", ["guide"], unique=False)
    op.add_column("persons", sa.Column("willing", _FLAG, nullable=True))
    op.add_column("villages", sa.Column("cultivated_milli", _LARGE, nullable=True))
    op.add_column("villages", sa.Column("focus_village", _FLAG, nullable=True))
    op.add_column("villages", sa.Column("demonstration", _FLAG, nullable=True))
    op.add_column("villages", sa.Column("base_possible", _FLAG, nullable=True))
    op.add_column("villages", sa.Column("secretary", _TEXT, nullable=True))
    op.add_column("villages", sa.Column("first_secretary", _TEXT, nullable=True))
    op.add_column("villages", sa.Column("board_place", _TEXT, nullable=True))
    op.add_column("villages", sa.Column("email", _TEXT, nullable=True))
