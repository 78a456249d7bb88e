import shutil
from argparse import Namespace
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.__main__ import main
from fupin_desktop.cli.console import Exit
from fupin_desktop.cli.office import opened
from fupin_desktop.services import awards, history, registers
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from tests.cli.conftest import SAMPLE
from tests.services.sheets.written import sheets


@pytest.fixture
def register(tmp_path):
    return shutil.copy(SAMPLE / "register.xlsx", tmp_path / "register.xlsx")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "数据"


def change(path, **cells):
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)


def households(data):
    with opened(Namespace(data=data)) as bench:
        return registers.count(bench, Query(HOUSEHOLDS, bench.year))


def test_a_register_is_imported_whole(register, data, capsys):
    assert main(["import", str(register), "--data", str(data)]) == 0
    told = capsys.readouterr()
    assert "新增 10 户" in told.out
    assert "现在新建" in told.err
    assert households(data) == 10


def test_what_was_imported_is_what_the_calculation_counts(register, data):
    from datetime import date

    from fupin_desktop.services.awards.register import read_award_register

    main(["import", str(register), "--data", str(data)])
    with opened(Namespace(data=data)) as bench:
        stored = awards.applicants(bench, "低岭村", bench.year)
    read = read_award_register(register, today=date(2026, 3, 2), village="").applicants
    assert sorted(one._replace(key="") for one in stored) == sorted(one._replace(key="") for one in read)


def test_importing_again_changes_nothing(register, data, capsys):
    main(["import", str(register), "--data", str(data)])
    capsys.readouterr()
    assert main(["import", str(register), "--data", str(data)]) == 0
    told = capsys.readouterr()
    assert "没有变化" in told.out
    assert told.err == ""
    assert households(data) == 10


def test_the_window_can_undo_an_import_as_a_whole(register, data):
    main(["import", str(register), "--data", str(data)])
    with opened(Namespace(data=data)) as bench:
        history.undo(bench)
        assert registers.count(bench, Query(HOUSEHOLDS, bench.year)) == 0


def test_a_bad_row_keeps_the_whole_file_out(register, data, capsys):
    change(register, C4="440883197209050138")
    assert main(["import", str(register), "--data", str(data)]) == 3
    told = capsys.readouterr().err
    assert "C4" in told
    assert "--only-good" in told
    assert households(data) == 0


def test_only_good_rows_are_taken(register, data, capsys):
    change(register, C4="440883197209050138")
    assert main(["import", str(register), "--data", str(data), "--only-good"]) == 1
    assert "新增 9 户" in capsys.readouterr().out
    assert households(data) == 9


def test_the_error_workbook_can_be_mended_and_imported(register, data, tmp_path, capsys):
    change(register, C4="440883197209050138")
    errors = tmp_path / "待改.xlsx"
    words = ["import", str(register), "--data", str(data), "--only-good", "--errors", str(errors)]
    assert main(words) == 1
    book = openpyxl.load_workbook(errors)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "440883197209050138":
                cell.value = "440883197209050139"
    book.save(errors)
    capsys.readouterr()
    assert main(["import", str(errors), "--data", str(data)]) == 0
    assert households(data) == 10


def test_no_register_makes_no_data_folder(tmp_path, data, capsys):
    wrong = tmp_path / "错.xlsx"
    wrong.write_text("not a workbook")
    assert main(["import", str(wrong), "--data", str(data)]) == 3
    assert capsys.readouterr().err.startswith("错误：")
    assert not data.exists()


def test_a_register_without_villages_needs_one(register, data, capsys):
    book = openpyxl.load_workbook(register)
    column = next(cell.column for cell in book.active[2] if cell.value == "行政村")
    book.active.unmerge_cells(str(next(iter(book.active.merged_cells.ranges))))
    book.active.delete_cols(column)
    book.active["A1"] = "登记表"
    book.save(register)
    assert main(["import", str(register), "--data", str(data)]) == 3
    assert "行政村" in capsys.readouterr().err
    assert main(["import", str(register), "--data", str(data), "--village", "低岭村", "--year", "2026"]) == 0
    assert households(data) == 10


def test_an_open_window_keeps_the_data(register, data, capsys):
    main(["import", str(register), "--data", str(data)])
    capsys.readouterr()
    with opened(Namespace(data=data)):
        assert main(["import", str(register), "--data", str(data)]) == 3
    assert "窗口" in capsys.readouterr().err


def test_an_export_comes_back_without_a_change(register, data, tmp_path, capsys):
    main(["import", str(register), "--data", str(data)])
    out = tmp_path / "导出.xlsx"
    assert main(["export", "--data", str(data), "--out", str(out), "--register", "种养"]) == 0
    assert str(out) in capsys.readouterr().out
    assert main(["import", str(out), "--data", str(data)]) == 0
    assert "没有变化" in capsys.readouterr().out


@pytest.mark.parametrize("register_name", ["户", "种养", "人口"])
def test_each_register_is_exported(register, data, tmp_path, register_name):
    main(["import", str(register), "--data", str(data)])
    out = tmp_path / "导出.xlsx"
    assert main(["export", "--data", str(data), "--out", str(out), "--register", register_name]) == 0
    assert openpyxl.load_workbook(out).active.max_row >= 1


def test_exporting_nothing_makes_no_data_folder(tmp_path, data, capsys):
    assert main(["export", "--data", str(data), "--out", str(tmp_path / "x.xlsx")]) == 3
    assert "没有数据文件" in capsys.readouterr().err
    assert not data.exists()
    assert not (tmp_path / "x.xlsx").exists()


def test_bad_rows_are_never_written_over_the_register_itself(register, data, capsys):
    change(register, C3="440883196803120010")
    before = Path(register).read_bytes()
    assert main(["import", str(register), "--data", str(data), "--only-good", "--errors", str(register)]) == 3
    assert "盖掉" in capsys.readouterr().err
    assert Path(register).read_bytes() == before
    assert not data.exists()


def test_an_export_never_lies_over_the_data_file(register, data, capsys):
    main(["import", str(register), "--data", str(data)])
    capsys.readouterr()
    assert main(["export", "--data", str(data), "--out", str(data / "fupin.sqlite")]) == 3
    assert ".xlsx" in capsys.readouterr().err
    disguised = data.parent / "名册.xlsx"
    disguised.hardlink_to(data / "fupin.sqlite")
    assert main(["export", "--data", str(data), "--out", str(disguised)]) == 3
    assert "盖掉" in capsys.readouterr().err
    assert households(data) == 10


def test_another_sheet_and_a_village_of_the_title_are_told(register, data, capsys):
    book = openpyxl.load_workbook(register)
    book.copy_worksheet(book.active).title = "高岭村"
    for sheet in book:
        column = next(cell.column for cell in sheet[2] if cell.value == "行政村")
        sheet.delete_cols(column)
    book.active["A1"] = "吴川市塘㙍镇低岭村登记表"
    book.save(register)
    assert main(["import", str(register), "--data", str(data), "--year", "2026"]) == 0
    told = capsys.readouterr().err
    assert "工作表“高岭村”也像名册，没有读" in told
    assert "全部算作低岭村" in told


@pytest.mark.parametrize(("words", "told"), [
    ([], "行：名册没有写是哪一年的，本年已奖补、验收数量"), (["--year", "2025"], "说是2025年度的，现在的年度是2026"),
])
def test_results_of_no_year_or_another_stay_out(register, data, capsys, words, told):
    change(register, A1="登记表")
    assert main(["import", str(register), "--data", str(data), *words]) == 3
    found = capsys.readouterr().err
    assert told in found
    assert found.count("哪一年的") <= 1
    assert households(data) == 0


def test_any_register_is_imported_by_its_name(data, tmp_path, capsys):
    from tests.services.register_office import Clock, make_office
    from tests.services.registers.invented import invented
    from tests.services.sheets.doors import write

    with invented() as made:
        make_office(data, Clock()).close()
        file = write(tmp_path / "鱼塘.xlsx", [("塘号", "塘名", "行政村"), ("Y1", "东塘", "低岭村"), ("Y2", "", "低岭村")])
        command = ["import", str(file), "--data", str(data), "--register", "鱼塘"]
        assert main(command) == Exit.FAILED
        assert "没有填写塘名" in capsys.readouterr().err
        assert main([*command, "--only-good"]) == Exit.DRAFT
        assert "新增 1 口" in capsys.readouterr().out
        with opened(Namespace(data=data)) as bench:
            assert registers.count(bench, Query(made.ponds, bench.year)) == 1


def trainings(tmp_path):
    book = openpyxl.Workbook()
    for row in (("培训题目", "培训日期", "参加人数"), ("水稻栽培", "2026-03-05", 40), ("水产养殖", "2026-04-02", 35)):
        book.active.append(row)
    book.save(tmp_path / "培训.xlsx")
    return ["import", str(tmp_path / "培训.xlsx"), "--register", "培训", "--village", "低岭村"]


def test_a_column_that_a_list_lacks_is_filled_in_all_rows(register, data, tmp_path, capsys):
    main(["import", str(register), "--data", str(data)])
    command = [*trainings(tmp_path), "--data", str(data), "--year", "2026"]
    assert main(command) == Exit.FAILED
    assert "没有找到“级别”、“培训类别”" in capsys.readouterr().err
    assert main([*command, "--fill", "级别=镇", "--fill", "培训类别=实用技术"]) == 0
    assert "新增 2 次" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["题目=水稻", "级别", "级别="])
def test_what_cannot_be_filled_is_told_with_what_can(register, data, tmp_path, capsys, text):
    main(["import", str(register), "--data", str(data)])
    assert main([*trainings(tmp_path), "--data", str(data), "--fill", text]) == Exit.FAILED
    assert "培训可以这样填的列：培训日期、级别、培训类别、培训形式" in capsys.readouterr().err


def test_a_register_of_no_name_is_told(register, data, capsys):
    assert main(["import", str(register), "--data", str(data), "--register", "没有"]) == Exit.FAILED
    assert "--register" in capsys.readouterr().err


def test_a_sheet_is_chosen_by_name(register, data, capsys):
    assert main(["import", str(register), "--data", str(data), "--sheet", "没有这张"]) == Exit.FAILED
    assert "没有工作表“没有这张”" in capsys.readouterr().err


def test_options_answer_what_a_list_leaves_open(tmp_path, data, capsys):
    head = ("行政村", "户主姓名", "户主身份证号", "家庭人口数", "已奖补金额")
    rows = [("低岭村", "李亚一", "440883196803120019", 3, 100), ("低岭村", "李亚二", "440883197209050139", 4, 0)]
    lists = [("一村", [("2020年名册",), head, rows[0]]), ("二村", [("2020年名册",), head, rows[1]]), ("说明", [("怎么填",)])]
    path, words = sheets(tmp_path / "a.xlsx", lists, 2), ("--data", str(data))
    assert main(["import", str(path), *words]) == 3
    assert "--sheet" in capsys.readouterr().err
    assert main(["import", str(path), *words, "--sheet", "二村"]) == 3
    assert "--this-year" in capsys.readouterr().err
    assert main(["import", str(path), *words, "--sheet", "三村"]) == 3
    assert "“一村”、“二村”、“说明”" in capsys.readouterr().err
    assert main(["import", str(path), *words, "--sheet", "二村", "--this-year"]) == 0
    assert "本年已奖补登记在" in capsys.readouterr().out
    assert households(data) == 1


def test_what_a_row_stands_for_can_be_said(tmp_path, data, capsys):
    rows = [("行政村", "姓名", "性别", "年龄", "身份证号"), ("低岭村", "李亚一", "男", 50, "440883196803120019")]
    path = sheets(tmp_path / "a.xlsx", [("表", rows)])
    assert main(["import", str(path), "--data", str(data)]) == 3
    assert "--kind households" in capsys.readouterr().err
    assert main(["import", str(path), "--data", str(data), "--kind", "households"]) == 0
    assert households(data) == 1
    assert main(["import", str(path), "--data", str(data), "--register", "捐赠", "--kind", "households"]) == 3
    assert "不用 --kind" in capsys.readouterr().err
