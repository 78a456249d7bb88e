"""The tab 台账 through the window: the directory of registers, a project from its entry to its paper."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from fupin_desktop.services import history, registers
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.ui.dialogs.record import RecordDialog
from fupin_desktop.ui.dialogs.table import TableDialog
from fupin_desktop.ui.widgets.labels import WrappedLink
from tests.ui.register_driving import go, settle, texts, typed

NEW = {
    "name": "大岸罗非鱼养殖", "industry": "养殖", "nature": "新建", "scope": "分散贫困人口",
    "village": "大岸村", "place": "大岸村南塘", "villages": "大岸村、石埠村", "quantity": "60", "unit": "亩",
    "task": "改造鱼塘60亩", "starts_on": "2026-03-01", "ends_on": "2026-12-20", "supervisor": "塘㙍镇扶贫办",
    "operator": "大岸村民委员会", "leader": "何强", "phone": "13800000111", "linkages": "务工、股份合作",
    "meeting": "村民代表会议", "met_on": "2026-02-01",
}  # fmt: skip


@pytest.fixture
def tab(desk):
    made = desk.show_tab("ledgers")
    made.directory.choose(registry.of("projects"))
    settle(made)
    return made


def projects(bench):
    return registers.count(bench, Query(registry.of("projects"), bench.year))


def test_the_directory_brings_every_register_to_the_front(tab):
    for register in registry.grouped("ledgers"):
        tab.directory.choose(register)
        settle(tab)
        assert tab.state.register is register
        assert tab.tools.add_button.text() == f"新增{register.title}…"
        assert tab.finder.placeholderText()


def test_a_project_is_entered_numbered_and_shown_with_its_sums(tab, sample, answers):
    before = projects(sample)

    def fill(dialog):
        assert isinstance(dialog, RecordDialog)
        for name, text in NEW.items():
            dialog.put(name, text)
        dialog.save_button.click()

    answers.dialogs = [fill]
    tab.tools.add_button.click()
    settle(tab)
    assert projects(sample) == before + 1
    row = tab.state.front.model.row_at(tab.table.at.row)
    cells = dict(zip([info.key for info in registers.columns(tab.state.register)], row.cells, strict=True))
    assert cells["code"] == f"2026-塘㙍镇-{before + 1:03d}"
    assert (cells["state"], cells["village_count"], cells["poor_village_count"]) == ("谋划", "2", "0")
    assert tab.card.title_label.text() == NEW["name"]
    history.undo(sample)
    assert projects(sample) == before


def test_a_business_is_found_by_part_of_its_name_and_every_limit_it_breaks_is_told(tab, sample, answers):
    tab.directory.choose(registry.of("entity_loans"))
    settle(tab)
    loan = {"bank": "农商行", "contract_no": "新1", "amount": "25000000", "lent_on": "2026-11-02", "due_on": "2027-11-02", "rate": "4.5"}
    told = []

    def fill(dialog):
        dialog.show()
        entity = dialog.fields["entity"]
        entity.setText("番薯产销")
        entity.textEdited.emit("番薯产销")
        QTest.keyClick(entity, Qt.Key.Key_Return)
        told.append(dialog.values()["entity"])
        for name, text in loan.items():
            dialog.put(name, text)
        dialog.save_button.click()
        told.extend(dialog._notes["amount"].text().split("\n"))
        dialog.reject()

    answers.dialogs = [fill]
    tab.tools.add_button.click()
    assert told[0] == "吴川市那罗番薯产销专业合作社"
    assert ["不得超过(其中已有未还清的 300,000.00 元)" in line for line in told[1:]] == [True, True]


def test_a_list_with_its_heading_is_pasted_as_new_records(tab, sample, answers):
    sales = registry.of("sales")
    tab.directory.choose(sales)
    settle(tab)
    before = registers.count(sample, Query(sales, sample.year))
    go(tab, before - 1, "product")
    answers.answers = [True]
    QApplication.clipboard().setText(
        "产品\t日期\t行政村\t对接形式\t数量\t单位\t金额(万元)\t买方\t经手\r\n"
        "香蕉\t2026年11月5日\t大岸村\t订单\t1,200\t公斤\t0.36\t吴川市第三中学\t李\r\n合计\t\t\t\t\t\t0.36\t\t\r\n"
    )
    tab.table.paste()
    settle(tab)
    assert answers.asked[-1][1] == "要在末尾新增 1 笔吗？没有用到的列：经手。可以整体撤销。"
    assert registers.count(sample, Query(sales, sample.year)) == before + 1
    (row,) = [one for one in registers.window(sample, Query(sales, sample.year), 0, before + 1) if "香蕉" in one.cells]
    assert {"2026-11-05", "大岸村", "1,200", "3,600.00"} <= set(row.cells)
    history.undo(sample)
    assert registers.count(sample, Query(sales, sample.year)) == before


def test_words_of_policy_lists_are_chosen_several_at_once_and_others_refused(tab, sample):
    go(tab, 0, "linkages")
    typed(tab, "订单帮扶、wg")
    assert texts(tab, "linkages")[0] == "订单帮扶、务工"
    go(tab, 0, "linkages")
    typed(tab, "抓阄")
    go(tab, 0, "linkages")
    settle(tab)
    assert "认不出来" in tab.strip.sentence.text()
    tab.rows.drop_refused()
    assert texts(tab, "linkages")[0] == "订单帮扶、务工"
    tab.state.put_filter("linkages", registers.Filter("linkages", values=("务工",)))
    settle(tab)
    shown = texts(tab, "linkages", tab.state.front.model.rowCount())
    assert shown
    assert all("务工" in text.split("、") for text in shown)


def test_money_rows_are_kept_on_the_card_and_summed_in_the_table(tab, sample, answers):
    go(tab, 0, "name")
    settle(tab)
    money = registry.of("project_funds")
    before = texts(tab, "total")[0]

    def fill(dialog):
        assert "project" not in dialog.fields
        for name, text in {"name": "乡贤捐助", "level": "社会", "amount": "1000"}.items():
            dialog.put(name, text)
        dialog.save_button.click()

    answers.dialogs = [fill]
    tab.card.card_of(tab.state.register).add(money)
    settle(tab)
    assert texts(tab, "total")[0] != before
    assert len(tab.card.tables[money].model._rows) == 4


def test_a_project_with_records_about_it_is_not_removed(tab, sample, answers):
    tab.directory.choose(registry.of("entities"))
    settle(tab)
    go(tab, 0, "name")
    answers.answers = [True]
    tab.register_actions.remove_chosen()
    assert any("用到要删除的经营主体" in one.happened for one in answers.told)


def test_sums_by_village_agree_with_the_register(tab, sample, answers):
    shown = []
    answers.dialogs = [lambda dialog: shown.append((type(dialog), dialog._headings, dialog._rows))]
    tab.tools.sums_button.click()
    (kind, headings, rows) = shown[0]
    assert kind is TableDialog
    place = headings.index("估算总投资(元)")
    total = registers.totals(sample, tab.state.front.query).sums["total"]
    assert rows[-1][place] == total
    assert sum(float(row[place].replace(",", "")) for row in rows[:-1]) == float(total.replace(",", ""))


def test_the_register_goes_out_and_comes_back_unchanged(tab, sample, answers, tmp_path):
    from fupin_desktop.services.imports.importers import importer_of
    from fupin_desktop.services.imports.preview import prepare

    path = tmp_path / "项目.xlsx"
    answers.answers = [path, False]
    tab.register_actions.export_front()
    tab.shell.tasks.wait()
    QApplication.processEvents()
    assert load_workbook(path).active.max_row == projects(sample) + 1
    preview = prepare(sample, path, importer=importer_of(registry.of("projects")))
    assert [finding.text for finding in preview.findings if finding.must] == []
    assert (len(preview.comparison.added), len(preview.comparison.changed)) == (0, 0)


def test_the_rows_of_one_village_are_shown(tab):
    tab.village.setCurrentIndex(tab.village.findData("低岭村"))
    tab.village.activated.emit(tab.village.currentIndex())
    settle(tab)
    assert texts(tab, "village", tab.state.front.model.rowCount()) == ["低岭村"]


def test_a_project_is_moved_on_from_its_card(tab, sample, answers):
    go(tab, 6, "name")
    settle(tab)
    card = tab.card.card_of(tab.state.register)
    (way,) = card.parts
    links = way.findChildren(QPushButton)
    assert [link.text() for link in links] == ["村申报…", "出库…"]

    def refuse(dialog):
        dialog.save_button.click()
        assert dialog.result() == 0
        dialog.reject()

    answers.dialogs = [refuse]
    links[1].click()
    assert answers.told[-1].happened == "出库要写明原因。"

    def agree(dialog):
        dialog.document.setText("塘府〔2026〕30号")
        dialog.save_button.click()

    answers.dialogs = [agree]
    links[0].click()
    settle(tab)
    assert texts(tab, "state", 7)[6] == "村申报"


def test_files_are_added_opened_and_taken_away_on_the_card(tab, sample, answers, tmp_path, monkeypatch):
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"picture")
    go(tab, 0, "name")
    settle(tab)
    files = tab.card.card_of(tab.state.register).files
    info = files.columns[0]
    answers.answers = [picture]
    files.add(info)
    settle(tab)
    (file,) = [one for one in files._attached(info) if one.name == picture.name]
    opened = []
    monkeypatch.setattr("fupin_desktop.ui.dialogs.attached.open_file", lambda path, _shell: opened.append(path))
    files.open(file)
    assert opened[0].read_bytes() == b"picture"
    files.take_away(info, file)
    assert [one.name for one in files._attached(info)] == ["before.png"]


def test_names_on_a_card_lead_on_by_mouse_and_keyboard(tab, qtbot):
    go(tab, 0, "name")
    settle(tab)
    card = tab.card.card_of(tab.state.register)
    (entity,) = [one for one in card.findChildren(WrappedLink) if "合作社" in one.text()]
    qtbot.keyClick(entity, Qt.Key.Key_Return)
    settle(tab)
    assert tab.state.register is registry.of("entities")
    (linked,) = [one for one in tab.card.card_of(tab.state.register).findChildren(QPushButton) if "带动" in one.text()]
    linked.click()
    settle(tab)
    assert tab.state.register is registry.of("linkages")
    assert tab.filters.chips[0].startswith("经营主体：")
    tab.filters.removed.emit("about")
    settle(tab)
    assert tab.filters.chips == []
