"""Checks of the village's and the town's application (吴川 三, 清远 二)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from fupin_desktop.policy.applications.facts import AllocationFact, ApplicationFacts, Finding, is_empty

TOKEN_LENGTH = 10
"""Characters below which a term says nothing; 扶持大户发展生产。 alone repeats the heading."""
SPLIT_FROM = 3
_WORDS = re.compile(r"[^\W_]")
_STOCK = frozenset({"无", "没有", "暂无", "同上", "见附件", "按规定执行", "按上级规定执行", "按文件执行", "略"})
_EXCLUDES = re.compile(
    "(不予|不得|不再|不给|不准|不能|不)(安排|扶持|支持|帮扶|奖补|纳入|享受|允许|鼓励|列入)|一律不|(?<!不)仅限|(?<![不局])限于|除外"
)
_EQUAL = re.compile(
    "按(人|人头|人口)(平均|均)?(分摊|分配|均分|平分|发放)|按户(平均|均)(分摊|分配|分|发放)"
    "|(平均|人均|户均)(分摊|分配|分给|发放|发给)|均分(给|到)(各户|户|每户|人|每人|各人)|平均主义"
)
_NEGATED = re.compile(r"(不|打破|杜绝|避免|防止|不得|不再|禁止|不搞)[^。;；,，]{0,8}$")


def is_token(text: str) -> bool:
    """Whether a term is empty or says nothing: a stock phrase, or fewer than ten characters."""
    plain = "".join(_WORDS.findall(text))
    return plain in _STOCK or len(plain) < TOKEN_LENGTH


def batch(facts: ApplicationFacts) -> Iterator[Finding]:
    """A town's application carries its batch (吴川 三(一)2)."""
    batches = facts.words("town_batches")
    if facts.text("batch") not in batches:
        yield f"请选定批次：{'、'.join(batches)}", facts.path("batch")
    elif facts.get("demonstration") is False and facts.text("batch") in facts.words("demonstration_fund_batches"):
        path = facts.path("demonstration")
        yield f"{facts.text('batch')}的镇都是示范镇，与“{facts.label(path)}”填的“否”不一致", path


def fund_range(facts: ApplicationFacts) -> Iterator[Finding]:
    """Batches 1 and 2 get 100–300 万元 in principle; batch 3 by what is raised (吴川 三(一)4)."""
    requested = facts.get("requested")
    if facts.text("batch") not in facts.words("demonstration_fund_batches") or not isinstance(requested, Decimal):
        return
    low, high = facts.number("demonstration_fund_min"), facts.number("demonstration_fund_max")
    if not low <= requested <= high:
        limits = f"{_wan(low)}–{_wan(high)} 万元"
        sentence = (
            f"{facts.text('batch')}示范镇专项资金原则上为 {limits}，申请的是 {requested:,.2f} 元，"
            "请按预期规模调整或说明原因"
        )
        yield sentence, facts.path("requested")


def _wan(yuan: Decimal) -> str:
    return f"{(yuan / 10000).normalize():f}"


def participants(facts: ApplicationFacts) -> Iterator[Finding]:
    """Towns and villages that do not take part get nothing in principle (吴川 三(一)5)."""
    if facts.participating == 0:
        where = "全镇" if facts.of_town else "本村"
        yield f"台账里{where}还没有参与产业的户，不参与的原则上不安排资金，请登记参与情况或说明原因", ""


def idle_villages(facts: ApplicationFacts) -> Iterator[Finding]:
    """No money for a village that does not take part, in principle (吴川 三(一)5)."""
    for rows in facts.allocations.values():
        for row in rows:
            if row.takes_part is False and row.amount > 0:
                yield f"{row.name}没有参与户，原则上不安排资金，请调整或说明原因", row.path


def equal_split(facts: ApplicationFacts) -> Iterator[Finding]:
    """No equal split per head, neither in a list nor in words (吴川 三(一)5)."""
    for name, rows in facts.allocations.items():
        if is_equal_split(rows):
            yield f"“{facts.label(name)}”里 {len(rows)} 笔资金按人(户)数算都一样，近似按人分摊，请说明原因", name
    for thing in ("terms_large", "terms_small", "terms_jobs", "incentive", "open_to_others"):
        if speaks_of_equal_split(facts.text(thing)):
            path = facts.path(thing)
            yield f"“{facts.label(path)}”写了按人或平均分摊，应打破“平均主义”，请修改或说明原因", path


def is_equal_split(rows: Sequence[AllocationFact]) -> bool:
    """Whether three rows or more all get the same per head, to within one 分 in each amount."""
    return same_per_head([(row.amount, row.heads) for row in rows])


def same_per_head(rows: Sequence[tuple[Decimal, int | None]]) -> bool:
    """Whether three amounts or more are the same for each head, to within one 分 in each; no where one has no heads.

    Args:
        rows: Yuan and heads of each who gets something.
    """
    if len(rows) < SPLIT_FROM or any(amount <= 0 or not heads for amount, heads in rows):
        return False
    cent = Fraction(1, 100)
    amounts = [Fraction(amount) for amount, _heads in rows]
    if len({heads for _amount, heads in rows}) == 1:
        return max(amounts) - min(amounts) <= cent
    lows = [(Fraction(amount) - cent) / (heads or 1) for amount, heads in rows]
    highs = [(Fraction(amount) + cent) / (heads or 1) for amount, heads in rows]
    return max(lows) <= min(highs)


def speaks_of_equal_split(text: str) -> bool:
    """Whether a term allots per head; one that forbids it does not."""
    return any(not _NEGATED.search(text[: found.start()]) for found in _EQUAL.finditer(text))


def area_sum(facts: ApplicationFacts) -> Iterator[Finding]:
    """The declared area is the sum of its three parts, as the register has them (吴川 三(二)1)."""
    area, known = facts.area, facts.register_area
    if area is None:
        return
    if area.cooperative + area.large + area.scattered != area.total:
        parts = "、".join(facts.words("declared_area_parts"))
        yield f"{parts}之和与合计不一致", facts.path("area_total")
    elif known is not None and area != known and not facts.sent:
        yield f"申报面积 {area.total} 亩与农户台账的 {known.total} 亩不一致，请从台账取数", facts.path("area_total")


def since(facts: ApplicationFacts) -> Iterator[Finding]:
    """The register has not changed since the application was submitted."""
    area, known = facts.area, facts.register_area
    if facts.sent and area is not None and known is not None and area != known:
        yield (
            f"提交后农户台账有变动：申报面积 {area.total} 亩，现在是 {known.total} 亩；需要更正时请撤回后重新提交",
            facts.path("area_total"),
        )


def area_zero(facts: ApplicationFacts) -> Iterator[Finding]:
    """There is an area to apply with (吴川 三(二)1)."""
    if facts.area is not None and facts.area.total == 0:
        yield "申报面积为 0，请先在农户台账登记参与户的种养面积", facts.path("area_total")


def original_plan(facts: ApplicationFacts) -> Iterator[Finding]:
    """“人均2万” money already invested keeps its original plan, in principle (吴川 三(二)2)."""
    amount = facts.get("per_head_fund")
    named = facts.text("original_plan") or facts.original_plan
    if isinstance(amount, Decimal) and amount > 0 and not named.strip():
        sentence = f"“人均2万”资金 {amount:,.2f} 元按原定方案执行，请在资金台账写明原定用途，或在此说明原定方案"
        yield sentence, facts.path("per_head_fund")


def per_head(facts: ApplicationFacts) -> Iterator[Finding]:
    """“人均2万” money is no more than that for each registered poor person (吴川 三(二)2)."""
    amount, heads, each = facts.get("per_head_fund"), facts.get("poor_persons"), facts.number("invested_per_head")
    if isinstance(amount, Decimal) and isinstance(heads, int) and amount > heads * each:
        most = f"{heads} 人按每人 {each:,.0f} 元计的 {heads * each:,.2f} 元"
        yield f"“人均2万”资金 {amount:,.2f} 元，多于 {most}，请核对", facts.path("per_head_fund")


def base_way(facts: ApplicationFacts) -> Iterator[Finding]:
    """A base is built in one of the ways of the document, or several (吴川 三(二)1)."""
    ways, said = facts.words("village_base_ways"), facts.text("base_way")
    if said and not any(way in said for way in ways):
        yield f"建设方式是{'或'.join(ways)}，填的是“{said}”，请核对", facts.path("base_way")


def incentive(facts: ApplicationFacts) -> Iterator[Finding]:
    """Town and village make an incentive fund or dividends as rewards (吴川 三(三))."""
    path = facts.path("incentive")
    means = facts.words("incentive_means")
    if path and not any(word in facts.text("incentive") for name in means for word in (name, name[-2:])):
        yield f"激励措施没有写{'或'.join(means)}，请核对", path


def _term(facts: ApplicationFacts, thing: str, place: int) -> Iterator[Finding]:
    """A term that the plan must hold, as the document names it; none where it names no such term."""
    terms = facts.words("town_plan_terms" if facts.of_town else "village_plan_terms")
    if place >= len(terms):
        return
    text = facts.text(thing)
    if not text.strip():
        yield f"“{terms[place]}”的条款必须填写", facts.path(thing)
    elif is_token(text):
        yield f"“{terms[place]}”的条款太简单，请写明怎样扶持、标准是多少", facts.path(thing)


def terms_large(facts: ApplicationFacts) -> Iterator[Finding]:
    """Terms for large households (吴川 三(三)1, 三(三)2)."""
    yield from _term(facts, "terms_large", 0)


def terms_small(facts: ApplicationFacts) -> Iterator[Finding]:
    """Terms for small households (吴川 三(三)1, 三(三)2)."""
    yield from _term(facts, "terms_small", 1)


def terms_jobs(facts: ApplicationFacts) -> Iterator[Finding]:
    """Jobs at home; in a village's plan the casual work for small households (吴川 三(三)1, 三(三)2)."""
    if not facts.path("terms_jobs"):
        if not re.search("零工|散工|务工|就业|打工|用工", facts.text("terms_small")):
            yield "扶持措施里还没有写零工散工的安排", facts.path("terms_small")
        return
    yield from _term(facts, "terms_jobs", 2)


def open_to_others(facts: ApplicationFacts) -> Iterator[Finding]:
    """Projects outside the main industry are helped too, none is excluded (吴川 三(三)3)."""
    text = facts.text("open_to_others")
    if is_token(text):
        yield "原则上主导产业以外的产业也应有帮扶安排(能帮即帮)，请填写或说明原因", facts.path("open_to_others")
        return
    for thing in ("open_to_others", "terms_large", "terms_small", "terms_jobs", "incentive"):
        found = _EXCLUDES.search(facts.text(thing))
        if found and not _about_split(facts.text(thing), found.start()):
            path = facts.path(thing)
            yield f"“{facts.label(path)}”里有“{found[0]}”，不能限制主导产业以外的项目，请核对或说明原因", path
            return


def _about_split(text: str, start: int) -> bool:
    """Whether the words exclude something else than projects: costs, or equal shares."""
    near = text[start : start + 14]
    return any(word in near for word in ("超成本", "超过成本", "平均", "分摊", "重复"))


def linkage(facts: ApplicationFacts) -> Iterator[Finding]:
    """At least one linkage of entities and households (清远 二11)."""
    if is_empty(facts.get("linkages")):
        yield "至少写明一种利益联结方式", facts.path("linkages")


def entities(facts: ApplicationFacts) -> Iterator[Finding]:
    """New business entities take households along, in principle (清远 二10)."""
    if facts.path("entities") and is_empty(facts.get("entities")):
        yield "原则上应有新型经营主体带动，请填写经营主体或说明原因", facts.path("entities")


def benefits(facts: ApplicationFacts) -> Iterator[Finding]:
    """What the money is to bring about is said in numbers (清远 二12)."""
    things = [thing for thing in ("benefit_households", "benefit_income", "benefits") if facts.path(thing)]
    if things and all(is_empty(facts.get(thing)) for thing in things):
        yield "资金要有绩效目标，请填写预期效益(带动户数、户均增收)或说明原因", facts.path(things[0])


def leading_group(facts: ApplicationFacts) -> Iterator[Finding]:
    """Town and village set up a leading group (吴川 四)."""
    if is_empty(facts.get("leading_group")):
        groups = facts.words("leading_groups")
        name = groups[0] if facts.of_town else groups[-1]
        yield f"应成立{name}，请填写组长和成员", facts.path("leading_group")


def counts(facts: ApplicationFacts) -> Iterator[Finding]:
    """Registered households and persons are no more than all of the place."""
    pairs = (("total_households", "poor_households", "总户数"), ("total_persons", "poor_persons", "总人口"))
    for whole, part, label in pairs:
        total, poor = facts.get(whole), facts.get(part)
        if isinstance(total, int) and isinstance(poor, int) and total < poor:
            yield f"{label} {total} 少于台账里建档立卡的 {poor}，请核对", facts.path(whole)
