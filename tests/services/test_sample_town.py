"""The invented people of the sample office: numbers that check out, both sides of every boundary, equal each time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.domain import bank, identity, phone
from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.services.samples import making
from fupin_desktop.services.samples.town import Household, Plan, Town, read, sample_files
from tests.conftest import SAMPLE_DAY


def plans() -> list[Plan]:
    files = sample_files()
    written = read(files, "households")["household"]
    rows = read(files, "town")["village"]
    codes = making.village_codes("440883107")
    return [
        Plan(row["name"], codes[row["name"]], row["households"], row["products"], [] if place else written)
        for place, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def households() -> list[Household]:
    return Town(sample_files(), SAMPLE_DAY.date()).households(plans())


def planted(household: Household) -> Decimal:
    if household.area is not None:
        return household.area
    return sum((entry.area or Decimal(0) for entry in household.entries), Decimal(0))


def test_the_town_is_as_large_as_a_real_one(households):
    taking = [h for h in households if h.participation in (Participation.BASE, Participation.SCATTERED)]
    assert len(households) == 612
    assert len(taking) == 548
    assert sum(len(h.family) for h in households) > 1800
    assert 60 <= sum(planted(h) >= 10 for h in households) <= 90
    assert len({h.village for h in households}) >= 12


def test_every_identity_number_is_sound_and_used_once(households):
    members = [member for household in households for member in household.family if member.id_number]
    assert all(identity.check(member.id_number, SAMPLE_DAY.date()).fault is None for member in members)
    assert max(Counter(member.id_number for member in members).values()) == 1


def test_identity_numbers_tell_birth_and_sex_as_registered(households):
    for household in households[:80]:
        for member in household.family:
            found = identity.check(member.id_number) if member.id_number else None
            if found:
                assert found.birth == member.birth
                assert found.sex.label == member.sex


def test_phones_and_accounts_check_out_and_are_not_shared(households):
    phones = [h.phone for h in households if h.phone]
    accounts = [h.bank_account for h in households if h.bank_account]
    assert all(map(phone.phone_ok, phones))
    assert len(set(phones)) == len(phones)
    assert all(map(bank.luhn_ok, accounts))
    assert len(set(accounts)) == len(accounts)


def test_both_sides_of_the_ten_mu_boundary_are_there(households):
    first = {planted(h) for h in households if h.village == "低岭村"}
    assert {Decimal("9.999"), Decimal("10.000"), Decimal("10.001")} <= first


def test_costs_one_fen_around_the_award_are_there(households):
    costs = {entry.cost for h in households if h.village == "低岭村" for entry in h.entries}
    assert {Decimal("439.99"), Decimal("440.00"), Decimal("440.01")} <= costs


def test_people_of_one_name_and_rare_characters_are_there(households):
    names = Counter((h.village, h.name) for h in households)
    assert names["低岭村", "陈华"] == 2
    assert max(names[village, "李华"] for village, _ in names) >= 3
    text = "".join(h.name for h in households)
    assert {"䶮", "㛃", "𬭳", "𠅤", "·"} <= set(text)


def test_something_is_missing_as_in_real_registers(households):
    assert any(not h.head_id for h in households)
    assert any(not h.bank_account for h in households)
    assert any(not h.guide for h in households)
    assert any(h.household_class is None for h in households)
    assert any(h.participation is None for h in households)
    assert any(entry.cost is None for h in households for entry in h.entries)


def test_equal_days_give_equal_households(households):
    again = Town(sample_files(), SAMPLE_DAY.date()).households(plans())
    assert again == households


def test_another_first_order_shares_no_identity_number(households):
    others = Town(sample_files(), SAMPLE_DAY.date(), first_order=980).households(plans())
    numbers = {member.id_number for h in households for member in h.family} - {""}
    assert not numbers & {member.id_number for h in others for member in h.family}


def test_nobody_is_born_after_today():
    drawn = Town(sample_files(), date(2026, 1, 1)).households(plans()[:2])
    assert all(member.birth <= date(2026, 1, 1) for h in drawn for member in h.family)
