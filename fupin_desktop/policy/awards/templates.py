"""The Chinese sentence of every step, by rule code; the kinds of rule add those of step 4.

``{name}`` is an input of the step, formatted by its kind; ``{result}`` its result, ``{eq}`` ``=`` or, where the
decimals do not end, ``≈``. What stands in ``⟦…⟧`` is left out when an input in it is not given. ``{rows}`` are inputs
that come several times, told by the template in ``ROWS``.
"""

from __future__ import annotations

from fupin_desktop.policy.rules import registry
from fupin_desktop.policy.rules.rule import RowWords

COST_LESS = "⟦ − 其他补助 {other_subsidy}⟧⟦ − 本年前批 {earlier}⟧ = {ceiling}{floor}"
CAP_LEFT = "⟦, 扣本年前批 {earlier} 后 {ceiling}⟧"

TEMPLATES: dict[str, str] = {
    "participation.base": "参与产业项目，可以奖补",
    "participation.scattered": "分散参与产业项目，可以奖补",
    "participation.none": "未参与产业项目，不奖补",
    "participation.excepted": "未参与产业项目，原则上不奖补；按书面理由计奖：{reason}",
    "participation.missing": "没有登记是否参与产业项目，暂不奖补",
    "applicant.faulty": "登记的面积、人口或前批奖补有负数，请更正，暂不奖补",
    "quantity.smallest": "{product} 计奖数量：{given}{smallest}",
    "quantity.area": "{product} 没有登记数量，按面积 {area} 计",
    "quantity.missing": "{product} 没有登记数量，不计",
    "quantity.sum": "{item} 计奖数量合计：{rows} = {result}",
    "entry.unlisted": "{product}⟦({group})⟧ 方案没有列入，不计",
    "entry.unit": "{product} 登记单位“{given_unit}”与方案单位“{unit}”不同，不计",
    "entry.excluded": "{product} 已享受其他补助 {other_subsidy}，本项不再奖补",
    "entry.faulty": "{product} 登记数有负数，请更正，不计",
    "size.large": "规模：全户 {area} ≥ {large_from}，大户",
    "size.small": "规模：全户 {area} < {large_from}，小农户",
    "minimum.reached": "{item} {quantity} 达到起补规模 {minimum}",
    "minimum.below": "{item} {quantity} 未达到起补规模 {minimum}，本项不奖补",
    "minimum.above": "{item} {quantity} 超过起补规模 {minimum}",
    "minimum.not_above": "{item} {quantity} 未超过起补规模 {minimum}，本项不奖补",
    "quantity_cap.cut": "{item} 数量封顶 {quantity_cap}：{quantity} → {result}",
    "quantity_cap.within": "{item} {quantity} 未超过数量上限 {quantity_cap}",
    "variant": "{item} 其中 {quantity} 适用“{variant}”",
    "factor": "{item} 系数：{amount} × {rows} {eq} {result}",
    "factor.average": "{item} 系数按数量平均({rows})：{amount} → {result}",
    "item_cap.cut": "{item} 每户封顶 {cap}：{amount} → {result}",
    "item_cap.within": "{item} {amount} 未超过每户封顶 {cap}",
    "group_cap.cut": "{item} “{group}”合计封顶 {cap}，余额 {group_left}：{amount} → {result}",
    "group_cap.within": "{item} {amount} 未超过“{group}”合计封顶 {cap} 的余额 {group_left}",
    "sum.items": "应奖补合计：{rows} {eq} {result}",
    "sum.one": "应奖补 {result}",
    "sum.none": "没有可计奖的项目，应奖补 {result}",
    "sum.deducted": "扣减其他补助 {other_subsidy}：{amount} → {result}",
    "cost.none": "方案不设成本上限",
    "cost.ceiling": "成本封顶：{rows}" + COST_LESS + "，{amount} → {result}",
    "cost.within": "成本上限：{rows}" + COST_LESS + "，{amount} 未超过",
    "cost.item_ceiling": "{item} 成本封顶：核定成本 {cost} × {ratio}" + COST_LESS + "，{amount} → {result}",
    "cost.item_within": "{item} 成本上限：核定成本 {cost} × {ratio}" + COST_LESS + "，{amount} 未超过",
    "cap.household_cut": "{cap_name} {cap}" + CAP_LEFT + "：{amount} → {result}",
    "cap.household_within": "{cap_name} {cap}" + CAP_LEFT + "，{amount} 未超过",
    "cap.person_cut": "{cap_name}：{per_person} × {members} 人 = {cap}" + CAP_LEFT + "，{amount} → {result}",
    "cap.person_within": "{cap_name}：{per_person} × {members} 人 = {cap}" + CAP_LEFT + "，{amount} 未超过",
    "cap.members_missing": "家庭人口数缺，不能按每人 {per_person} 封顶，请补登",
    "pool.unlimited": "方案没有写资金总额，不受限制；全部合计 {total}",
    "pool.kept": "资金额度：合计 {total} ≤ 可用 {pool}，不折减",
    "pool.stopped": "资金额度：合计 {total} > 可用 {pool}，还差 {missing}；方案规定资金不足时停止，不作分配",
    "pool.scaled": "资金不足，同比例折减：{amount} × {pool} ÷ {total} {eq} {result}",
    "pool.tight": "资金额度：合计 {total} ≤ 可用 {pool}，但进位后会超过，本次取整不进位",
    "pool.paid": "资金不足，按先后顺序第 {place} 户：余额 {left}，足额 {result}",
    "pool.partial": "资金不足，按先后顺序第 {place} 户：应得 {amount}，余额 {left}，给 {result}",
    "pool.not_enough": "资金不足，按先后顺序第 {place} 户：应得 {amount}，余额 {left} 不够，不作部分发放",
    "pool.used_up": "资金不足，按先后顺序第 {place} 户：资金已用完",
    "rounding.exact": "实奖补 {result}",
    "rounding.half_up": "四舍五入到{to}：{amount} → {result}",
    "rounding.down": "舍去到{to}：{amount} → {result}",
    "rounding.below_ceiling": "进位会超过上限，舍去到{to}：{amount} → {result}",
    "rounding.pool": "进位会超过本项总额，舍去到{to}：{amount} → {result}",
    "rounding.remainder_up": "按余数大小补足一{to}：{amount} → {result}",
    "rounding.remainder_down": "舍去到{to}：{amount} → {result}",
}

# What comes several times: names of one row, template of a row, what joins the rows.
ROWS: dict[str, RowWords] = {
    "quantity.sum": RowWords(("part",), "{part}", " + "),
    "factor": RowWords(("label", "factor"), "{factor}⟦({label})⟧", " × "),
    "factor.average": RowWords(("label", "part", "factor"), "{label} {part} × {factor}", "、"),
    "sum.items": RowWords(("item", "amount"), "{item} {amount}", " + "),
    "cost.ceiling": RowWords(("cost", "ratio"), "核定成本 {cost} × {ratio}", " + "),
    "cost.within": RowWords(("cost", "ratio"), "核定成本 {cost} × {ratio}", " + "),
}
ITEM_CEILINGS = RowWords(("item_ceiling",), "各项上限 {item_ceiling}", " + ")


def template(rule: str) -> str:
    """The sentence of a rule code."""
    return TEMPLATES.get(rule) or registry.SENTENCES[rule]


def row_words(rule: str) -> RowWords:
    """How what comes several times is told in the sentence of a rule code."""
    return ROWS.get(rule) or registry.ROWS[rule]


QUANTITIES = {"quantity", "declared", "accepted", "planned", "minimum", "part", "slice", "threshold", "quantity_cap"}
MEASURED = {"size", "from"}
AREAS = {"area", "large_from"}
RATES = {"rate", "limit"}
SHARES = {"ratio", "share"}
PLAIN = {"factor", "average", "members", "year", "years", "place"}
