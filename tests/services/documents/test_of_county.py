"""Forms of 吴川 in offices of other counties: under their own name, after the model of its document."""

import pytest
from sqlalchemy import select

from fupin_desktop.services import offices
from fupin_desktop.services.documents import editing, forms, opening
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.storage.entities import Village
from tests.services.documents.office import VILLAGE
from tests.services.register_office import Clock
from tests.services.reports.report_office import make_office

OF_MODEL = ("town_application", "village_application", "town_fund_plan", "town_fund_approval", "village_fund_plan")


@pytest.fixture
def office(tmp_path):
    bench = make_office(tmp_path / "office", Clock())
    yield bench
    bench.close()


def words(bench, form_id):
    return forms.current(bench, form_id).text


@pytest.mark.parametrize("form_id", OF_MODEL)
def test_a_form_of_the_model_bears_the_name_of_the_office_s_own_county(office, form_id):
    used = forms.current(office, form_id)
    assert used.form.name.startswith("英德市“一")
    assert "吴川市“" not in used.text
    assert not used.own
    assert words(office, form_id).count("英德市“") == forms.built_in(form_id).text.count("吴川市“")


def test_what_a_note_cites_is_said_to_be_the_model(office):
    assert "（参照《吴川市推进产业扶贫实施方案》" in words(office, "village_application")


@pytest.mark.parametrize("county", ["吴川市", "", "甲\"乙"])
def test_in_its_own_county_or_an_unknown_one_the_form_stays_to_the_letter(tmp_path, county):
    bench = open_workbench(tmp_path / "own", clock=Clock())
    if county:
        form = offices.OfficeForm(name="办", county=county, county_code="", town="某镇", town_code="", clerk="甲", year=2026)
        offices.setup(bench, form)
    for form_id in OF_MODEL:
        assert forms.current(bench, form_id) == forms.built_in(form_id)
    bench.close()


def test_a_document_begun_in_the_office_keeps_the_form_of_its_county(office):
    with office.read() as session:
        village = session.scalars(select(Village.key).where(Village.name == "永乐村")).one()
    key = editing.create(office, VILLAGE, village).keys[0]
    assert opening.open_document(office, key).form.name.startswith("英德市“一村一品”")
