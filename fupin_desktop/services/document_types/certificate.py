"""The certificate of a commended household (奖状, 吴川 三(三)5)."""

from __future__ import annotations

from datetime import date

from fupin_desktop.domain.committees import full_committee
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.register_words import CommendationKind, OfficeLevel
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, chosen

_PRAISE = {
    CommendationKind.LARGE.label: "产业扶贫种养大户",
    CommendationKind.SUCCESS.label: "产业扶贫创业标兵",
    CommendationKind.LEADER.label: "产业扶贫创业致富带头人",
    CommendationKind.EXAMPLE.label: "产业扶贫先进典型",
}


def _query(subject: LedgerSubject) -> Bound:
    """The chosen commendation.

    Raises:
        NotAllowed: None is chosen, or a number would go public.
    """
    bench, one = subject.bench, chosen(subject)
    if find_leaks(one["cause"]):
        raise NotAllowed("事由里有电话、证件号或账号，没有出奖状。", todo="请去掉这些号码。")
    office = offices.office(bench)
    county, town = f"{office.county}扶贫工作领导小组", f"{office.town}人民政府"
    units = {OfficeLevel.COUNTY.label: county, OfficeLevel.TOWN.label: town}
    day = date.fromisoformat(one["given_on"]) if one["given_on"] else bench.today
    data = {
        "title": f"奖状 {one['head_name']}",
        "name": f"{one['village']}　{one['head_name']}",
        "village": one["village"],
        "year": bench.year,
        "kind": one["kind"],
        "cause": f"{one['cause'].rstrip('。；，')}，",
        "praise": _PRAISE.get(one["kind"], one["kind"]),
        "unit": units.get(one["level"], full_committee(one["village"])),
        "given_on": f"{day.year}年{day.month}月{day.day}日",
    }
    return Bound(data, day)


def _named(subject: LedgerSubject) -> str:
    return f"奖状 {chosen(subject)['head_name']}"


TYPE = DocumentType("certificate", "奖状", "奖状", order=67, tab="ledgers", query=_query, named=_named)
