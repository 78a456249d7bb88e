"""What is wrong with accounts, and how much each batch pays: the written cases of ``tests/cases/payments``."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.services.payments import accounts, dues
from fupin_desktop.services.payments.dues import Taken
from fupin_desktop.services.payments.model import Due
from fupin_desktop.storage.entities import Entity, Household, PaymentRow
from fupin_desktop.storage.store import open_store
from tests.services.payments.conftest import Filed

FOLDER = Path(__file__).parents[2] / "cases" / "payments"
CARD = "6222021234567890128"
ROW = {
    "key": "row", "position": 1, "household_key": "", "head_name": "陈康", "id_number": "440883196803120019", "amount_fen": 48000,
    "account": CARD, "account_name": "陈康", "bank_name": "吴川农商银行", "account_reason": "",
}  # fmt: skip


ENTITY = {
    "key": "e" * 32, "name": "低岭水稻专业合作社", "kind": "农民合作社", "credit_code": "93440883MA4UJ0000X", "leader": "陈观保",
    "phone": "13822541234",
}  # fmt: skip


def cases(name: str) -> list[Any]:
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


@pytest.fixture(scope="module")
def session(filed_office: Filed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The filed office; whatever a case writes is taken back after it."""
    folder = tmp_path_factory.mktemp("accounts") / "office"
    shutil.copytree(filed_office[0], folder)
    store = open_store(folder, now=filed_office[2])
    with Session(store.engine) as made:
        yield made
        made.rollback()
    store.close()


@pytest.mark.parametrize("case", cases("accounts"))
def test_accounts_are_told_as_they_are_written(case: dict[str, Any], session: Session) -> None:
    try:
        own = session.scalars(select(Household).where(Household.head_name == "陈康")).one()
        other = session.scalars(select(Household).where(Household.head_name == "李亚保")).one()
        other.bank_account, other.head_id_number = "80020000055555555", "440883197502180020"
        for household, told in ((own, case.get("registered", {})), (other, case.get("other", {}))):
            for name, value in told.items():
                setattr(household, name, value)
        if "entity" in case:
            session.add(Entity(**{**ENTITY, **case["entity"]}))
        session.flush()
        rows = [PaymentRow(**{**ROW, "household_key": own.key, **case.get("row", {})})]
        if "second" in case:
            given_row = {"key": "second", "position": 2, "household_key": other.key, **case["second"]}
            rows.append(PaymentRow(**{**ROW, **given_row}))
        found = list(accounts.problems(session, rows))
    finally:
        session.rollback()
    lines = [
        f"{one.severity.label} {one.code} {one.field}：{one.sentence}" + (f"={one.reason}" if one.reason else "") for one in found
    ]
    assert lines == case.get("told", [])
    assert all(set(one.subjects) <= {"row", "second"} for one in found)


def due(name: str, yuan: Decimal) -> Due:
    return Due(name, name, "", "低岭村", "", "水稻", None, "", "", int(yuan * 100))


def taken(paid: dict[str, int]) -> Taken:
    """What earlier batches pay, by household."""
    kept = {name: PaymentRow(household_key=name, head_name=name, id_number="", village="", group_name="", item="") for name in paid}
    return Taken(paid, kept, {})


def as_given(gets: list[Due]) -> list[tuple[str, int]]:
    return [(one.household_key, one.fen) for one in gets]


def batch(session: Session, gets: list[Due], before: Taken, share: int) -> dict[str, int]:
    """分 of the rows of a new batch by household, in their order."""
    return {row["household_key"]: row["amount_fen"] for row in dues.rows(session, gets, before, share)}


@pytest.mark.parametrize("case", cases("dues"))
def test_each_batch_pays_what_is_still_due(case: dict[str, Any], session: Session) -> None:
    gets = [due(name, yuan) for name, yuan in case["gets"].items()]
    before = taken({name: int(yuan * 100) for name, yuan in {**case.get("paid", {}), **case.get("gone", {})}.items()})
    made = list(dues.rows(session, gets, before, case.get("share", dues.WHOLE)))
    assert [f"{row['head_name']} {from_fen(row['amount_fen'])}" for row in made] == case["rows"]
    assert dues.left_fen(as_given(gets), before.by_household) == case["left"] * 100
    for row in made:
        back = row["amount_fen"] < 0
        assert (row["state"], row["note"]) == (("recover", "前批已发超过应发，应追回") if back else ("pending", ""))
        assert row["before_fen"] == before.by_household.get(row["household_key"], 0)


@pytest.mark.parametrize("case", cases("payees"))
def test_a_new_row_and_one_filled_in_again_have_the_account_of_now(case: dict[str, Any], session: Session) -> None:
    own = session.scalars(select(Household).where(Household.head_name == "陈康")).one()
    own.bank_account, own.account_name, own.bank_name, own.phone, own.head_id_number = (
        case["registered"].get(name, "") for name in ("account", "account_name", "bank_name", "phone", "id_number")
    )
    try:
        session.flush()
        given_due = Due(own.key, "陈康", case["noticed_id"], "低岭村", "", "水稻", None, "", "", 100)
        (made,) = dues.rows(session, [given_due], taken({}), dues.WHOLE)
        row = PaymentRow(**{**ROW, "id_number": case["noticed_id"]})
        again = accounts.filled_in(row, accounts.payees(session, {own.key})[own.key])
    finally:
        session.rollback()
    assert {name: made[name] for name in case["told"]} == case["told"]
    assert again == case["told"]


def test_of_a_household_that_is_gone_the_account_stays_as_it_was(session: Session) -> None:
    row = PaymentRow(**{**ROW, "phone": "13822541234"})
    assert accounts.filled_in(row, None) == {
        "account_name": "陈康", "bank_name": "吴川农商银行", "account": CARD, "id_number": ROW["id_number"], "phone": "13822541234",
    }  # fmt: skip
    (made,) = dues.rows(session, [Due("gone", "陈康", ROW["id_number"], "低岭村", "上组", "水稻", None, "", "", 100)], taken({}), dues.WHOLE)
    assert [made[name] for name in ("account", "account_name", "bank_name", "phone", "town")] == [""] * 5
    assert (made["id_number"], made["village"], made["group_name"]) == (ROW["id_number"], "低岭村", "上组")


amounts = st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(0, 10**7), min_size=1)


@given(amounts, st.lists(st.integers(1, dues.WHOLE - 1), max_size=4), amounts)
def test_advances_and_the_rest_come_to_what_each_gets(
    session: Session, first: dict[str, int], shares: list[int], corrected: dict[str, int]
) -> None:
    """Whatever is paid in advance, and however the list is corrected afterwards, the last batch settles it."""
    paid: dict[str, int] = {}
    gets = [due(name, from_fen(fen)) for name, fen in first.items()]
    for share in shares:
        for name, fen in batch(session, gets, taken(paid), share).items():
            assert fen > 0
            paid[name] = paid.get(name, 0) + fen
            assert paid[name] <= first[name] * max(shares) // dues.WHOLE
    gets = [due(name, from_fen(fen)) for name, fen in corrected.items()]
    last = batch(session, gets, taken(paid), dues.WHOLE)
    for name in {*first, *corrected}:
        assert paid.get(name, 0) + last.get(name, 0) == corrected.get(name, 0)
    assert list(last.values()) == sorted(last.values(), key=lambda fen: fen < 0)
    assert sum(fen for fen in last.values() if fen > 0) == dues.left_fen(as_given(gets), paid)
    settled = taken({name: fen for name, fen in corrected.items() if fen})
    assert batch(session, gets, settled, dues.WHOLE) == {}
