"""The tables of projects, their assets, business entities, selling, and reasons."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _columns(names: str, of: Any, *, nullable: bool) -> list[sa.Column[Any]]:
    return [sa.Column(name, of, nullable=nullable) for name in names.split()]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "register_reasons",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("record_key", sa.String(length=32), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        *_columns("sentence clause reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_register_reasons")),
        sa.UniqueConstraint("record_key", "code", name=op.f("uq_register_reasons_record_key_code")),
    )
    op.create_table(
        "entities",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("village_key", sa.String(length=32), nullable=True),
        *_columns("name kind credit_code leader phone address industries", sa.Text(), nullable=False),
        *_columns("services level", sa.Text(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        *_columns("members staff poor_staff", sa.Integer(), nullable=True),
        *_columns("area_milli sales_fen", sa.BigInteger(), nullable=True),
        *_columns("records traced", sa.Boolean(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_entities_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_entities")),
    )
    op.create_index(op.f("ix_entities_credit_code"), "entities", ["credit_code"], unique=False)
    op.create_index(op.f("ix_entities_village_key"), "entities", ["village_key"], unique=False)
    op.create_table(
        "market_offers",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("village_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        *_columns("from_on to_on", sa.Date(), nullable=True),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=True),
        *_columns("contact phone", sa.Text(), nullable=False),
        sa.Column("unsold", sa.Boolean(), nullable=True),
        *_columns("remedy note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_market_offers_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_market_offers")),
    )
    op.create_index(op.f("ix_market_offers_village_key"), "market_offers", ["village_key"], unique=False)
    op.create_table(
        "shops",
        *_columns("key village_key", sa.String(length=32), nullable=False),
        *_columns("name platform", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        *_columns("operator kind state note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_shops_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shops")),
    )
    op.create_index(op.f("ix_shops_village_key"), "shops", ["village_key"], unique=False)
    op.create_table(
        "brands",
        sa.Column("key", sa.String(length=32), nullable=False),
        *_columns("village_key entity_key", sa.String(length=32), nullable=True),
        *_columns("name kind level certificate_no", sa.Text(), nullable=False),
        *_columns("issued_on expires_on", sa.Date(), nullable=True),
        sa.Column("product", sa.Text(), nullable=False),
        *_columns("award_fen waived_fen", sa.BigInteger(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_brands_entity_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_brands_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_brands")),
    )
    op.create_index(op.f("ix_brands_entity_key"), "brands", ["entity_key"], unique=False)
    op.create_index(op.f("ix_brands_village_key"), "brands", ["village_key"], unique=False)
    op.create_table(
        "entity_supports",
        *_columns("key entity_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_columns("kind description", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_entity_supports_entity_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_entity_supports")),
    )
    op.create_index(op.f("ix_entity_supports_entity_key"), "entity_supports", ["entity_key"], unique=False)
    op.create_table(
        "projects",
        *_columns("key village_key", sa.String(length=32), nullable=False),
        sa.Column("entity_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        *_columns("code name industry subkind nature", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=24), nullable=True),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("main_industry", sa.Boolean(), nullable=True),
        *_columns("place villages product", sa.Text(), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        *_columns("unit task subsidy_rule", sa.Text(), nullable=False),
        *_columns("starts_on ends_on", sa.Date(), nullable=True),
        *_columns("schedule supervisor operator leader phone contractor", sa.Text(), nullable=False),
        *_columns("households poor_households persons large_households", sa.Integer(), nullable=True),
        sa.Column("small_households", sa.Integer(), nullable=True),
        *_columns("linkages meeting", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("attendants", sa.Integer(), nullable=True),
        *_columns("resources channels troubles", sa.Text(), nullable=False),
        sa.Column("insured", sa.Boolean(), nullable=True),
        *_columns("brands certifications", sa.Text(), nullable=False),
        *_columns("traced records", sa.Boolean(), nullable=True),
        *_columns("photos_before photos_during photos_after papers", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_projects_entity_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_projects_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_projects")),
    )
    op.create_index(op.f("ix_projects_code"), "projects", ["code"], unique=False)
    op.create_index(op.f("ix_projects_entity_key"), "projects", ["entity_key"], unique=False)
    op.create_index(op.f("ix_projects_village_key"), "projects", ["village_key"], unique=False)
    op.create_table(
        "sales",
        sa.Column("key", sa.String(length=32), nullable=False),
        *_columns("village_key entity_key household_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        *_columns("way activity product", sa.Text(), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        *_columns("buyer buyer_kind", sa.Text(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("long_term", sa.Boolean(), nullable=True),
        sa.Column("waived_fen", sa.BigInteger(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_sales_entity_key")),
        sa.ForeignKeyConstraint(["household_key"], ["households.key"], name=op.f("fk_sales_household_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_sales_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sales")),
    )
    op.create_index(op.f("ix_sales_entity_key"), "sales", ["entity_key"], unique=False)
    op.create_index(op.f("ix_sales_household_key"), "sales", ["household_key"], unique=False)
    op.create_index(op.f("ix_sales_village_key"), "sales", ["village_key"], unique=False)
    op.create_table(
        "shop_months",
        *_columns("key shop_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_columns("month orders", sa.Integer(), nullable=True),
        *_columns("amount_fen poor_fen", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop_key"], ["shops.key"], name=op.f("fk_shop_months_shop_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shop_months")),
        sa.UniqueConstraint("shop_key", "year", "month", name=op.f("uq_shop_months_shop_key_year_month")),
    )
    op.create_index(op.f("ix_shop_months_shop_key"), "shop_months", ["shop_key"], unique=False)
    op.create_table(
        "assets",
        *_columns("key village_key project_key", sa.String(length=32), nullable=False),
        sa.Column("entity_key", sa.String(length=32), nullable=True),
        *_columns("name kind", sa.Text(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        *_columns("value_fen quantity_milli", sa.BigInteger(), nullable=True),
        *_columns("unit place owner_name way", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=True),
        *_columns("starts_on ends_on", sa.Date(), nullable=True),
        sa.Column("yearly_fen", sa.BigInteger(), nullable=True),
        *_columns("keeper state note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_assets_entity_key")),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_assets_project_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_assets_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_assets")),
    )
    op.create_index(op.f("ix_assets_entity_key"), "assets", ["entity_key"], unique=False)
    op.create_index(op.f("ix_assets_project_key"), "assets", ["project_key"], unique=False)
    op.create_index(op.f("ix_assets_village_key"), "assets", ["village_key"], unique=False)
    op.create_table(
        "facilities",
        *_columns("key village_key", sa.String(length=32), nullable=False),
        sa.Column("project_key", sa.String(length=32), nullable=True),
        *_columns("name kind functions", sa.Text(), nullable=False),
        sa.Column("built_on", sa.Date(), nullable=True),
        sa.Column("size_milli", sa.BigInteger(), nullable=True),
        *_columns("unit operator", sa.Text(), nullable=False),
        *_columns("households poor_workers", sa.Integer(), nullable=True),
        sa.Column("income_fen", sa.BigInteger(), nullable=True),
        sa.Column("photos", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_facilities_project_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_facilities_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facilities")),
    )
    op.create_index(op.f("ix_facilities_project_key"), "facilities", ["project_key"], unique=False)
    op.create_index(op.f("ix_facilities_village_key"), "facilities", ["village_key"], unique=False)
    op.create_table(
        "inspections",
        sa.Column("key", sa.String(length=32), nullable=False),
        *_columns("village_key project_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        *_columns("inspector way trouble kind measure responsible", sa.Text(), nullable=False),
        *_columns("due_on done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_inspections_project_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_inspections_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inspections")),
    )
    op.create_index(op.f("ix_inspections_project_key"), "inspections", ["project_key"], unique=False)
    op.create_index(op.f("ix_inspections_village_key"), "inspections", ["village_key"], unique=False)
    op.create_table(
        "leaders",
        *_columns("key village_key", sa.String(length=32), nullable=False),
        *_columns("project_key entity_key", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.String(length=20), nullable=False),
        sa.Column("sex", sa.String(length=24), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("recognised_on", sa.Date(), nullable=True),
        *_columns("document_no trained", sa.Text(), nullable=False),
        sa.Column("insured", sa.Boolean(), nullable=True),
        *_columns("state note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_leaders_entity_key")),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_leaders_project_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_leaders_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_leaders")),
    )
    op.create_index(op.f("ix_leaders_entity_key"), "leaders", ["entity_key"], unique=False)
    op.create_index(op.f("ix_leaders_project_key"), "leaders", ["project_key"], unique=False)
    op.create_index(op.f("ix_leaders_village_key"), "leaders", ["village_key"], unique=False)
    op.create_table(
        "linkages",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("household_key", sa.String(length=32), nullable=True),
        sa.Column("entity_key", sa.String(length=32), nullable=False),
        *_columns("project_key village_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        *_columns("way contract_no", sa.Text(), nullable=False),
        *_columns("starts_on ends_on", sa.Date(), nullable=True),
        *_columns("area_milli share_fen floor_fen dividend_fen wages_fen", sa.BigInteger(), nullable=True),
        *_columns("rent_fen margin_fen", sa.BigInteger(), nullable=True),
        sa.Column("work_days", sa.Integer(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_key"], ["entities.key"], name=op.f("fk_linkages_entity_key")),
        sa.ForeignKeyConstraint(["household_key"], ["households.key"], name=op.f("fk_linkages_household_key")),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_linkages_project_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_linkages_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_linkages")),
    )
    op.create_index(op.f("ix_linkages_entity_key"), "linkages", ["entity_key"], unique=False)
    op.create_index(op.f("ix_linkages_household_key"), "linkages", ["household_key"], unique=False)
    op.create_index(op.f("ix_linkages_project_key"), "linkages", ["project_key"], unique=False)
    op.create_index("ix_linkages_year", "linkages", ["year", "entity_key"], unique=False)
    op.create_table(
        "performances",
        *_columns("key project_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        *_columns("budget_fen spent_fen", sa.BigInteger(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.Text(), nullable=False),
        *_columns("published_on monitored_on", sa.Date(), nullable=True),
        sa.Column("monitored", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        *_columns("reviewer review", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_performances_project_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_performances")),
        sa.UniqueConstraint("project_key", "year", name=op.f("uq_performances_project_key_year")),
    )
    op.create_index(op.f("ix_performances_project_key"), "performances", ["project_key"], unique=False)
    op.create_table(
        "project_funds",
        *_columns("key project_key", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=32), nullable=True),
        *_columns("name level", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("secured", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_project_funds_project_key")),
        sa.ForeignKeyConstraint(["source_key"], ["fund_sources.key"], name=op.f("fk_project_funds_source_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_funds")),
    )
    op.create_index(op.f("ix_project_funds_project_key"), "project_funds", ["project_key"], unique=False)
    op.create_index(op.f("ix_project_funds_source_key"), "project_funds", ["source_key"], unique=False)
    op.create_table(
        "project_quarters",
        *_columns("key project_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=24), nullable=True),
        *_columns("invested_fen total_fen received_fen", sa.BigInteger(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=True),
        sa.Column("running", sa.String(length=24), nullable=True),
        sa.Column("output_milli", sa.BigInteger(), nullable=True),
        sa.Column("output_unit", sa.Text(), nullable=False),
        *_columns("sales_fen net_fen shared_fen collective_fen", sa.BigInteger(), nullable=True),
        sa.Column("work_days", sa.Integer(), nullable=True),
        sa.Column("wages_fen", sa.BigInteger(), nullable=True),
        *_columns("households persons", sa.Integer(), nullable=True),
        *_columns("channels troubles plan reason", sa.Text(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_project_quarters_project_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_quarters")),
        sa.UniqueConstraint(
            "project_key", "year", "quarter", name=op.f("uq_project_quarters_project_key_year_quarter")
        ),
    )
    op.create_index(op.f("ix_project_quarters_project_key"), "project_quarters", ["project_key"], unique=False)
    op.create_table(
        "project_steps",
        *_columns("key project_key", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        *_columns("document_no reason who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_project_steps_project_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_steps")),
    )
    op.create_index(op.f("ix_project_steps_project_key"), "project_steps", ["project_key"], unique=False)
    op.create_table(
        "risks",
        *_columns("key project_key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *_columns("likelihood impact grade", sa.String(length=24), nullable=True),
        *_columns("measures description responsible", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_risks_project_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_risks")),
    )
    op.create_index(op.f("ix_risks_project_key"), "risks", ["project_key"], unique=False)
    op.create_table(
        "indicators",
        *_columns("key performance_key", sa.String(length=32), nullable=False),
        *_columns("category subcategory name target unit", sa.Text(), nullable=False),
        sa.Column("direction", sa.String(length=24), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("middle", sa.Text(), nullable=False),
        sa.Column("middle_on", sa.Date(), nullable=True),
        sa.Column("actual", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("score_milli", sa.BigInteger(), nullable=True),
        sa.Column("deviation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["performance_key"], ["performances.key"], name=op.f("fk_indicators_performance_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_indicators")),
    )
    op.create_index(op.f("ix_indicators_performance_key"), "indicators", ["performance_key"], unique=False)
    op.create_table(
        "proceeds",
        *_columns("key village_key", sa.String(length=32), nullable=False),
        *_columns("asset_key project_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=True),
        sa.Column("scheme", sa.Text(), nullable=False),
        *_columns("collective_fen households_fen", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["assets.key"], name=op.f("fk_proceeds_asset_key")),
        sa.ForeignKeyConstraint(["project_key"], ["projects.key"], name=op.f("fk_proceeds_project_key")),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_proceeds_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_proceeds")),
    )
    op.create_index(op.f("ix_proceeds_asset_key"), "proceeds", ["asset_key"], unique=False)
    op.create_index(op.f("ix_proceeds_project_key"), "proceeds", ["project_key"], unique=False)
    op.create_index(op.f("ix_proceeds_village_key"), "proceeds", ["village_key"], unique=False)
    op.create_table(
        "proceeds_shares",
        *_columns("key proceeds_key household_key", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_key"], ["households.key"], name=op.f("fk_proceeds_shares_household_key")),
        sa.ForeignKeyConstraint(["proceeds_key"], ["proceeds.key"], name=op.f("fk_proceeds_shares_proceeds_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_proceeds_shares")),
    )
    op.create_index(op.f("ix_proceeds_shares_household_key"), "proceeds_shares", ["household_key"], unique=False)
    op.create_index(op.f("ix_proceeds_shares_proceeds_key"), "proceeds_shares", ["proceeds_key"], unique=False)
