"""What the papers of the registers say, on the sample office: sums, scores, and nobody's name in a public copy."""

from decimal import Decimal

import pytest

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import registers
from fupin_desktop.services.documents import registry as types
from fupin_desktop.services.ledger_papers import LedgerSubject
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.storage.entities import FarmItem, FundEntry, Indicator, Microcredit, Performance, ProjectFund


def subject(bench, name, row=0, *, public=False):
    query = Query(registry.of(name), bench.year)
    found = registers.window(bench, query, row, 1)
    return LedgerSubject(bench, query, found[0].key if found else "", public)


def data_of(bench, form, name, **how):
    return types.of(form).query(subject(bench, name, **how)).data


def totals(bench, name, column):
    return Decimal(registers.totals(bench, Query(registry.of(name), bench.year)).sums[column].replace(",", ""))


def test_the_pool_on_paper_adds_up_to_the_register(sample):
    rows = data_of(sample, "project_pool", "projects")["rows"]
    assert len(rows) == registers.count(sample, Query(registry.of("projects"), sample.year))
    assert sum(row["total"] for row in rows) == totals(sample, "projects", "total")
    first = rows[0]
    assert first["funds"] == "省级财政专项扶贫资金、帮扶单位资金、合作社自筹"
    assert first["goal"].startswith("建成120亩")
    assert first["period"] == f"{first['starts_on'][:7]}–{first['ends_on'][:7]}".replace("-", ".")


def test_a_self_assessment_scores_money_and_indicators(sample):
    made = data_of(sample, "performance_self", "performances")
    assert (made["rate"], made["money_score"]) == ("94.2%", Decimal("9.42"))
    assert made["score"] == made["money_score"] + sum(row["score"] for row in made["rows"])
    assert made["weight"] == 100
    shown = registers.window(sample, Query(registry.of("performances"), sample.year), 0, 1)[0].cells
    keys = [info.key for info in registers.columns(registry.of("performances"))]
    assert round(float(shown[keys.index("score")]), 2) == round(float(made["score"]), 2)
    late = [row for row in made["rows"] if row["deviation"]]
    assert [row["actual"] for row in late] == ["95%", "2260元"] or all(row["actual"] for row in late)


def test_a_monitoring_tells_how_far_each_indicator_is(sample):
    key = subject(sample, "performances").key
    with sample.write("测试", "中期值") as unit:
        for one in unit.session.query(Indicator).filter_by(performance_key=key):
            one.middle = "60" if one.target == "120" else ""
    rows = data_of(sample, "performance_monitor", "performances")["rows"]
    assert {row["standing"] for row in rows if row["target"].startswith("120")} == {"50.0%"}
    assert {row["standing"] for row in rows if not row["target"].startswith("120")} == {"未填"}


def test_what_was_spent_comes_from_the_ledger_where_nobody_typed_it(sample):
    key = subject(sample, "performances").key
    with sample.write("测试", "资金台账") as unit:
        one = unit.session.get(Performance, key)
        one.spent_fen = None
        funds = unit.session.query(ProjectFund).filter_by(project_key=one.project_key).order_by(ProjectFund.key).all()
        paid = unit.session.query(FundEntry).filter_by(kind="paid").order_by(FundEntry.key).first()
        funds[0].source_key = paid.source_key
        wanted = sum(
            entry.amount_fen for entry in unit.session.query(FundEntry).filter_by(kind="paid", source_key=paid.source_key)
        )
    made = data_of(sample, "performance_self", "performances")
    assert made["spent"] == from_fen(wanted) > 0
    share = min(made["spent"] / made["budget"], 1)
    assert made["rate"] == f"{float(share * 100):.1f}%"


@pytest.mark.parametrize(("form", "name"), [("linkage_roster", "linkages"), ("proceeds_list", "proceeds")])
def test_a_public_copy_names_nobody_in_full(sample, form, name):
    own, public = (data_of(sample, form, name, public=one) for one in (False, True))
    assert [row["village"] for row in own["rows"]] == [row["village"] for row in public["rows"]]
    assert all("*" in row["household"] for row in public["rows"])
    assert not any("*" in row["household"] for row in own["rows"])
    assert (own["last"], public["last"]) == (own["last"], "备注") != ("备注", "备注")


def test_no_number_goes_public_in_a_reason(sample):
    shares = registry.of("proceeds_shares")
    query = Query(shares, sample.year)
    row = registers.window(sample, query, 0, 1)[0]
    registers.set_cells(sample, shares, [CellEdit(row.key, "reason", "电话 13800000101 联系")])
    with pytest.raises(NotAllowed, match="第 . 行有电话"):
        data_of(sample, "proceeds_list", "proceeds", public=True)
    assert data_of(sample, "proceeds_list", "proceeds")["rows"]


def test_a_roster_is_of_poor_households_alone(sample):
    rows = data_of(sample, "linkage_roster", "linkages")["rows"]
    assert {row["household_class"] for row in rows} <= {"贫困户", "脱贫户", "监测户"}
    assert [row["entity"] for row in rows] == sorted(row["entity"] for row in rows)


def test_money_of_a_village_is_the_same_by_use_and_by_source(sample):
    rows = data_of(sample, "fund_statistics", "village_facts")["rows"]
    for row in rows:
        sources = row["fiscal"] + row["credit"] + row["own"] + row["donated"] + row["other"]
        assert row["spent"] == row["households"] + row["places"] == sources
    with sample.read() as session:
        paid = sum(one.amount_fen for one in session.query(FundEntry).filter_by(kind="paid") if one.dated.year == 2026)
        lent = sum(one.amount_fen for one in session.query(Microcredit) if one.lent_on.year == 2026)
    assert sum(row["spent"] for row in rows) == from_fen(paid + lent) > 0


def test_an_industry_counts_a_household_once(sample):
    rows = {row["name"]: row for row in data_of(sample, "industry_scale", "village_facts")["rows"]}
    with sample.read() as session:
        planted = {one.household_key for one in session.query(FarmItem).filter_by(product="水稻", year=2026)}
        income = sum(one.income_fen or 0 for one in session.query(FarmItem).filter_by(year=2026))
    assert rows["水稻"]["households"] == len(planted)
    assert sum(row["value"] for row in rows.values()) == from_fen(income)
    assert 0 < rows["水稻"]["poor"] <= rows["水稻"]["households"]


def test_a_village_s_poor_households_stand_with_their_products(sample):
    made = data_of(sample, "household_industry", "village_facts")
    groups = [row["group_name"] for row in made["rows"]]
    assert groups == sorted(groups, key=natural_key)
    assert made["n1"] == "水稻(亩)"
    assert {row["household_class"] for row in made["rows"]} <= {"贫困户", "脱贫户", "监测户", "边缘户"}


def test_surveys_are_counted_question_by_question(sample):
    surveys, answers = registry.of("surveys"), registry.of("survey_answers")
    own = subject(sample, "surveys")
    title = registers.window(sample, own.query, 0, 1)[0].cells[[one.key for one in registers.columns(surveys)].index("question_set")]
    rows = registers.window(sample, Query(answers, sample.year, parent=own.key), 0, 99)
    keys = [one.key for one in registers.columns(answers)]
    numbered = next(row for row in rows if row.cells[keys.index("unit")])
    assert registers.set_cells(sample, answers, [CellEdit(numbered.key, "answer", "12")]).change
    made = types.of("survey_summary").query(own).data
    assert title in made["title"]
    row = next(one for one in made["rows"] if one["code"] == numbered.cells[keys.index("code")])
    assert row["asked"] == row["answered"] + row["lacking"] > 1
    assert Decimal(row["sum"].replace(",", "")) >= 12
