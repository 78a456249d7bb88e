"""What went before is told when it goes again: when, to whom, whether it has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_desktop.services import registers
from fupin_desktop.services.exchange import earlier, offers, outgoing
from fupin_desktop.services.exchange.model import Drive, Item, Purpose
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.exchange.test_carrying import quiet
from tests.services.exchange.test_handing_out import filed_office, office, paid_folder, stick

__all__ = ["filed_office", "office", "paid_folder", "stick"]


def item(bench: Workbench, beginning: str) -> Item:
    return next(one for one in offers.offers(bench) if one.key.startswith(beginning))


def hand_out(bench: Workbench, drive: Drive, one: Item, receiver: str = "吴川市扶贫办", person: str = "") -> None:
    outgoing.hand_out(bench, [one], drive, Purpose("报送", receiver, person), quiet)


def test_nothing_went_before_the_first_time(office: Workbench) -> None:
    assert earlier.handed_before(office, offers.offers(office)) == {}
    assert earlier.last_receiver(office) == ""


@pytest.mark.parametrize("beginning", ["register:households", "batch:", "bank:", "scheme:", "round:", "document:", "paper:"])
def test_each_thing_tells_when_and_to_whom_it_went_and_that_nothing_changed_since(
    office: Workbench, stick: Drive, beginning: str
) -> None:
    one = item(office, beginning)
    hand_out(office, stick, one)
    found = earlier.handed_before(office, offers.offers(office))
    told = f"{office.today:%Y-%m-%d} 交给吴川市扶贫办（交接 1 号，还没有回执）"
    assert {key: (last.told, last.changed) for key, last in found.items()} == {one.key: (told, False)}


def test_a_register_that_was_changed_says_so_and_the_others_do_not(office: Workbench, stick: Drive) -> None:
    households, batch = item(office, "register:households"), item(office, "batch:")
    for one in (households, batch):
        hand_out(office, stick, one)
    register = registry.of("households")
    (first,) = registers.window(office, Query(register, office.year), 0, 1)
    assert registers.set_cells(office, register, [CellEdit(first.key, "phone", "13800138000")]).change
    found = earlier.handed_before(office, offers.offers(office))
    assert {key: one.changed for key, one in found.items()} == {households.key: True, batch.key: False}
    assert found[households.key].told.endswith("；交出以后有改动")
    hand_out(office, stick, households)
    again = earlier.handed_before(office, offers.offers(office))[households.key]
    assert (again.number, again.changed) == (3, False)


def test_the_receipt_of_what_went_is_told(office: Workbench, stick: Drive) -> None:
    one = item(office, "scheme:")
    hand_out(office, stick, one)
    register = registry.of("handovers")
    (row,) = registers.window(office, Query(register, office.year), 0, 9)
    registers.set_cells(office, register, [CellEdit(row.key, "receipt_on", f"{office.today}")])
    assert "有回执" in earlier.handed_before(office, [one])[one.key].told


def test_the_receiver_is_the_last_one_of_such_things_and_brings_its_person(
    office: Workbench, stick: Drive, tmp_path: Path
) -> None:
    batch, scheme = item(office, "batch:"), item(office, "scheme:")
    hand_out(office, stick, scheme, person="黄志明")
    hand_out(office, stick, batch, "塘㙍镇财政所", "吴晓燕")
    assert earlier.last_receiver(office) == "塘㙍镇财政所"
    assert earlier.last_receiver(office, [scheme]) == "吴川市扶贫办"
    assert earlier.last_receiver(office, [item(office, "register:")]) == "塘㙍镇财政所"
    assert earlier.last_persons(office) == {"吴川市扶贫办": "黄志明", "塘㙍镇财政所": "吴晓燕"}
