"""The first data file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables of the first version."""
    op.create_table(
        "change_sets",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("undoable", sa.Boolean(), nullable=False),
        sa.Column("reverts_key", sa.String(length=32), nullable=True),
        sa.Column("reverted_by", sa.String(length=32), nullable=True),
        sa.Column("redo_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_change_sets")),
        sa.UniqueConstraint("number", name=op.f("uq_change_sets_number")),
    )
    op.create_table(
        "column_mappings",
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_column_mappings")),
    )
    op.create_table(
        "fund_sources",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document_no", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("original_plan", sa.Text(), nullable=False),
        sa.Column("donors", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fund_sources")),
    )
    op.create_table(
        "import_runs",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_import_runs")),
    )
    op.create_index(op.f("ix_import_runs_sha256"), "import_runs", ["sha256"], unique=False)
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "towns",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_towns")),
    )
    op.create_index(op.f("ix_towns_code"), "towns", ["code"], unique=False)
    op.create_table(
        "change_entries",
        sa.Column("set_key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("first_key", sa.String(length=32), nullable=False),
        sa.Column("last_key", sa.String(length=32), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["set_key"], ["change_sets.key"], name=op.f("fk_change_entries_set_key")),
        sa.PrimaryKeyConstraint("set_key", "position", name=op.f("pk_change_entries")),
    )
    op.create_index(
        "ix_change_entries_record", "change_entries", ["entity", "size", "first_key", "last_key"], unique=False
    )
    op.create_table(
        "offices",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("town_key", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("objection_village", sa.Text(), nullable=False),
        sa.Column("objection_town", sa.Text(), nullable=False),
        sa.Column("objection_county", sa.Text(), nullable=False),
        sa.Column("objection_discipline", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("board_place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["town_key"], ["towns.key"], name=op.f("fk_offices_town_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_offices")),
    )
    op.create_index(op.f("ix_offices_town_key"), "offices", ["town_key"], unique=False)
    op.create_table(
        "villages",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("town_key", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("assisting_unit", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("main_product", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["town_key"], ["towns.key"], name=op.f("fk_villages_town_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_villages")),
    )
    op.create_index(op.f("ix_villages_code"), "villages", ["code"], unique=False)
    op.create_index(op.f("ix_villages_name"), "villages", ["name"], unique=False)
    op.create_index(op.f("ix_villages_town_key"), "villages", ["town_key"], unique=False)
    op.create_table(
        "award_schemes",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("village_key", sa.String(length=32), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_award_schemes_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_award_schemes")),
    )
    op.create_index(op.f("ix_award_schemes_village_key"), "award_schemes", ["village_key"], unique=False)
    op.create_index("ix_award_schemes_year", "award_schemes", ["year", "place"], unique=False)
    op.create_table(
        "households",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("village_key", sa.String(length=32), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("head_id_number", sa.String(length=20), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("household_class", sa.String(length=24), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("recognised_by", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("bank_name", sa.Text(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("bank_account", sa.Text(), nullable=False),
        sa.Column("cultivated_milli", sa.BigInteger(), nullable=True),
        sa.Column("water_milli", sa.BigInteger(), nullable=True),
        sa.Column("orchard_milli", sa.BigInteger(), nullable=True),
        sa.Column("forest_milli", sa.BigInteger(), nullable=True),
        sa.Column("cooperative", sa.Boolean(), nullable=True),
        sa.Column("production_income_fen", sa.BigInteger(), nullable=True),
        sa.Column("guide", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("head_sort", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["village_key"], ["villages.key"], name=op.f("fk_households_village_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_households")),
    )
    op.create_index("ix_households_class", "households", ["household_class", "key"], unique=False)
    op.create_index("ix_households_code", "households", ["code", "key"], unique=False)
    op.create_index("ix_households_head", "households", ["head_sort", "key"], unique=False)
    op.create_index("ix_households_id_number", "households", ["head_id_number", "key"], unique=False)
    op.create_index("ix_households_members", "households", ["members", "key"], unique=False)
    op.create_index("ix_households_search", "households", ["search_key", "key"], unique=False)
    op.create_index("ix_households_village", "households", ["village_key", "key"], unique=False)
    op.create_table(
        "award_runs",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("scheme_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("program_version", sa.String(length=24), nullable=False),
        sa.Column("large_from_milli", sa.Integer(), nullable=True),
        sa.Column("award_fen", sa.BigInteger(), nullable=False),
        sa.Column("pool_fen", sa.BigInteger(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=True),
        sa.Column("totals", sa.Text(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["scheme_key"], ["award_schemes.key"], name=op.f("fk_award_runs_scheme_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_award_runs")),
    )
    op.create_index("ix_award_runs_scheme", "award_runs", ["scheme_key", "at"], unique=False)
    op.create_table(
        "farm_items",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("household_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("product_group", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("declared_milli", sa.BigInteger(), nullable=True),
        sa.Column("accepted_milli", sa.BigInteger(), nullable=True),
        sa.Column("planned_milli", sa.BigInteger(), nullable=True),
        sa.Column("area_milli", sa.BigInteger(), nullable=True),
        sa.Column("cost_fen", sa.BigInteger(), nullable=True),
        sa.Column("cost_evidence", sa.Text(), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=True),
        sa.Column("other_subsidy_fen", sa.BigInteger(), nullable=False),
        sa.Column("base_kind", sa.String(length=24), nullable=True),
        sa.Column("instalment_year", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_key"], ["households.key"], name=op.f("fk_farm_items_household_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_farm_items")),
    )
    op.create_index("ix_farm_items_household", "farm_items", ["household_key", "year"], unique=False)
    op.create_index("ix_farm_items_product", "farm_items", ["year", "product", "key"], unique=False)
    op.create_index("ix_farm_items_year", "farm_items", ["year", "key"], unique=False)
    op.create_table(
        "participations",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("household_key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=True),
        sa.Column("area_milli", sa.BigInteger(), nullable=True),
        sa.Column("earlier_fen", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("area_total_milli", sa.BigInteger(), nullable=True),
        sa.Column("cost_total_fen", sa.BigInteger(), nullable=True),
        sa.Column("products_text", sa.Text(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["household_key"], ["households.key"], name=op.f("fk_participations_household_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_participations")),
        sa.UniqueConstraint("household_key", "year", name=op.f("uq_participations_household_key_year")),
    )
    op.create_index(
        "ix_participations_area", "participations", ["year", "area_total_milli", "household_key"], unique=False
    )
    op.create_index(
        "ix_participations_cost", "participations", ["year", "cost_total_fen", "household_key"], unique=False
    )
    op.create_index("ix_participations_kind", "participations", ["year", "kind", "household_key"], unique=False)
    op.create_table(
        "persons",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("household_key", sa.String(length=32), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.String(length=20), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("education", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("labour", sa.Text(), nullable=False),
        sa.Column("working", sa.Text(), nullable=False),
        sa.Column("per_head_income_fen", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("name_sort", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_key"], ["households.key"], name=op.f("fk_persons_household_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_persons")),
    )
    op.create_index(op.f("ix_persons_household_key"), "persons", ["household_key"], unique=False)
    op.create_index("ix_persons_id_number", "persons", ["id_number", "key"], unique=False)
    op.create_index("ix_persons_name", "persons", ["name_sort", "key"], unique=False)
    op.create_index("ix_persons_search", "persons", ["search_key", "key"], unique=False)
    op.create_table(
        "award_results",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("run_key", sa.String(length=32), nullable=False),
        sa.Column("household_key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("computed_fen", sa.BigInteger(), nullable=False),
        sa.Column("capped_fen", sa.BigInteger(), nullable=False),
        sa.Column("award_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_key"], ["award_runs.key"], name=op.f("fk_award_results_run_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_award_results")),
    )
    op.create_index("ix_award_results_household", "award_results", ["household_key"], unique=False)
    op.create_index(op.f("ix_award_results_run_key"), "award_results", ["run_key"], unique=False)
    op.create_table(
        "notices",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("run_key", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_key"], ["award_runs.key"], name=op.f("fk_notices_run_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_run_key"), "notices", ["run_key"], unique=False)
    op.create_index(op.f("ix_notices_state"), "notices", ["state"], unique=False)
