"""Award sheet, working, notice and scheme as papers: what they say, and how they lie on the page."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.documents.pages import FilledForm, Page
from fupin_desktop.errors import MissingGlyph, NotAllowed
from fupin_desktop.services.awards.notice import NoticeRow
from fupin_desktop.services.awards.subject import PaperItem
from fupin_desktop.services.document_types.award_scheme import SchemePaper, SchemeRule, SchemeSource
from fupin_desktop.services.document_types.award_working import WorkingLine
from fupin_desktop.services.offices import Contact
from tests.documents.papers import (
    award_notice_form,
    award_scheme_form,
    award_sheet_form,
    award_working_form,
    household,
    notice,
    sheet,
    working,
)


def said(form: FilledForm) -> str:
    return "\n".join(run.text for page in form.pages for run in page.texts)


def joined(page: Page) -> str:
    return "".join(run.text for run in page.texts)


def test_the_sheet_prints_every_household_once_and_sums_them() -> None:
    paper = sheet(40)
    form = award_sheet_form(paper)
    text = said(form)
    assert text.count("塘㙍镇低岭村2026年度产业奖补资金测算（分配）表") == 1
    numbers = [run.text for page in form.pages for run in page.texts if run.text.isdigit() and run.x < 22]
    assert numbers == [str(at) for at in range(1, 41)]
    assert f"{paper.award_total:,.2f}" in text
    assert text.index("合　计") < text.index("实奖补合计（大写）") < text.index("制表：李文静")
    assert "依据：低岭村2026年度产业奖补资金安排方案；奖补不超过核定成本（吴川 三（二）4）" in text


def test_an_empty_sheet_is_one_page_that_says_zero() -> None:
    form = award_sheet_form(sheet(0))
    assert len(form.pages) == 1
    assert "人民币零元整" in said(form)


def test_pages_of_the_sheet_are_numbered() -> None:
    form = award_sheet_form(sheet(50))
    for number, page in enumerate(form.pages, 1):
        assert page.texts[-1].text == f"第 {number} 页　共 {len(form.pages)} 页"


def test_a_household_of_several_items_is_never_parted() -> None:
    for count in range(18, 30):
        paper = sheet(count)
        rows = tuple(row._replace(items=(PaperItem("甲", Decimal(1)), PaperItem("乙", Decimal(2)))) for row in paper.rows)
        for page in award_sheet_form(dataclasses.replace(paper, rows=rows)).pages:
            texts = [run.text for run in page.texts]
            assert texts.count("甲") == texts.count("乙")


def test_a_tail_stands_beside_the_name_it_tells_apart() -> None:
    paper = sheet(1)
    row = paper.rows[0]._replace(head="陈华", tail="12")
    form = award_sheet_form(dataclasses.replace(paper, rows=(row,)))
    assert "陈华（12）" in said(form)


def test_a_character_nobody_has_names_the_household() -> None:
    paper = sheet(2)
    row = paper.rows[1]._replace(head="\U0003134a某", record="低岭村 一组 某某")
    with pytest.raises(MissingGlyph, match="低岭村 一组 某某.*户主.*U\\+3134A"):
        award_sheet_form(dataclasses.replace(paper, rows=(paper.rows[0], row)))


def test_the_working_tells_steps_clauses_and_the_award_in_capitals() -> None:
    form = award_working_form(working(household()))
    text = said(form)
    assert len(form.pages) == 1
    assert "吴华契　低岭村一组　监测户　小农户" in text
    assert "番薯 3.000 亩 × 220 元/亩 = 660.00 元\n方案第2项\n660.00" in text
    assert "3.000 亩" in text
    assert "实奖补　人民币伍佰陆拾元整\n¥560.00" in text
    assert "注1：莲藕单价12.33元/亩。" in text
    clause = next(run for run in form.pages[0].texts if run.text == "方案第2项")
    assert clause.size == 8
    assert clause.colour == "#707070"


def test_a_household_that_fits_a_page_is_never_parted() -> None:
    people = [household(f"户主{at:02d}", steps=at % 9 + 1) for at in range(30)]
    form = award_working_form(working(*people))
    for at in range(30):
        head = [number for number, page in enumerate(form.pages) if f"户主{at:02d}" in joined(page)]
        assert len(head) == 1
    for page in form.pages:
        assert joined(page).count("户主") == joined(page).count("人民币")


def test_a_household_longer_than_a_page_goes_on_under_its_name() -> None:
    form = award_working_form(working(household("甲户"), household("乙户", steps=90), household("丙户")))
    pages = [page for page in form.pages if "乙户" in joined(page)]
    assert len(pages) >= 3
    assert sum(joined(page).count("人民币伍佰陆拾元整") for page in form.pages) == 3


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "元", ""),
        (Decimal("660"), "元", "660.00"),
        (Decimal("1234.5"), "元", "1,234.50"),
        (Decimal("12.345678901"), "元", "12.345679"),
        (Decimal(3), "亩", "3.000 亩"),
        (Decimal("30.000"), "羽", "30 羽"),
        (Decimal("0.5"), "", "0.5"),
    ],
)
def test_results_of_steps(value: Decimal | None, unit: str, shown: str) -> None:
    assert WorkingLine("", "", value, unit).result_shown == shown


def test_the_notice_keeps_the_order_of_a_public_notice() -> None:
    text = said(award_notice_form(notice(12))).replace("\n", "")
    order = [
        "关于低岭村2026年度产业奖补资金分配情况的公示",
        "根据《吴川市推进产业扶贫实施方案》和《低岭村2026年度产业奖补资金安排方案》，",
        "按照奖补方案逐户测算",
        "一、奖补标准",
        "1.水稻：每亩240元。",
        "共12户121人获得奖补，奖补种养面积213.400亩，奖补资金合计",
        "（大写：人民币",
        "现将低岭村2026年度产业奖补资金分配名单（见附件）在低岭村公示栏予以公示",
        "2026年11月9日至2026年11月18日（共10天）",
        "异议",
        "低岭村民委员会：13800138000（联系人：陈观保）",
        "塘㙍镇扶贫办：____",
        "12317",
        "附件：低岭村2026年度产业奖补资金分配名单",
        "特此公示。",
        "低岭村民委员会2026年11月9日",
        "序号",
    ]
    places = [text.index(part) for part in order[:-1]]
    assert places == sorted(places)
    assert text.rindex("序号") > places[-1]


def test_the_notice_follows_the_official_layout() -> None:
    form = award_notice_form(notice(12))
    assert (form.paper.top, form.paper.left) == (37, 28)
    assert form.paper.width - form.paper.left - form.paper.right == 156
    assert form.paper.height - form.paper.top - form.paper.bottom == 225
    title = form.pages[0].texts[0]
    assert (title.font, title.size) == ("biaosong", 22)
    body = next(run for run in form.pages[0].texts if run.text.startswith("根据"))
    assert (body.font, body.size) == ("fangsong", 15.75)
    assert body.x == pytest.approx(28 + 2 * 15.75 * 25.4 / 72, abs=0.01), "two characters indented"
    heading = next(run for run in form.pages[0].texts if run.text.startswith("一、"))
    assert heading.font == "hei"
    numbers = [page.texts[-1] for page in form.pages]
    assert [run.text for run in numbers] == [f"— {at} —" for at in range(1, len(form.pages) + 1)]
    assert numbers[0].size == 14
    assert numbers[0].x > 105 > numbers[1].x, "odd pages right, even pages left"


def test_a_full_page_of_text_has_22_lines_of_28_characters() -> None:
    paper = dataclasses.replace(notice(1), done="贫" * 28 * 30)
    first = award_notice_form(paper).pages[0]
    lines = sorted({round(run.y, 2) for run in first.texts[:-1]})
    assert max(len(run.text) for run in first.texts) == 28
    pitch = lines[-1] - lines[-2]
    assert int(225 / pitch + 0.01) == 22


def test_working_days_are_said() -> None:
    paper = dataclasses.replace(notice(1), working_days=True, days=7)
    assert "（共7个工作日）" in said(award_notice_form(paper)).replace("\n", "")


@pytest.mark.parametrize(
    "change",
    [
        {"head": "陈华 440883199001011234"},
        {"remark": "电话 13800138000"},
        {"group": "6217 0010 2000 1234 567"},
        {"items": (PaperItem("水稻 440883199001011234", Decimal(1), "亩"),)},
    ],
)
def test_a_full_number_never_goes_public(change: dict[str, object]) -> None:
    row = NoticeRow("一组", "陈华", "脱贫户", (), Decimal(1), record="低岭村 陈华")._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed) as caught:
        award_notice_form(dataclasses.replace(notice(1), rows=(row,)))
    assert "低岭村 陈华" in str(caught.value)
    assert "199001011234" not in str(caught.value)


def test_a_full_number_in_the_text_never_goes_public() -> None:
    with pytest.raises(NotAllowed, match="正文"):
        award_notice_form(dataclasses.replace(notice(1), done="户主 440883199001011234"))


def test_a_contact_prints_unit_phone_and_person() -> None:
    assert Contact("镇纪委", "0759-5551237").line == "镇纪委：0759-5551237"
    assert Contact("镇纪委", "", "陈").line.endswith("（联系人：陈）")


def scheme(**changes: object) -> SchemePaper:
    paper = SchemePaper(
        "低岭村2026年度产业奖补资金安排方案",
        "低岭村",
        2026,
        date(2026, 9, 1),
        "低岭村民委员会",
        "吴川市财政局",
        (SchemeRule("水稻", "亩", "每亩 240 元", "0.5 亩起补"),),
        methods=("奖补不超过核定成本。",),
        sources=(SchemeSource("对口帮扶单位拨付资金", Decimal(80000), "吴财〔2026〕3号"),),
        decided_on=date(2026, 8, 20),
        meeting="村民代表会议",
    )
    return dataclasses.replace(paper, **changes)  # type: ignore[arg-type]


def test_the_scheme_names_both_deciding_parties_the_money_and_the_rules() -> None:
    text = said(award_scheme_form(scheme())).replace("\n", "")
    assert "由低岭村民委员会与吴川市财政局共同研究决定（2026年8月20日，村民代表会议），制定本方案。" in text
    assert "1.对口帮扶单位拨付资金（吴财〔2026〕3号）：80,000.00元。合计80,000.00元（大写：人民币捌万元整）。" in text
    assert "1水稻亩每亩240元0.5亩起补" in text
    assert text.count("（盖章）") == 2
    assert "六、有关说明" not in text


def test_reasons_for_in_principle_rules_are_printed() -> None:
    text = said(award_scheme_form(scheme(reasons=("第一条的原因。",), sources=()))).replace("\n", "")
    assert "六、有关说明1.第一条的原因。" in text
    assert "资金来源" not in text


@pytest.mark.parametrize("count", range(18, 26))
def test_no_household_stands_alone_on_the_last_page(count):
    """The last three rows are on one page with the sums."""
    pages = award_sheet_form(sheet(count)).pages
    numbers = [{run.text for run in page.texts} & {str(at) for at in range(1, count + 1)} for page in pages]
    assert {str(at) for at in range(count - 2, count + 1)} <= numbers[-1]
