from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from fupin_desktop.__main__ import main
from fupin_desktop.cli.registers import opened
from fupin_desktop.domain.vocabulary import FundKind, TargetKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundForm, FundTarget

DAY = date(2025, 3, 2)
TOWN = FundTarget(TargetKind.TOWN, "", "塘㙍镇")


@pytest.fixture
def data(tmp_path):
    """A data folder with two sources of the year at work, one of which is partly used."""
    folder = tmp_path / "数据"
    with opened(folder) as bench:
        year = bench.year
        funds.add(bench, FundForm(FundKind.SUPERIOR, "专项资金", Decimal("1000.00"), "湛财农〔2025〕1号"))
        funds.add(bench, FundForm(FundKind.OTHER, "捐赠", Decimal("20.50"), received_on=DAY))
        first = funds.balances(bench, year)[0].key
        funds.receive(bench, first, Decimal("600.00"), DAY, "回单1")
        funds.allocate(bench, first, TOWN, Decimal("250.00"), DAY)
        funds.pay(bench, first, TOWN, Decimal("50.01"), date(2025, 4, 1), "供应站", "付1")
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
