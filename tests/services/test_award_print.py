from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from fupin_desktop.policy.scheme import Caps, CostScope, Decision, SubsidyTreatment, WhenShort
from fupin_desktop.services import award_notices, awards, schemes
from fupin_desktop.services.awards import Desk
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.document_types import award_scheme
from fupin_desktop.services.documents import computed
from fupin_desktop.services.files import own_forms
from fupin_desktop.services.schemes.words import method_sentences
from tests.services.award_office import REGISTER, make_bench, put_register, scheme

D = Decimal


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    yield made
    made.close()


def words(form):
    return "".join(run.text for page in form.pages for run in page.texts)


def scheme_paper(bench, what):
    return computed.paper(bench, "award_scheme", award_scheme.paper_of(bench, what)).filled()


def test_sheet_and_working_of_a_live_result(bench, tmp_path):
    desk = Desk(bench, scheme())
    what = subject(bench, desk.result, desk.numbers)
    assert not what.head.draft
    sheet = computed.paper(bench, "award_sheet", what)
    assert "6,959.76" in words(sheet.filled())
    assert "李亚保" in words(computed.paper(bench, "award_working", what).filled())
    sheet.write(tmp_path / "表.pdf")
    sheet.write(tmp_path / "表.xlsx")
    assert "6,959.76" in PdfReader(tmp_path / "表.pdf").pages[0].extract_text()
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")


def test_a_broken_must_prints_drafts(bench):
    desk = Desk(bench, scheme(decision=Decision()))
    what = subject(bench, desk.result, desk.numbers)
    assert all(page.mark for page in computed.paper(bench, "award_sheet", what).filled().pages)
    assert all(page.mark for page in scheme_paper(bench, desk.scheme).pages)


def test_a_posted_notice_is_the_same_page_again(bench, tmp_path):
    key = schemes.save(bench, None, scheme()).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    posted = award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]
    award_notices.write_pdf(bench, posted, tmp_path / "甲.pdf")
    award_notices.posted_paper(bench, posted).write(tmp_path / "乙.pdf")
    assert (tmp_path / "甲.pdf").read_bytes() == (tmp_path / "乙.pdf").read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "甲.pdf").pages)
    assert "0759-5550001" in text
    assert "12317" in text


def test_the_scheme_as_a_paper(bench):
    text = words(scheme_paper(bench, scheme()))
    assert "低岭村2026年度产业奖补资金安排方案" in text
    assert "98,000.00" in text
    assert not any(page.mark for page in scheme_paper(bench, scheme()).pages)


def test_methods_follow_the_scheme():
    plain = method_sentences(scheme(), D(10))
    assert plain == (
        "只奖补参与和分散参与产业项目的户，数量按申报、验收、计划中最小的计。",
        "全户种养面积 10 亩及以上为大户。",
        "奖补按全户合计不超过核定成本；已领的其他补助计入成本上限。",
        "资金不足时，各户同比例折减。",
        "实奖补到分，四舍五入。",
    )
    rich = replace(
        scheme(), cost_ratio=D("0.8"), cost_scope=CostScope.ITEM, other_subsidy=SubsidyTreatment.EXCLUDE,
        caps=Caps(D(6500), D(3000), {"监测户": D(8000)}), group_caps={"种植": D(5000)}, when_short=WhenShort.STOP,
    )
    told = method_sentences(rich, D("8.5"))
    assert told[1:] == (
        "全户种养面积 8.5 亩及以上为大户。",
        "奖补逐项不超过核定成本的 80%；已领其他补助的种养项目不再奖补。",
        "种植各项合计每户最多 5000 元；每户最多 6500 元；监测户每户最多 8000 元；每人最多 3000 元；连同本年前几批一起计算。",
        "资金不足时，暂停分配，另行商议。",
        "实奖补到分，四舍五入。",
    )


def test_an_office_may_lay_its_own_forms_over(bench):
    assert own_forms(bench.data_folder) is None
    (bench.data_folder / "forms").mkdir()
    assert own_forms(bench.data_folder) == bench.data_folder / "forms"
