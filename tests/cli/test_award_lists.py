"""What a register for a calculation leaves open is answered on the command line as at the import."""


import openpyxl

from tests.cli.award_pair import award, result_of


def test_hidden_rows_sheets_passwords_and_kinds_are_answered_as_at_the_import(pair, capsys):
    book = openpyxl.load_workbook(pair[1])
    book.active.row_dimensions[3].hidden = True
    other = book.copy_worksheet(book.active)
    other.title = "旧"
    name = book.active.title
    book.active = book.create_sheet("说明")
    book.save(pair[1])
    assert award(pair) == 3
    assert "--sheet" in capsys.readouterr().err
    assert award(pair, "--sheet", name, "--kind", "entries") == 0
    whole, told = result_of(pair), capsys.readouterr().err
    assert "有1行被筛选掉或隐藏(第3行)，也读了" in told
    assert "--visible-only" in told
    assert award(pair, "--sheet", name, "--visible-only") == 0
    assert len(result_of(pair)["households"]) == len(whole["households"]) - 1


def test_a_register_of_another_year_is_asked(pair, capsys):
    book = openpyxl.load_workbook(pair[1])
    book.active["A1"] = "低岭村2020年奖补登记表"
    book.save(pair[1])
    assert award(pair) == 3
    assert "标题写的是2020年" in capsys.readouterr().err
    assert award(pair, "--this-year") == 0
