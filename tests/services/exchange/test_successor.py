"""A new clerk goes on with the work: a list of what is open, kept, and the name on papers changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import attachments, handovers, offices, operators, successor
from fupin_desktop.services.documents import computed
from fupin_desktop.services.exchange import outgoing
from fupin_desktop.services.exchange.model import Drive, Item, Purpose
from fupin_desktop.services.operators import OperatorForm, Rules
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.attaching import attached
from fupin_desktop.services.successor import Succession
from fupin_desktop.services.workbench import Workbench
from tests.services.exchange.test_carrying import quiet
from tests.services.register_office import add_household, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workbench]:
    bench = make_office(tmp_path / "office")
    add_household(bench, "吴一")
    yield bench
    bench.close()


def sent(bench: Workbench, tmp_path: Path) -> None:
    """Something that has left without a receipt."""
    stick = tmp_path / "stick"
    stick.mkdir()

    def make(making):
        (making.folder / "甲.txt").write_bytes(b"1")
        yield outgoing.Made(making.folder / "甲.txt", "甲.txt", "甲")

    outgoing.hand_out(bench, [Item("a", "台账", "甲", make)], Drive(stick), Purpose("年报", "县扶贫办"), quiet)


def test_open_work_tells_the_register_and_what_has_no_receipt(office: Workbench, tmp_path: Path) -> None:
    sent(office, tmp_path)
    found = successor.open_work(office)
    assert found[-1].text == "交接 1 号“年报”(03-02 交给县扶贫办)还没有回执"
    assert successor.place_of(found[-1]) == "数据交换"
    assert all(successor.place_of(one) for one in found)
    told = dict(successor.held(office))
    assert told["2026 年度台账"].startswith("农户 1 户")
    assert told["备份"] == "还没有备份"
    assert told["密码和恢复码"] == "没有设密码"


def test_the_new_clerk_takes_over_and_the_list_is_kept(office: Workbench) -> None:
    succession = Succession(office, "王小芳", "陈主任")
    paper = computed.paper(office, successor.PAPER, succession)
    content = paper.pdf()
    change = successor.hand_over(succession)
    assert (office.clerk, offices.office(office).clerk) == ("王小芳", "王小芳")
    assert "以后由王小芳经办" in change.message
    (key,) = office.store.glance("SELECT key FROM handovers")[0]
    handed = handovers.load(office, key)
    assert (handed.title, handed.maker, handed.person) == ("移交工作：陈经办 → 王小芳", "陈经办", "王小芳")
    assert handovers.open_count(office) == 0
    (kept,) = attached(office, registry.of("handovers"), key, "papers")
    attachments.verify(office.data_folder, kept)
    assert kept.place(office.data_folder).read_bytes() == content
    assert list(office.data_folder.glob("*.pdf")) == []


def test_nobody_and_the_same_clerk_are_refused(office: Workbench) -> None:
    for name, word in (("  ", "请填写"), ("陈经办", "现在的经办人就是")):
        with pytest.raises(NotAllowed, match=word):
            successor.hand_over(Succession(office, name))
    assert office.clerk == "陈经办"


def test_where_operators_sign_in_a_manager_hands_over_to_one_of_them(office: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operators, "_COST", 1 << 4)
    for name, role in (("王管理", OperatorRole.MANAGER), ("陈经办", OperatorRole.CLERK)):
        operators.save(office, "", OperatorForm(name, role, password="1234"))
    operators.set_rules(office, Rules(on=True))
    operators.sign_in(office, "陈经办", "1234")
    with pytest.raises(NotAllowed, match="只有“管理”可以动"):
        successor.hand_over(Succession(office, "王小芳"))
    operators.sign_in(office, "王管理", "1234")
    for name, word in (("王小芳", "王小芳还不是在用的操作人员"), ("陈经办", "现在的经办人就是陈经办")):
        with pytest.raises(NotAllowed, match=word):
            successor.hand_over(Succession(office, name))
    assert office.store.glance("SELECT count(*) FROM handovers") == [(0,)]
    operators.save(office, "", OperatorForm("王小芳", OperatorRole.CLERK))
    change = successor.hand_over(Succession(office, "王小芳"))
    assert "陈经办不再用这份数据的" in change.message
    assert (office.clerk, offices.office(office).clerk) == ("王管理", "王小芳")
    (key,) = office.store.glance("SELECT key FROM handovers")[0]
    assert handovers.load(office, key).title == "移交工作：陈经办 → 王小芳"
