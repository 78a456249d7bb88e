"""What the first page says of applications."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import documents, home
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.documents.office import TARGETS, VILLAGE


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path)
    yield made
    made.close()


def told(bench: Workbench) -> list[tuple[str, str, Target]]:
    due = home.overview(bench, bench.today).due
    return [(item.badge, item.text, item.target) for item in due if item.target.tab == "applications"]


def test_a_draft_waits_for_the_clerk(bench: Workbench) -> None:
    assert told(bench) == []
    key = office.begin(bench, values={})
    blocking = documents.open_document(bench, key).line.blocking
    assert told(bench) == [("草稿", f"低岭村“一村一品”申报表还有 {blocking} 项必须填写", Target("applications", "", key))]
    office.fill(bench, key, office.VILLAGE_VALUES)
    assert told(bench) == [("待提交", "低岭村“一村一品”申报表已填好，可以提交", Target("applications", "", key))]


def test_one_on_its_way_waits_for_an_opinion_and_a_returned_one_for_mending(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    target = Target("applications", f"{VILLAGE}:submitted", key)
    assert told(bench) == [("办理中", "低岭村“一村一品”申报表等待登记意见", target)]
    documents.send_back(bench, key, "缺附件")
    assert told(bench) == [("退回", "低岭村“一村一品”申报表被退回：缺附件", Target("applications", "", key))]
    documents.submit(bench, key)
    documents.withdraw(bench, key)
    assert told(bench)[0][0] == "已撤回"
    office.approve(bench, key)
    assert told(bench) == []


def test_many_of_a_kind_are_one_line(bench: Workbench) -> None:
    for number in range(4):
        office.begin(bench, TARGETS, f"项目{number}", {})
    assert len(told(bench)) == 4
    office.begin(bench, TARGETS, "项目4", {})
    assert told(bench) == [
        ("草稿", "项目0、项目1、项目2等 5 份项目绩效目标表还没有提交", Target("applications", f"{TARGETS}:draft"))
    ]
