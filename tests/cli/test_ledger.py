from argparse import Namespace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from fupin_desktop.__main__ import main
from fupin_desktop.cli.office import opened
from fupin_desktop.domain.vocabulary import FundKind, TargetKind
from fupin_desktop.services import funds, offices
from fupin_desktop.services.funds import FundForm
from fupin_desktop.services.offices import OfficeForm
from tests.services.sheets.written import sheets

DAY = date(2025, 3, 2)
OFFICE = OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2025)


@pytest.fixture
def data(tmp_path):
    """A data folder with two sources of the year at work, one of which is partly used."""
    folder = tmp_path / "数据"
    with opened(Namespace(data=folder), begins=True) as bench:
        offices.setup(bench, OFFICE)
        year, target = bench.year, next(one.target for one in funds.targets(bench, bench.year))
        assert target.kind is TargetKind.TOWN
        funds.add(bench, FundForm(FundKind.SUPERIOR, "专项资金", Decimal("1000.00"), "湛财农〔2025〕1号"))
        funds.add(bench, FundForm(FundKind.OTHER, "捐赠", Decimal("20.50"), received_on=DAY))
        first = funds.balances(bench, year)[0].key
        funds.receive(bench, first, Decimal("600.00"), DAY, "回单1")
        funds.allocate(bench, first, target, Decimal("250.00"), DAY)
        funds.pay(bench, first, target, Decimal("50.01"), date(2025, 4, 1), "供应站", "付1")
    return folder


def test_the_balance_of_each_source_is_one_line(data, capsys):
    assert main(["ledger", "balance", "--data", str(data)]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["专项资金", "湛财农〔2025〕1号", "1000.00", "600.00", "250.00", "350.00", "50.01", "549.99"]
    assert lines[1] == ["捐赠", "", "20.50", "20.50", "0.00", "20.50", "0.00", "20.50"]
    assert lines[2][0] == "合计"
    assert lines[2][2:] == ["1020.50", "620.50", "250.00", "370.50", "50.01", "570.49"]


def test_the_balance_of_an_earlier_day_counts_that_day(data, capsys):
    for day, paid in (("2025-03-31", "0.00"), ("2025-04-01", "50.01")):
        assert main(["ledger", "balance", "--data", str(data), "--on", day]) == 0
        last = capsys.readouterr().out.splitlines()[-1].split("\t")
        assert (last[1], last[6]) == (day, paid)


def test_balances_are_written_as_workbook_and_pdf(data, tmp_path, capsys):
    for name in ("结存表.xlsx", "结存表.PDF"):
        out = tmp_path / name
        assert main(["ledger", "balance", "--data", str(data), "--out", str(out)]) == 0
        assert str(out) in capsys.readouterr().out
    sheet = openpyxl.load_workbook(tmp_path / "结存表.xlsx").active
    assert "专项资金" in {cell.value for row in sheet.iter_rows() for cell in row}
    assert (tmp_path / "结存表.PDF").read_bytes().startswith(b"%PDF")


def test_what_the_year_before_left_is_told_with_its_year(data, tmp_path, capsys):
    with opened(Namespace(data=data)) as bench:
        form = FundForm(FundKind.OTHER, "旧款", Decimal("7.03"), received_on=date(2024, 5, 1), year=2024)
        funds.add(bench, form)
    out = tmp_path / "台账.xlsx"
    assert main(["ledger", "balance", "--data", str(data)]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[2] == ["旧款(2024年度结转)", "", "7.03", "7.03", "0.00", "7.03", "0.00", "7.03"]
    assert lines[3][2:] == ["1027.53", "627.53", "250.00", "377.53", "50.01", "577.52"]
    assert main(["ledger", "export", "--data", str(data), "--out", str(out)]) == 0
    assert "已导出 6 笔" in capsys.readouterr().out
    cells = [value for row in openpyxl.load_workbook(out).active.iter_rows(values_only=True) for value in row]
    assert {"上年结转", "旧款(2024年度结转)"} <= set(cells)
    assert main(["ledger", "import", str(out), "--data", str(data)]) == 0
    assert "没有变化" in capsys.readouterr().out


def test_the_ledger_is_exported_whole_or_for_some_days(data, tmp_path, capsys):
    out = tmp_path / "台账.xlsx"
    assert main(["ledger", "export", "--data", str(data), "--out", str(out)]) == 0
    assert "已导出 6 笔" in capsys.readouterr().out
    assert main(["ledger", "export", "--data", str(data), "--out", str(out), "--since", "2025-04-01"]) == 0
    cells = {cell.value for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row}
    assert "付1" in cells
    assert "回单1" not in cells


@pytest.mark.parametrize("words", [["balance"], ["export"]])
def test_only_workbooks_and_pdfs_are_written(data, tmp_path, capsys, words):
    assert main(["ledger", *words, "--data", str(data), "--out", str(tmp_path / "台账.doc")]) == 3
    assert ".xlsx" in capsys.readouterr().err
    assert not (tmp_path / "台账.doc").exists()


def test_the_data_file_is_never_written_over(data, capsys):
    disguised = data.parent / "台账.xlsx"
    disguised.hardlink_to(data / "fupin.sqlite")
    assert main(["ledger", "export", "--data", str(data), "--out", str(disguised)]) == 3
    assert "盖掉" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["balance"], ["export", "--out", "x.xlsx"]])
def test_no_data_file_makes_no_data_folder(tmp_path, capsys, words):
    folder = tmp_path / "没有"
    assert main(["ledger", *words, "--data", str(folder)]) == 3
    assert "没有数据文件" in capsys.readouterr().err
    assert not folder.exists()


def test_wrong_words_are_told_in_chinese(capsys):
    with pytest.raises(SystemExit) as left:
        main(["ledger"])
    assert left.value.code == 2
    assert "缺少参数" in capsys.readouterr().err


@pytest.fixture
def other(tmp_path):
    """An office without money, in the same year."""
    folder = tmp_path / "另一个"
    with opened(Namespace(data=folder), begins=True) as bench:
        offices.setup(bench, OFFICE)
    return folder


def test_what_was_exported_is_imported_into_another_office(data, other, tmp_path, capsys):
    out = tmp_path / "清单.xlsx"
    assert main(["ledger", "export", "--data", str(data), "--out", str(out), "--list"]) == 0
    assert main(["ledger", "import", str(out), "--data", str(other)]) == 0
    assert "记录 6 条" in capsys.readouterr().out
    lines = []
    for folder in (data, other):
        main(["ledger", "balance", "--data", str(folder)])
        lines.append([line.split("\t")[2:] for line in capsys.readouterr().out.splitlines()])
    assert sorted(lines[0]) == sorted(lines[1])


@pytest.mark.parametrize("words", [[], ["--list"]])
def test_importing_what_is_there_adds_nothing(data, tmp_path, capsys, words):
    out = tmp_path / "台账.xlsx"
    main(["ledger", "export", "--data", str(data), "--out", str(out), *words])
    capsys.readouterr()
    assert main(["ledger", "import", str(out), "--data", str(data)]) == 0
    assert "没有变化" in capsys.readouterr().out


def test_a_list_is_no_pdf(data, tmp_path, capsys):
    assert main(["ledger", "export", "--data", str(data), "--out", str(tmp_path / "清单.pdf"), "--list"]) == 3
    assert "不是 .xlsx 文件名" in capsys.readouterr().err


def write_list(path, rows):
    book = openpyxl.Workbook()
    for row in [("日期", "资金名称", "资金类别", "类型", "金额"), *rows]:
        book.active.append(row)
    book.save(path)


ROWS = [("2025-03-02", "捐款", "其他资金", "到账", "20.50"), ("2025-13-02", "捐款", "其他资金", "到账", "1.00")]


def test_a_bad_row_keeps_the_whole_file_out_or_is_left_out(other, tmp_path, capsys):
    path = tmp_path / "台账.xlsx"
    write_list(path, ROWS)
    assert main(["ledger", "import", str(path), "--data", str(other)]) == 3
    told = capsys.readouterr().err
    assert "A3" in told
    assert "--only-good" in told
    assert main(["ledger", "import", str(path), "--data", str(other), "--only-good"]) == 1
    assert "记录 1 条" in capsys.readouterr().out


def test_an_empty_ledger_is_written_to_fill_in(other, tmp_path, capsys):
    path = tmp_path / "空表.xlsx"
    assert main(["ledger", "import", "--template", str(path)]) == 0
    assert main(["ledger", "import", "--template", str(tmp_path / "空表.doc")]) == 3
    book = openpyxl.load_workbook(path)
    headings = {cell.value: cell.column_letter for row in book.active.iter_rows() for cell in row if cell.value}
    row = book.active.max_row + 1
    values = {"日期": "2025-05-01", "资金类别": "其他资金", "资金名称": "捐款", "类型": "到账", "金额(元)": "3.00"}
    for heading, value in values.items():
        book.active[f"{headings[heading]}{row}"] = value
    book.save(path)
    capsys.readouterr()
    assert main(["ledger", "import", str(path), "--data", str(other)]) == 0
    assert "记录 1 条" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["台账.xlsx"], ["--data", "数据"]])
def test_an_import_needs_a_file_and_a_folder(words, capsys):
    assert main(["ledger", "import", *words]) == 2
    assert "--template" in capsys.readouterr().err


def test_an_import_makes_no_data_folder(tmp_path, capsys):
    assert main(["ledger", "import", "台账.xlsx", "--data", str(tmp_path / "没有")]) == 3
    assert "没有数据文件" in capsys.readouterr().err
    assert not (tmp_path / "没有").exists()


def test_options_answer_what_a_ledger_file_leaves_open(other, tmp_path, capsys):
    head = ("日期", "资金类别", "资金名称", "类型", "安排对象", "金额(元)")
    rows = [("2025-01-05", "其他资金", "捐赠", "到账", None, 300), ("2025-01-06", "其他资金", "捐赠", "到账", None, 40)]
    tables = [("新", [head, *rows]), ("旧", [head, ("2025-01-04", "其他资金", "捐赠", "到账", None, 7)])]
    path = sheets(tmp_path / "a.xlsx", tables)
    book = openpyxl.load_workbook(path)
    book["新"].row_dimensions[3].hidden = True
    book.save(path)
    words = ["ledger", "import", str(path), "--data", str(other)]
    assert main([*words, "--sheet", "新", "--visible-only"]) == 0
    told = capsys.readouterr()
    assert "没有读" in told.err
    assert main(["ledger", "balance", "--data", str(other)]) == 0
    assert "\t300.00\t" in capsys.readouterr().out
    assert main(words) == 0
    told = capsys.readouterr().err
    assert "读了 2 张工作表" in told
    assert "--visible-only" in told
