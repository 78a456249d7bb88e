"""What a notice says to the public, and that a posted one stays as it was."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from fupin_desktop import paths
from fupin_desktop.documents.filled_store import pack
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.errors import NotAllowed, PaperChanged
from fupin_desktop.policy.clauses import cite
from fupin_desktop.policy.scheme import Caps
from fupin_desktop.services import award_notices, awards, offices, own_forms, schemes, villages
from fupin_desktop.services.awards.notice import pack_notice
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.document_types.award_sheet import sheet_of
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.villages import VillageForm
from fupin_desktop.storage.entities import Notice
from tests.documents.papers import notice as sample_notice
from tests.services.award_office import REGISTER, file_scheme, make_bench, put_register, scheme

D = Decimal
BEFORE = "0058c111f4799d329b200035cc0c871f5c8f0c9209ae0be946c656b5c2607385"
"""Pages of ``tests.documents.papers.notice(12)`` as version 0.1 made them."""


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    yield made
    made.close()


def run_of(bench, **changes):
    key = schemes.save(bench, None, scheme(**changes)).keys[0]
    return key, awards.recalculate(bench, key).keys[0]


def post(bench, **changes):
    key, run = run_of(bench, **changes)
    return key, award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]


def words(form):
    return "".join(run.text for page in form.pages for run in page.texts)


def settled(bench, **changes):
    return award_notices.prepare(bench, run_of(bench, **changes)[1], award_notices.default_settings(bench)).notice


# ---- frozen ----
def own_notice_form(bench, tmp_path):
    text = (paths.forms() / "notice_awards" / "form.toml").read_text(encoding="utf-8")
    folder = tmp_path / "改" / "notice_awards"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(text.replace("一、奖补标准", "一、补助标准"), encoding="utf-8")
    own_forms.install(bench, folder)


def test_a_posted_notice_stays_on_the_form_it_was_posted_with(bench, tmp_path):
    _, posted = post(bench)
    before = award_notices.posted_paper(bench, posted).pdf()
    own_notice_form(bench, tmp_path)
    assert award_notices.posted_paper(bench, posted).pdf() == before
    assert "一、补助标准" in words(award_notices.paper(bench, award_notices.load(bench, posted)).filled())


def test_a_notice_posted_by_an_earlier_version_prints_the_same_pages(bench):
    with bench.write("notices.publish", "公示") as unit:
        row = Notice(year=2026, kind="awards", title="公示", body=pack_notice(sample_notice(12)), state="posted")
        unit.session.add(row)
        unit.session.flush()
        key = row.key
    filled = award_notices.posted_paper(bench, key).filled()
    assert hashlib.sha256(zlib.decompress(pack(filled))).hexdigest() == BEFORE


# ---- what it says ----
def test_the_standard_says_all_that_decides_an_amount(bench):
    told = settled(bench, cost_ratio=D("0.8"), caps=Caps(D(6500), None, {HouseholdClass.MONITORED.label: D(8000)}))
    text = words(award_notices.paper(bench, told).filled())
    for part in ("申报、验收、计划中最小", "不超过核定成本的80%", "每户最多6500元", "计入成本上限", "资金不足时", "四舍五入"):
        assert part in text.replace(" ", ""), part


def test_digits_after_a_name_are_explained_where_there_are_any(bench):
    told = settled(bench)
    assert any(row.tail for row in told.rows)
    assert "身份证号码的末几位" in words(award_notices.paper(bench, told).filled())
    plain = replace(told, rows=tuple(row._replace(tail="") for row in told.rows))
    assert "身份证号码的末几位" not in words(award_notices.paper(bench, plain).filled())


def test_a_standard_is_never_broken_within(bench):
    told = settled(bench)
    row = told.rows[0]
    item = row.items[0]._replace(standard="1,200.00 元/头")
    text = award_notices.paper(bench, replace(told, rows=(row._replace(items=(item,)),))).filled()
    assert any(run.text == "1,200.00 元/头" for page in text.pages for run in page.texts)


def test_the_village_s_own_phone_comes_first(bench):
    key = next(one.key for one in villages.all(bench) if one.name == "低岭村")
    villages.update(bench, key, VillageForm(name="低岭村", phone="0759-5591001"))
    lines = [contact.line for contact in settled(bench).contacts]
    assert lines == ["低岭村村民委员会：0759-5591001", "塘㙍镇扶贫办：0759-5550002", "吴川市扶贫办：0759-5550003"]


def test_contacts_stay_on_one_page(bench):
    told = settled(bench)
    for more in range(12):
        rules = (*told.rules, *(f"第{at}项" for at in range(more)))
        pages = award_notices.paper(bench, replace(told, rules=rules)).filled().pages
        on = [at for at, page in enumerate(pages) for run in page.texts if "0759-" in run.text or "12317" in run.text]
        assert len(set(on)) == 1, more


@pytest.mark.parametrize(
    ("county", "code", "paper"),
    [
        ("吴川市", "440883", "《吴川市推进产业扶贫实施方案》"),
        ("吴川市", "", "《吴川市推进产业扶贫实施方案》"),
        ("连州市", "441882", "《清远市关于进一步加强我市产业扶贫工作的通知》"),
        ("廉江市", "440881", ""),
    ],
)
def test_the_basis_is_the_paper_of_the_office_s_own_county(bench, county, code, paper):
    form = offices.office(bench)
    offices.save(bench, replace(form, county=county, county_code=code))
    told = settled(bench)
    assert told.basis[:-1] == ((paper,) if paper else ())
    assert "低岭村2026年度产业奖补资金安排方案" in told.basis[-1]
    result = awards.load_run(bench, run_of(bench)[1]).result
    sheet = sheet_of(subject(bench, result, {}))
    assert ("吴川" in sheet.basis_line) is (county == "吴川市")


def test_a_clause_is_cited_as_an_official_paper_would():
    paper = "《吴川市推进产业扶贫实施方案》"
    assert cite(paper, "吴川 三(二)4") == f"{paper}三（二）第4项"
    assert cite(paper, "吴川 三(一)6-7, 三(二)6-7") == f"{paper}三（一）第6至7项、三（二）第6至7项"
    assert cite(paper, "吴川 附件1", bare=True) == "附件1"
    assert cite(paper, "清远 二12") == cite("", "吴川 三(二)4") == cite(paper, "") == ""


# ---- the sheet ----
def test_a_household_below_the_minimum_shows_what_was_counted(bench):
    items = tuple(replace(item, minimum=D(50)) for item in scheme().items)
    result = awards.load_run(bench, run_of(bench, items=items)[1]).result
    rows = [row for row in sheet_of(subject(bench, result, {})).rows if "起补" in row.remark]
    assert rows
    for row in rows:
        assert row.items
        assert row.items[0].quantity is not None
        assert row.items[0].unit == "亩"


def test_written_reasons_stand_on_the_sheet(bench):
    result = awards.load_run(bench, run_of(bench, reasons={"scheme.equal": "全村一致同意。"})[1]).result
    sheet = sheet_of(subject(bench, result, {}))
    assert sheet.reasons_line == "全村一致同意。"


# ---- filing ----
def test_a_scheme_is_filed_only_after_its_notice_has_ended(bench):
    key, _posted = post(bench)
    for day in (2, 11):
        bench.clock.now = datetime(2026, 3, day, 17, 0)  # noqa: DTZ001
        with pytest.raises(NotAllowed, match="公示期到2026年3月11日才满"):
            schemes.set_state(bench, key, SchemeState.FILED)
        with pytest.raises(NotAllowed, match="公示期到2026年3月11日才满"):
            file_scheme(bench, key)
    bench.clock.now = datetime(2026, 3, 12, 8, 0)  # noqa: DTZ001
    with pytest.raises(NotAllowed, match="还没有出具公示结果"):
        schemes.set_state(bench, key, SchemeState.FILED)
    file_scheme(bench, key)
    assert schemes.all(bench, 2026)[0].state is SchemeState.FILED


def test_a_posted_notice_that_was_changed_is_not_given_out(bench):
    key, notice = post(bench)
    del key
    assert "操作日志第 " in words(award_notices.posted_paper(bench, notice).filled())
    with bench.store.engine.begin() as connection:
        body = connection.execute(select(Notice.body)).scalar_one()
        connection.execute(update(Notice.__table__).values(body={**body, "place": "别的村"}))
    with pytest.raises(PaperChanged, match="张贴以后被改动过"):
        award_notices.posted_paper(bench, notice)
