"""The office's own forms: taken out, changed, checked, used, kept for old documents, given up."""

from __future__ import annotations

import zipfile

import pytest

from fupin_desktop import paths
from fupin_desktop.documents.definition.fitness import misfits, placed_fields, remarks
from fupin_desktop.documents.definition.loader import load_form, usable_form
from fupin_desktop.documents.definition.styles import whole
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import FileMissing, NotAllowed, UnreadableFile
from fupin_desktop.services import documents, home, own_forms, villages
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.forms import built_in, unfit
from tests.services.award_office import make_bench, put_register

VILLAGE = "village_application"
OWN_FIELD = 'road = { label = "机耕路里程", type = "text", max_length = 20 }\n'
OWN_ROW = """
[[parts.rows]]
height = 9
style = "label"
cells = [{ text = "机耕路" }, { field = "road", span = 12, style = "words" }]

[[parts]]
type = "table"
columns = [26, 18, 18, 18, 18, 18, 18, 18, 18]
"""


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "office")
    yield made
    made.close()


def shipped(form_id=VILLAGE):
    return (paths.forms() / form_id / "form.toml").read_text(encoding="utf-8")


def changed():
    """The village's form with another title and a row with a field of its own."""
    text = shipped().replace("产业扶贫村申报表", "产业扶贫村申报审批表")
    text = text.replace("[fields]\n", "[fields]\n" + OWN_FIELD, 1)
    before = '\n[[parts]]\ntype = "table"\ncolumns = [26, 18, 18, 18, 18, 18, 18, 18, 18]\n'
    assert text.count(before) == 1
    return text.replace(before, OWN_ROW)


def put(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.toml").write_text(text, encoding="utf-8")
    return folder


def musts(problems):
    return [problem for problem in problems if problem.severity is Severity.MUST]


def place_of(bench):
    return documents.places(bench, VILLAGE)[0].key


def test_every_built_in_form_can_stand_in_for_itself():
    for form_id in own_forms.form_ids():
        form = built_in(form_id).form
        assert unfit(form, form) == []
        assert list(remarks(form, form)) == []


def test_the_list_tells_whose_form_is_used(bench, tmp_path):
    lines = own_forms.all(bench)
    fillable = sorted(one.form_id for one in registry.filled_in())
    assert [line.id for line in lines][: len(fillable)] == fillable
    assert {line.origin for line in lines} == {own_forms.BUILT_IN}
    assert all(line.title and not line.broken and line.changed_on is None for line in lines)
    own_forms.install(bench, put(tmp_path / "改", changed()))
    line = next(line for line in own_forms.all(bench) if line.id == VILLAGE)
    assert (line.origin, line.broken) == (own_forms.OWN, "")
    assert line.title.endswith("产业扶贫村申报审批表")
    assert line.changed_on is not None


@pytest.mark.parametrize("name", ["folder", "forms.zip"])
def test_a_form_taken_out_can_be_put_in_again(bench, tmp_path, name):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    written = own_forms.export(bench, VILLAGE, target)
    assert not own_forms.check(written)
    change = own_forms.install(bench, written)
    assert change.keys == (VILLAGE,)
    assert "forms" in change.nouns
    assert (bench.data_folder / "forms" / VILLAGE / "form.toml").read_text(encoding="utf-8") == whole(shipped())


def test_what_is_taken_out_explains_itself_and_is_never_written_over(bench, tmp_path):
    folder = own_forms.export(bench, VILLAGE, tmp_path)
    assert {path.name for path in folder.iterdir()} == {"form.toml", "source.md", "README.md", "BINDINGS.md"}
    (folder / "form.toml").write_text("改了一半", encoding="utf-8")
    with pytest.raises(NotAllowed):
        own_forms.export(bench, VILLAGE, tmp_path)
    assert (folder / "form.toml").read_text(encoding="utf-8") == "改了一半"


def test_a_new_document_uses_the_own_form_and_an_old_one_keeps_its_own(bench, tmp_path):
    put_register(bench, [("陈水生", "base", "3", "900")])
    place = place_of(bench)
    old = documents.create(bench, VILLAGE, place).keys[0]
    before = pdf_bytes(documents.filled(bench, old))
    own_forms.install(bench, put(tmp_path / "改", changed()))
    assert pdf_bytes(documents.filled(bench, old)) == before
    assert "road" not in documents.open_document(bench, old).form.fields
    new = documents.create(bench, VILLAGE, villages_second(bench)).keys[0]
    outcome = documents.set_values(bench, new, {"road": "3.2 公里"})
    assert not outcome.faults
    opened = documents.open_document(bench, new)
    assert opened.data["road"] == "3.2 公里"
    assert "3.2 公里" in page_text(documents.filled(bench, new))
    own_forms.remove(bench, VILLAGE)
    assert documents.open_document(bench, new).data["road"] == "3.2 公里"
    assert "3.2 公里" in page_text(documents.filled(bench, new))


def villages_second(bench):
    villages.add(bench, villages.VillageForm(name="那罗村"))
    return next(place.key for place in documents.places(bench, VILLAGE) if place.name == "那罗村")


def page_text(filled):
    return "\n".join(run.text for page in filled.pages for run in page.texts)


BROKEN = {
    "not toml": ("workbook = true", "workbook = ", "第5行第12列", "TOML"),
    "unknown key": ("workbook = true", "workbok = true", "workbok", "不认识"),
    "no name of a form": (f'id = "{VILLAGE}"', 'id = "Our form"', "id", "小写字母"),
    "a needed field is gone": ("measures_large", "help_large", "fields.measures_large", "吴川 三(三)2"),
    "another type": (
        'label = "品牌", type = "text", max_length = 40', 'label = "品牌", type = "count"', "fields.brand.type", "brand",
    ),
    "typed areas": ('bind = "area.large", ', "", "fields.area_large", "bind"),
    "no longer required": (
        'label = "主要产品", type = "text", required = true', 'label = "主要产品", type = "text"',
        "fields.products.required", "必须填写",
    ),
    "unknown binding": ('default = "village.leader"', 'default = "village.boss"', "fields.leader.default", "village.boss"),
    "not on paper": ('{ field = "products", span = 3, style = "value" }', '{ text = "", span = 3 }', "fields.products", "没有放在纸上"),
    "not filled on screen": ("entry = true", "entry = false", "entry", "true"),
    "missing glyph": ('text = "主要产品"', 'text = "主要产品\U0010fffd"', "全文", "U+10FFFD"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_form_is_told_with_its_key_and_not_used(bench, tmp_path, name):
    old, new, key, rule = BROKEN[name]
    assert old in shipped()
    folder = put(tmp_path / "改", shipped().replace(old, new))
    found = musts(own_forms.check(folder))
    assert (found[0].field, rule in found[0].sentence) == (key, True), found
    with pytest.raises(NotAllowed) as refused:
        own_forms.install(bench, folder)
    assert found[0].sentence in refused.value.happened
    assert not (bench.data_folder / "forms").exists()


@pytest.mark.parametrize("name", [name for name in BROKEN if name not in {"missing glyph", "no name of a form"}])
def test_a_form_broken_in_its_place_falls_back_with_a_message(bench, name):
    old, new, key, _ = BROKEN[name]
    put(bench.data_folder / "forms" / VILLAGE, shipped().replace(old, new))
    used = own_forms.load(bench, VILLAGE)
    assert not used.own
    assert used.text == whole(shipped())
    assert key in used.note
    line = next(line for line in own_forms.all(bench) if line.id == VILLAGE)
    assert "用的是内置表样" in line.broken
    put_register(bench, [("陈水生", "base", "3", "900")])
    new_key = documents.create(bench, VILLAGE, place_of(bench)).keys[0]
    assert documents.open_document(bench, new_key).form_note == used.note


def test_a_form_the_program_fills_gets_no_fields_of_its_own():
    text = shipped("award_sheet").replace("[fields.", '[fields.own]\nlabel = "自定"\ntype = "text"\n\n[fields.', 1)
    found = musts(own_forms.examine_text(text, "form.toml").problems)
    assert [problem.field for problem in found] == ["fields.own"]


def test_a_box_left_out_is_only_remarked(tmp_path):
    text = "\n".join(line for line in shipped().splitlines() if not line.startswith("opinion_assisting"))
    at = text.index('cells = [{ text = "对口帮扶单位\\n（驻村')
    row = text.rindex("[[parts.rows]]", 0, at)
    text = text[:row] + text[text.index("[[parts.rows]]", at):]
    problems = own_forms.examine_text(text, "form.toml").problems
    assert [(problem.severity, problem.field) for problem in problems] == [(Severity.WARNING, "fields.opinion_assisting")]
    own, base = own_forms.examine_text(text, "form.toml").form, built_in(VILLAGE).form
    assert not list(misfits(own, base))


def test_the_form_in_use_before_is_parked(bench, tmp_path):
    own_forms.install(bench, put(tmp_path / "一", changed()))
    own_forms.install(bench, put(tmp_path / "一", changed()))
    folder = bench.data_folder / "forms" / VILLAGE
    assert [path.name for path in folder.iterdir()] == ["form.toml"]
    own_forms.install(bench, put(tmp_path / "二", changed().replace("审批表", "呈批表")))
    own_forms.remove(bench, VILLAGE)
    assert sorted(path.name for path in folder.iterdir()) == ["form.停用20260302-093000-2.toml", "form.停用20260302-093000.toml"]
    with pytest.raises(NotAllowed):
        own_forms.remove(bench, VILLAGE)


def test_files_that_are_no_forms(tmp_path):
    with pytest.raises(FileMissing):
        own_forms.check(tmp_path)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(UnreadableFile):
        own_forms.check(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a/form.toml", "")
        archive.writestr("b/form.toml", "")
    with pytest.raises(UnreadableFile):
        own_forms.check(tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "big.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("form.toml", b" " * (2 << 20))
    with pytest.raises(UnreadableFile):
        own_forms.check(tmp_path / "big.zip")
    (tmp_path / "form.toml").write_bytes("标题".encode("gbk"))
    with pytest.raises(UnreadableFile):
        own_forms.check(tmp_path)
    (tmp_path / "form.toml").write_bytes(b" " * (2 << 20))
    with pytest.raises(UnreadableFile):
        own_forms.check(tmp_path)


def test_the_preview_shows_where_fields_lie(tmp_path):
    from datetime import date

    filled = own_forms.preview(own_forms.examine_text(changed(), "form.toml"), date(2026, 3, 2))
    assert "〔机耕路里程〕" in page_text(filled)
    with pytest.raises(NotAllowed):
        own_forms.preview(own_forms.examine_text("id = 3", "form.toml"), date(2026, 3, 2))


def test_the_first_page_tells_of_a_broken_form(bench):
    assert not [item for item in home.overview(bench, bench.today).due if item.badge == "表样有误"]
    put(bench.data_folder / "forms" / "award_sheet", shipped("award_sheet").replace("workbook = true", "workbok = true"))
    (item,) = [item for item in home.overview(bench, bench.today).due if item.badge == "表样有误"]
    assert "workbok" in item.text
    assert "用的是内置表样" in item.text


def test_award_papers_fall_back_too(tmp_path):
    folder = put(tmp_path / "forms" / "award_sheet", shipped("award_sheet").replace("workbook = true", "workbok = true"))
    assert usable_form("award_sheet", folder.parent) == load_form("award_sheet")
    put(folder, shipped("award_sheet").replace("[fields.", '[fields.own]\nlabel = "自定"\ntype = "text"\n\n[fields.', 1))
    assert "own" not in usable_form("award_sheet", folder.parent).fields
    put(folder, shipped("award_sheet").replace("top = ", "top = 1", 1))
    assert usable_form("award_sheet", folder.parent) != load_form("award_sheet")


@pytest.mark.parametrize("form_id", [one.form_id for one in registry.filled_in()])
def test_a_form_can_be_changed_in_a_spreadsheet_and_comes_back(bench, tmp_path, form_id):
    path = tmp_path / "表.xlsx"
    own_forms.export_workbook(bench, form_id, path)
    examined = own_forms.from_workbook(path, form_id)
    assert musts(examined.problems) == []
    base = built_in(form_id).form
    assert examined.form.title.source == base.title.source
    assert placed_fields(examined.form) == placed_fields(base)
    assert examined.form.opinions == base.opinions
    own_forms.install_examined(bench, examined)
    assert own_forms.load(bench, form_id).own


def test_a_form_that_the_program_fills_is_no_spreadsheet(bench, tmp_path):
    with pytest.raises(NotAllowed):
        own_forms.export_workbook(bench, "notice_awards", tmp_path / "表.xlsx")
    assert not list(tmp_path.glob("*.xlsx"))
