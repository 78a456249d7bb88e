"""Lists of known systems through the window: told in the wizard, kept on the card, written back from the menu."""

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.list_layouts.presets import presets
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.ui.importing.wizard import ImportWizard
from tests.services.imports.making import book
from tests.ui.import_driving import go_on, take
from tests.ui.register_driving import go
from tests.ui.register_driving import settle as seen

HEAD = ("镇", "行政村", "户主", "户主证件号码", "家庭人口", "贫困户属性", "期初年人均收入", "帮扶责任人", "责任人电话")
ROW = ("塘㙍镇", "低岭村", "李甲一", "440883196803120019", 3, "低保贫困户", 3900, "陈干部", "13800138000")


@pytest.fixture
def came(tmp_path):
    return book(tmp_path / "来.xlsx", [HEAD, ROW])


def test_the_wizard_tells_the_system_and_what_is_kept(shell, came, qtbot):
    wizard = ImportWizard(shell)
    qtbot.addWidget(wizard)
    wizard.show()
    take(wizard, came)
    assert "这是“广东扶贫云户信息”的表头" in wizard.sheet_page.verdict.text()
    go_on(wizard)
    assert "原样留存，按同样的表头导出时带回" in wizard.columns_page.verdict.text()
    go_on(wizard)
    assert "没有用上的列(期初年人均收入、责任人电话)原样留存" in wizard.preview_page.note.text()
    go_on(wizard)
    assert "1 户" in wizard.state.change.message


def test_of_very_many_columns_some_are_named(shell, tmp_path, qtbot):
    wizard = ImportWizard(shell)
    qtbot.addWidget(wizard)
    head = (*HEAD[:5], *(f"第{number}项" for number in range(1, 111)))
    take(wizard, book(tmp_path / "监测.xlsx", [head, (*ROW[:5], *range(1, 111))]))
    go_on(wizard, 2)
    assert "没有用上的列(第1项、第2项、第3项、第4项、第5项、第6项、第7项、第8项等 110 列)原样留存" in wizard.preview_page.note.text()


def test_the_card_shows_what_lists_said_besides(tab, shell, sample, came):
    shell.changed.emit(apply(sample, prepare(sample, came)))
    seen(tab)
    tab.finder.setText("李甲一")
    tab.finder.ask_now()
    seen(tab)
    go(tab, 0, "head_name")
    seen(tab)

    def texts():
        return {one.text() for one in tab.card.findChildren(QLabel)}

    assert {"名单里的其他列", "期初年人均收入", "3900", "责任人电话", "13800138000"} <= texts()
    tab.tools.mask_button.click()
    seen(tab)
    assert "13800138000" not in texts()


def test_the_menu_writes_a_register_in_a_layout(tab, shell, answers, tmp_path):
    named = [one.name for one in presets() if one.kind != "persons"]
    answers.answers = [named.index("广东扶贫云户信息"), tmp_path / "回.xlsx", False]
    menu = next(one.menu() for one in tab.tools.findChildren(QPushButton) if one.text() == "导出")
    next(one for one in menu.actions() if one.text() == "按国家、省系统或导入时的表头…").trigger()
    shell.tasks.wait()
    assert answers.asked[0][0] == "choose"
    sheet = openpyxl.load_workbook(tmp_path / "回.xlsx").active
    assert [cell.value for cell in sheet[1]][3:6] == ["户主", "户主证件号码", "家庭人口"]
    assert sheet.max_row > 10


def test_a_register_without_any_layout_says_so(shell, answers, qtbot):
    from fupin_desktop.services import layout_exports
    from fupin_desktop.services.registers import registry

    assert layout_exports.layouts(shell.bench, registry.of("shops")) == []
    assert layout_exports.layouts(shell.bench, HOUSEHOLDS)
