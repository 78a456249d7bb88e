"""The office's own classes of household from a list into the register, a calculation, what is stored and the papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.policy.scheme import Caps
from fupin_desktop.services import awards, registers, schemes
from fupin_desktop.services.awards import Desk, snapshot
from fupin_desktop.services.awards.register import read_award_register
from fupin_desktop.services.awards.result_json import result_data
from fupin_desktop.services.awards.subject import class_label
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit
from tests.services.award_office import REGISTER, identity_number, make_bench, put_register, scheme

OWN = {"低保户": HouseholdClass.OUT_OF_POVERTY, "未消除风险": HouseholdClass.MONITORED}


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["户编号", "户主姓名", "户主证件号码", "行政村", "户类别", "参与情况", "产品", "计量单位", "申报数量", "核定成本(元)"])
    for number, word in enumerate(("低保户 ", "脱贫户", "未消除风险"), 7):
        book.active.append([f"D{number}", "陈华", identity_number(number), "低岭村", word, "参与", "水稻", "亩", 20, 9000])
    book.save(tmp_path / "名册.xlsx")
    return tmp_path / "名册.xlsx"


def with_classes(**more):
    return replace(scheme(), classes=OWN, **more)


def test_a_list_brings_own_classes_and_what_they_count_as(bench, workbook):
    schemes.save(bench, None, with_classes())
    apply(bench, prepare(bench, workbook))
    found = awards.applicants(bench, "低岭村", 2026)
    assert [(one.household_class, one.own_classes) for one in found] == [
        (HouseholdClass.OUT_OF_POVERTY, ("低保户",)), (HouseholdClass.OUT_OF_POVERTY, ()),
        (HouseholdClass.MONITORED, ("未消除风险",)),
    ]  # fmt: skip
    assert schemes.blank(bench, "低岭村").classes == OWN


def test_the_command_line_takes_them_from_the_scheme(workbook):
    read = read_award_register(workbook, today=date(2026, 3, 2), village="", classes=OWN)
    assert [one.own_classes for one in read.applicants] == [("低保户",), (), ("未消除风险",)]
    assert read.applicants[0].household_class is HouseholdClass.OUT_OF_POVERTY


def test_they_are_typed_capped_stored_and_printed(bench):
    keys = put_register(bench, REGISTER)
    typed = registers.set_cells(bench, HOUSEHOLDS, [CellEdit(keys[0], "own_class", "低保户、五星户")])
    assert typed.change is not None
    desk = Desk(bench, with_classes(caps=Caps(by_class={"低保户": Decimal(1000)})))
    first = desk.result.awards[0]
    assert first.award == 1000
    assert class_label(first.applicant) == "脱贫户\n低保户\n五星户"
    assert snapshot.unpack_award(snapshot.pack_award(first, "")) == (first, "")
    assert result_data(desk.result)["households"][0]["own_classes"] == ["低保户", "五星户"]
    assert [one.subjects for one in desk.result.problems if one.code == "household.own_class"] == [(keys[0],)]


def test_a_scheme_without_them_takes_no_notice(bench):
    keys = put_register(bench, REGISTER)
    registers.set_cells(bench, HOUSEHOLDS, [CellEdit(keys[0], "own_class", "低保户")])
    first = Desk(bench, scheme()).result.awards[0]
    assert first.applicant.class_label == "脱贫户"


def test_one_number_in_two_households_is_a_must(bench):
    here = put_register(bench, REGISTER[:1])
    put_register(bench, REGISTER[1:2], village="那罗村")
    (found,) = [one for one in Desk(bench, scheme()).result.problems if one.code == "household.same_number"]
    assert (found.severity.value, found.subjects) == ("must", tuple(here))
    assert "李亚保" in found.sentence
