"""The papers of the registers: what each says of one sound row, what it refuses, and how its sums are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.layout.fill import fill as filled
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import registers
from fupin_desktop.services.document_types import insurance_coverage, survey_summary
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents import registry as types
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.ledger_papers import LedgerSubject, joined, period, public_names
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Insurance, InsuranceClaim, Trainee, Village
from tests.documents.geometry import ugly
from tests.services.registers.ledger_office import ROWS, add, fill
from tests.services.registers.test_ledgers import made_office
from tests.storage.office_file import NOW
from tests.templates import copied

D = Decimal
TODAY = NOW.date()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """An office with one sound row of every register."""
    made = copied(made_office, tmp_path_factory.mktemp("papers") / "office", lambda: NOW)
    fill(made, *ROWS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """An office whose registers are empty but for its households."""
    made = copied(made_office, tmp_path_factory.mktemp("empty") / "office", lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def bare(tmp_path: Any) -> Iterator[Workbench]:
    made = copied(made_office, tmp_path / "office", lambda: NOW)
    yield made
    made.close()


def subject(bench: Workbench, register: str, row: int = 0, **how: Any) -> LedgerSubject:
    query = Query(registry.of(register), bench.year)
    found = registers.window(bench, query, row, 1)
    return LedgerSubject(bench, query, found[0].key if found else "", **how)


def data(bench: Workbench, form: str, register: str, **how: Any) -> dict[str, Any]:
    query = types.of(form).query
    assert query is not None
    return dict(query(subject(bench, register, **how)).data)


PAPERS: dict[str, tuple[str, str, str, dict[str, Any], dict[str, Any]]] = {
    "asset_list": (
        "assets", "塘㙍镇扶贫项目资产台账", "2026年扶贫项目资产台账", {},
        {"name": "收割机", "project": "水稻基地", "value": D("98000.00"), "operator": "", "period": "", "keeper": "吴强"},
    ),
    "inspection_list": (
        "inspections", "2026年产业扶贫问题整改台账", "2026年问题整改台账", {},
        {"trouble": "公示不全", "measure": "补齐", "responsible": "吴强", "due_on": "2026-12-01"},
    ),
    "risk_table": (
        "risks", "2026年产业扶贫项目风险评估表", "2026年项目风险评估表", {},
        {"project": "水稻基地", "kind": "市场", "responsible": "吴强"},
    ),
    "training_ledger": (
        "trainings", "2026年产业扶贫培训台账", "2026年培训台账", {}, {"topic": "水稻栽培", "held_on": "2026-01-03"},
    ),
    "commendation_list": (
        "commendations", "2026年产业扶贫表彰名单", "2026年表彰名单", {},
        {"head_name": "吴一", "level": "村", "kind": "种养大户", "cause": "种得好"},
    ),
    "subsidy_list": (
        "interest_subsidies", "2026年产业扶贫贷款贴息名单", "2026年贷款贴息名单", {}, {"head_name": "吴一"},
    ),
    "loan_register": (
        "microcredits", "2026年塘㙍镇产业扶贫贷款台账", "2026年贷款台账", {},
        {"head_name": "吴一", "bank": "农商行", "amount": D("50000.00"), "due_on": "2027-01-02"},
    ),
    "work_group": (
        "rosters", "小组成员名单", "小组成员名单", {"group": "小组", "document_no": "塘扶〔2026〕1号"},
        {"duty": "组长", "name": "甲某", "unit": "镇", "post": "干部"},
    ),
    "sign_in": (
        "trainings", "“水稻栽培”培训签到表", "签到表 水稻栽培", {"topic": "水稻栽培", "held_on": "2026-01-03"},
        {"name": "吴小明", "signed": ""},
    ),
    "project_card": (
        "projects", "产业扶贫项目卡", "项目卡 水稻基地",
        {"name": "水稻基地", "scale": "120 亩", "period": "2026.03–2026.12", "goal": "建成基地", "marks": ""}, {},
    ),
    "certificate": (
        "commendations", "奖状 吴一", "奖状 吴一",
        {"name": "低岭村　吴一", "cause": "种得好，", "praise": "产业扶贫种养大户", "unit": "低岭村民委员会"}, {},
    ),
    "survey_form": (
        "surveys", "2026年村产业扶贫摸底调查表", "村产业扶贫摸底调查表 低岭村", {"subject": "塘㙍镇低岭村"}, {},
    ),
    "insurance_coverage": (
        "insurances", "2026年农业保险覆盖表", "2026年农业保险覆盖表", {}, {"village": "低岭村", "policies": 1},
    ),
    "target_board": ("plan_tasks", "2026年产业扶贫目标任务完成情况表", "2026年目标任务完成情况表", {}, {}),
}  # fmt: skip


@pytest.mark.parametrize("form", PAPERS)
def test_a_paper_says_what_its_row_says(office: Workbench, form: str) -> None:
    register, title, named, wanted, row = PAPERS[form]
    made = data(office, form, register)
    assert made["title"] == title
    assert computed.paper(office, form, subject(office, register)).name == named
    assert {name: made[name] for name in wanted} == wanted
    if row:
        assert {name: made["rows"][0][name] for name in row} == row
    assert (made.get("office"), made.get("made_on")) == ("塘㙍镇扶贫办", TODAY) or form == "certificate"


@pytest.mark.parametrize("form", PAPERS)
def test_it_is_drawn_clean_with_every_row_on_it(office: Workbench, form: str) -> None:
    register, _, _, _, row = PAPERS[form]
    paper = computed.paper(office, form, subject(office, register))
    pages = paper.filled()
    assert list(ugly(pages)) == []
    said = "".join(run.text for page in pages.pages for run in page.texts)
    for value in row.values():
        if isinstance(value, str):
            assert value in said, value
    if paper.has_workbook:
        assert paper.xlsx()[:2] == b"PK"


LISTS = {form: register for form, (register, *_) in PAPERS.items()
         if form in ("asset_list", "inspection_list", "risk_table", "training_ledger", "commendation_list", "subsidy_list")}  # fmt: skip
OF_ONE = {form: register for form, (register, *_) in PAPERS.items()
          if form in ("work_group", "sign_in", "project_card", "certificate", "survey_form")}  # fmt: skip


@pytest.mark.parametrize("form", LISTS)
def test_an_empty_list_is_no_paper(empty: Workbench, form: str) -> None:
    with pytest.raises(NotAllowed, match="没有记录") as caught:
        data(empty, form, LISTS[form])
    assert caught.value.todo == "请先登记，或放宽筛选条件。"


@pytest.mark.parametrize("form", OF_ONE)
def test_a_paper_about_one_needs_one(office: Workbench, form: str) -> None:
    query = types.of(form).query
    assert query is not None
    for key in ("", "0" * 32):
        with pytest.raises(NotAllowed, match="没有选中"):
            query(LedgerSubject(office, Query(registry.of(OF_ONE[form]), office.year), key))


def test_without_any_loan_there_is_no_register_of_loans(empty: Workbench) -> None:
    with pytest.raises(NotAllowed, match="还没有贷款"):
        data(empty, "loan_register", "microcredits")


def test_loans_of_both_kinds_stand_in_one_register_whichever_is_looked_at(office: Workbench) -> None:
    for register in ("microcredits", "entity_loans"):
        made = data(office, "loan_register", register)
        assert [row["head_name"] for row in made["rows"]] == ["吴一"]
        assert [(row["entity"], row["amount"]) for row in made["entities"]] == [("水稻合作社", D("100000.00"))]


# ---- what never goes public ----
@pytest.mark.parametrize("form", ["commendation_list", "certificate"])
@pytest.mark.parametrize("text", ["带动邻里，电话13822541234", "证号44088319680214123X"])
def test_a_number_in_a_cause_keeps_the_paper_back(bare: Workbench, form: str, text: str) -> None:
    fill(bare, "commendations")
    register = registry.of("commendations")
    registers.set_cells(bare, register, [CellEdit(subject(bare, "commendations").key, "cause", text)])
    with pytest.raises(NotAllowed, match="电话、证件号或账号"):
        data(bare, form, "commendations")


def test_public_lists_hold_no_number_of_a_person(office: Workbench) -> None:
    for form in ("commendation_list", "subsidy_list", "training_ledger", "target_board", "insurance_coverage"):
        pages = computed.paper(office, form, subject(office, PAPERS[form][0])).filled()
        assert find_leaks("\n".join(run.text for page in pages.pages for run in page.texts)) == []


# ---- certificates ----
@pytest.mark.parametrize(
    ("level", "unit"), [("村", "低岭村民委员会"), ("镇", "塘㙍镇人民政府"), ("市", "吴川市扶贫工作领导小组")]
)
def test_a_certificate_is_given_by_the_unit_of_its_level(bare: Workbench, level: str, unit: str) -> None:
    add(bare, "commendations", level=level, given_on="2026-01-02", kind="带头人", cause="带动十户。")
    made = data(bare, "certificate", "commendations")
    assert (made["unit"], made["given_on"], made["cause"]) == (unit, "2026年1月2日", "带动十户，")
    assert made["praise"] == "产业扶贫创业致富带头人"


# ---- trainings ----
@pytest.mark.parametrize(("count", "lines"), [(0, 25), (1, 25), (20, 25), (21, 26), (40, 45)])
def test_a_sign_in_sheet_has_lines_for_those_who_come_besides(bare: Workbench, count: int, lines: int) -> None:
    fill(bare, "trainings")
    training = subject(bare, "trainings").key
    with bare.write("test", "试") as unit:
        for number in range(count):
            unit.session.add(Trainee(training_key=training, name=f"学员{number}"))
            unit.session.flush()
    rows = data(bare, "sign_in", "trainings")["rows"]
    assert len(rows) == lines
    assert [row["name"] for row in rows[:count]] == [f"学员{number}" for number in range(count)]
    assert all(row["name"] == row["signed"] == "" for row in rows[count:])


# ---- insurance ----
@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(0, 0, "—"), (0, 3, "0.0%"), (1, 3, "33.3%"), (2, 3, "66.6%"), (3, 3, "100.0%"), (1999, 2000, "99.9%")]
)
def test_a_share_is_never_shown_as_whole_before_it_is(part: int, whole: int, shown: str) -> None:
    assert insurance_coverage.share(part, whole) == shown


def test_a_household_counts_once_and_claims_count_in_the_year_they_are_paid(bare: Workbench) -> None:
    with bare.write("test", "试") as unit:
        village = unit.session.query(Village).one()
        heads = unit.session.query(Household).order_by(Household.code).all()

        def policy(number: int, head: int | None, first: date, last: date, premium: int = 100) -> str:
            one = Insurance(
                village_key=village.key, household_key=heads[head].key if head is not None else None, kind="政策性种植保险",
                company="人保", policy_no=f"B{number}", from_on=first, to_on=last, premium_fen=premium, sum_fen=1000,
            )  # fmt: skip
            unit.session.add(one)
            unit.session.flush()
            return one.key

        year = (date(2026, 1, 1), date(2026, 12, 31))
        policy(1, 0, *year)
        policy(2, 0, *year, premium=250)
        over = policy(3, 1, date(2025, 7, 1), date(2026, 6, 30))
        policy(4, None, *year)
        policy(5, 2, date(2025, 1, 1), date(2025, 12, 31))
        for on, fen in ((date(2025, 12, 1), 7000), (date(2026, 1, 1), 500), (date(2026, 5, 1), 20)):
            unit.session.add(InsuranceClaim(insurance_key=over, happened_on=on, cause="台风", paid_fen=fen, paid_on=on))
    for name in ("吴一", "吴二", "吴三"):
        key = next(row.key for row in registers.window(bare, Query(registry.of("households"), 2026, text=name), 0, 1))
        assert registers.add(bare, registry.of("farm_items"), {"product": "水稻", "unit": "亩", "declared": "2"}, key).change
    (row,) = data(bare, "insurance_coverage", "insurances")["rows"]
    assert (row["households"], row["insured"], row["lacking"], row["coverage"]) == (3, 2, 1, "66.6%")
    assert (row["policies"], row["premium"], row["sum"]) == (4, D("5.50"), D("40.00"))
    assert row["claimed"] == D("5.20"), "what was paid the year before is not told again"


# ---- surveys ----
def test_answers_of_a_survey_are_summed_by_their_kind() -> None:
    from fupin_desktop.policy.question_sets import Question

    def row(kind: str, *answers: str, choices: tuple[str, ...] = ()) -> dict[str, Any]:
        question = Question(code="1", text="问", kind=kind, unit="", choices=choices)
        return survey_summary._row(question, answers)

    told = row("number", "1.5", "", "2", "无", "１")
    assert (told["asked"], told["answered"], told["lacking"]) == (5, 4, 1)
    assert (told["sum"], told["mean"]) == ("4.5", "1.50")
    assert (row("count")["sum"], row("count", "无")["sum"]) == ("", "")
    assert row("yes_no", "是", "否", "是", "")["spread"] == "是 2；否 1"
    assert row("several", "甲、乙", "乙，丙", choices=("甲", "乙", "丙", "丁"))["spread"] == "甲 1；乙 2；丙 1"
    assert row("text", "甲")["spread"] == ""


# ---- what they share ----
@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [("2026-03-01", "2026-12-20", "2026.03–2026.12"), ("2026-03-01", "", "2026.03"), ("", "2026-12-20", "2026.12"), ("", "", "")],
)
def test_a_period_is_told_by_its_months(starts: str, ends: str, shown: str) -> None:
    assert period(starts, ends) == shown


def test_texts_of_one_key_are_joined_once_each_in_their_order() -> None:
    pairs = [("a", "乙"), ("b", ""), ("a", "甲"), ("a", "乙"), ("b", "丙")]
    assert joined(pairs) == {"a": "乙、甲", "b": "丙"}
    assert joined([]) == {}


def test_a_public_copy_masks_names_and_leaves_the_rest() -> None:
    assert public_names([{"head": "陈观保", "amount": 1}], "head") == [{"head": "陈*保", "amount": 1}]


# ---- the recovery code ----
def test_the_recovery_code_is_printed_for_the_safe(office: Workbench) -> None:
    from fupin_desktop.services.document_types.recovery_code import CodeSubject

    code = "ABCDE-FGHJK-LMNPQ-RSTUV"
    paper = computed.paper(office, "recovery_code", CodeSubject(office, code))
    pages = paper.filled()
    said = "".join(run.text for page in pages.pages for run in page.texts)
    assert code in said
    assert str(office.data_folder) in said.replace(" ", "")
    assert (len(pages.pages), list(ugly(pages)), paper.name) == (1, [], "数据恢复码")


def test_a_paper_that_is_about_nothing_kept_has_no_link_of_the_log(office: Workbench) -> None:
    paper = computed.paper(office, "target_board", subject(office, "plan_tasks"))
    assert isinstance(paper, Computed)
    assert paper.stamp == ""
    stamped = Computed(paper.type, paper.subject, stamp="日志 12 abcd").filled()
    assert all(page.texts[-1].text == "日志 12 abcd" for page in stamped.pages)
    form = load_form("target_board")
    assert filled(form, {}, TODAY).pages[0].texts[-1].text != "日志 12 abcd"
