"""The models behind the register table: paging, marks, masks, refused texts, blocks for the clipboard."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, CellEdit, Filter, Query, Row
from fupin_desktop.ui.models.register_cells import MARK, SENTENCE
from fupin_desktop.ui.models.register_clipboard import spread, to_html, to_lines
from fupin_desktop.ui.models.register_edits import CellEdits
from fupin_desktop.ui.models.register_list import ListModel
from fupin_desktop.ui.models.register_model import RegisterModel
from fupin_desktop.ui.models.register_pages import Pages
from fupin_desktop.ui.tabs.registers.layout import TableLayout, proposed, remember, remembered

SHOWN = ("head_name", "village", "head_id_number", "members", "area_total", "bank_account")


def numbered(offset, limit, end=1000):
    return [Row(f"k{place}", (f"{place}",)) for place in range(offset, min(offset + limit, end))]


def test_pages_are_read_once_and_the_oldest_forgotten():
    asked = []

    def fetch(offset, limit):
        asked.append((offset, limit))
        return numbered(offset, limit)

    pages = Pages(fetch, page=100, kept=3)
    assert pages.row(0).key == "k0"
    assert pages.row(99).key == "k99"
    assert pages.row(100).key == "k100"
    assert asked == [(0, 100), (100, 100)]
    pages.row(0)
    pages.row(250)
    pages.row(350)
    assert pages.count == 3
    pages.row(0)
    assert asked[-1] == (300, 100)  # page 0 was looked at last and is still there
    pages.row(150)
    assert asked[-1] == (100, 100)


def test_pages_end_where_the_data_end():
    pages = Pages(lambda offset, limit: numbered(offset, limit, end=130), page=100)
    assert pages.row(129).key == "k129"
    assert pages.row(130) is None


@pytest.fixture
def model(sample, shell):
    made = RegisterModel(sample, CellEdits(shell, HOUSEHOLDS), SHOWN)
    made.ask(Query(HOUSEHOLDS, sample.year))
    return made


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model)
    model.ask(Query(HOUSEHOLDS, 2026, text="没有这一户"))
    assert model.rowCount() == 0
    qtmodeltester.check(model)
    model.set_shown(("head_name", "code"))
    assert model.columnCount() == 2


def test_cells_show_grouped_numbers_and_edit_plain_ones(model):
    column = model.column_of("area_total")
    assert model.headerData(column, Qt.Orientation.Horizontal) == "面积合计(亩)"
    assert model.headerData(1233, Qt.Orientation.Vertical) == "1,234"
    assert model.data(model.index(0, column), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert not model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_masks_hide_numbers_on_the_screen_only(model):
    place = next(row for row in range(model.rowCount()) if len(model.text(row, 2)) == 18)
    number = model.text(place, 2)
    model.set_masked(True)
    assert model.text(place, 2) == f"{number[:6]}********{number[-4:]}"
    assert model.typed(place, 2) == number
    assert set(model.text(place, 5)[:-4]) <= {"*"}
    model.set_masked(False)
    assert model.text(place, 2) == number


def test_a_good_text_is_written_and_a_bad_one_kept_and_marked(model, shell):
    index = model.index(0, 3)
    before = model.data(index)
    changes = []
    shell.changed.connect(changes.append)
    assert model.setData(index, "七")
    assert changes == []
    assert model.data(index) == "七"
    assert model.data(index, MARK) == "must"
    assert "不是整数" in model.data(index, SENTENCE)
    assert model.data(index, Qt.ItemDataRole.EditRole) == "七"
    assert model.setData(index, "7")
    model.refresh()
    assert len(changes) == 1
    assert model.data(index) == "7"
    assert model.data(index, MARK) == ""
    assert before != "七"


def test_giving_up_a_refused_text_shows_the_former_value(model):
    index = model.index(0, 3)
    before = model.data(index)
    model.setData(index, "很多")
    model.edits.drop([(model.key_at(0), "members")])
    assert model.data(index) == before
    assert not model.edits.cells


def test_an_unchanged_text_writes_nothing(model, shell):
    changes = []
    shell.changed.connect(changes.append)
    assert model.setData(model.index(0, 0), model.data(model.index(0, 0)))
    assert changes == []


def test_computed_cells_refuse_texts(model):
    assert not model.setData(model.index(0, model.column_of("area_total")), "5")


def test_doubtful_values_carry_their_sentence(model, sample):
    key = model.key_at(0)
    registers.set_cells(sample, HOUSEHOLDS, [CellEdit(key, "head_id_number", "440883199001011239")])
    model.reload()
    index = model.index(model.place_of(key), 2)
    assert model.data(index, MARK) == "principle"
    assert "校验码" in model.data(index, SENTENCE)
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == model.data(index, SENTENCE)


def test_a_partly_bad_block_offers_the_rest(model, answers, shell):
    answers.answers = [True]
    keys = [model.key_at(row) for row in range(3)]
    texts = ("4", "四口", "5")
    model.edits.put([CellEdit(key, "members", text) for key, text in zip(keys, texts, strict=True)])
    model.refresh()
    assert [model.text(row, 3) for row in range(3)] == ["4", "四口", "5"]
    assert [model.data(model.index(row, 3), MARK) for row in range(3)] == ["", "must", ""]
    assert "3 格中有 1 格不能写入" in answers.asked[0][1]


def test_a_partly_bad_block_can_be_left_alone(model, answers):
    answers.answers = [False]
    before = [model.text(row, 3) for row in range(2)]
    keys = [model.key_at(row) for row in range(2)]
    model.edits.put([CellEdit(keys[0], "members", "9"), CellEdit(keys[1], "members", "九")])
    model.refresh()
    assert [model.text(row, 3) for row in range(2)] == before
    assert not model.edits.cells


def test_a_wholly_bad_block_is_told(model, answers):
    keys = [model.key_at(row) for row in range(2)]
    model.edits.put([CellEdit(key, "members", "多") for key in keys])
    assert "2 格中有 2 格不能写入" in answers.told[0]
    assert not model.edits.cells


def test_rows_keep_their_places_while_typed_into(model, sample):
    model.ask(Query(HOUSEHOLDS, sample.year, sort=(("members", False),)))
    key = model.key_at(0)
    model.setData(model.index(0, 3), "29")
    model.refresh()
    assert model.steady
    assert model.key_at(0) == key
    assert model.text(0, 3) == "29"
    model.reload()
    assert model.place_of(key) == model.rowCount() - 1


def test_places_follow_filters(model, sample):
    key = model.key_at(5)
    assert model.place_of(key) == 5
    name = model.text(5, 0)
    model.ask(Query(HOUSEHOLDS, sample.year, filters=(Filter("head_name", contains=name),)))
    assert model.place_of(key) is not None
    assert model.rowCount() < 20
    model.ask(Query(HOUSEHOLDS, sample.year, text="zzzz"))
    assert model.place_of(key) is None


def test_a_large_register_reads_only_what_is_looked_at(sample, shell, monkeypatch):
    """100 000 rows are counted, not read; a look at the end reads one page."""
    asked = []

    def window(_bench, query, offset, limit):
        asked.append((offset, limit))
        return [Row(f"k{place}", ("x",) * len(registers.columns(query.register))) for place in range(offset, offset + limit)]

    monkeypatch.setattr(registers, "count", lambda _bench, _query: 100_000)
    monkeypatch.setattr(registers, "window", window)
    monkeypatch.setattr(registers, "position", lambda _bench, _query, _key: 77_777)
    model = RegisterModel(sample, CellEdits(shell, HOUSEHOLDS), SHOWN)
    model.ask(Query(HOUSEHOLDS, sample.year))
    assert model.rowCount() == 100_000
    assert not model.steady
    assert asked == []
    assert model.key_at(99_999) == "k99999"
    assert model.key_at(0) == "k0"
    assert [model.text(row, 0) for row in range(30)] == ["x"] * 30
    assert asked == [(99_960, 40), (0, 40)]
    assert model.place_of("k77777") == 77_777
    for row in range(0, 100_000, 500):
        model.text(row, 0)
    assert model.pages.count <= 100


def test_trouble_while_reading_is_told_and_shows_dots(sample, shell, monkeypatch):
    from fupin_desktop.errors import PlaceGone

    model = RegisterModel(sample, CellEdits(shell, HOUSEHOLDS), SHOWN)
    model.ask(Query(HOUSEHOLDS, sample.year))
    told = []
    model.troubled.connect(told.append)

    def gone(*_args):
        raise PlaceGone("数据文件所在的U盘不见了。")

    monkeypatch.setattr(registers, "rows", gone)
    assert model.text(0, 0) == "…"
    assert model.typed(0, 0) == ""
    assert len(told) == 1


def test_a_list_of_known_rows(sample, shell, qtmodeltester):
    edits = CellEdits(shell, PERSONS)
    model = ListModel(edits, ("name", "relation"))
    keys = registers.all_keys(sample, Query(PERSONS, sample.year))[:4]
    model.set_rows(registers.rows(sample, PERSONS, sample.year, keys))
    qtmodeltester.check(model)
    assert model.rowCount() == 4
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_rows(registers.rows(sample, PERSONS, sample.year, keys))
    assert resets == []
    model.set_rows(())
    assert (resets, model.rowCount()) == ([1], 0)


def test_lines_and_tabs_quote_what_would_break_them():
    assert to_lines([["a", "b"], ["多\n行", '引"号']]) == 'a\tb\r\n"多\n行"\t"引""号"\r\n'
    assert registers.split_block(to_lines([["a", ""], ["1", "x"]])) == [["a", ""], ["1", "x"]]


def test_html_marks_numbers_that_are_names():
    html = to_html([["440883199001011234", "3.5"]], [True, False])
    assert "<td style=\"mso-number-format:'\\@'\">440883199001011234</td><td>3.5</td>" in html
    assert "&lt;b&gt;" in to_html([["<b>"]], [True])


def test_a_block_repeats_only_over_whole_multiples():
    assert spread([["1"]], 3, 2) == [["1", "1"], ["1", "1"], ["1", "1"]]
    assert spread([["1"], ["2"]], 4, 1) == [["1"], ["2"], ["1"], ["2"]]
    assert spread([["1"], ["2"]], 3, 1) == [["1"], ["2"]]
    assert spread([["1", "2"], ["3"]], 1, 1) == [["1", "2"], ["3", ""]]
    assert spread([], 2, 2) == []


def test_layouts_are_remembered_and_forgiving(shell):
    chosen = shell.preferences
    assert remembered(chosen, HOUSEHOLDS) == proposed(HOUSEHOLDS)
    remember(chosen, HOUSEHOLDS, TableLayout(["head_name", "code"], {"code": 120}, 2))
    assert remembered(chosen, HOUSEHOLDS) == TableLayout(["head_name", "code"], {"code": 120}, 2)
    assert remembered(chosen, PERSONS) == proposed(PERSONS)
    chosen.register_columns = '{"households": {"shown": ["gone"], "widths": {"code": "x", "note": 99999999999}, "frozen": 99}}'
    assert remembered(chosen, HOUSEHOLDS) == proposed(HOUSEHOLDS)
    chosen.register_columns = "{broken"
    assert remembered(chosen, HOUSEHOLDS) == proposed(HOUSEHOLDS)

