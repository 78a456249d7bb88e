"""The ledger's files, its preview and its printing."""

from decimal import Decimal
from operator import attrgetter

import openpyxl
import pytest

from fupin_desktop.services import funds
from tests.ui.funds.desk import settle

ENDINGS = {"ledger.save_xlsx": "xlsx", "ledger.save_pdf": "pdf", "balances.save_xlsx": "xlsx", "balances.save_pdf": "pdf"}


def cells(path):
    """The texts and numbers of a workbook's first sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [value for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


@pytest.mark.parametrize("what", ENDINGS)
def test_each_table_is_written(page, moved, answers, window, tmp_path, what):
    page.reload()
    path = tmp_path / f"{what}.{ENDINGS[what]}"
    answers.answers += [path, False]
    attrgetter(what)(page.papers)()
    settle(window)
    assert answers.asked[0][1].endswith(f"(2026年度，截至2026-03-02).{ENDINGS[what]}")
    assert path.read_bytes()[:4] == (b"%PDF" if ENDINGS[what] == "pdf" else b"PK\x03\x04")


def test_what_is_written_is_what_is_shown(page, moved, answers, window, tmp_path):
    page.reload()
    page.state.choose_source(moved["special"])
    page.entries.bar.finder.setText("dlc")
    page.entries.bar.finder.ask_now()
    path = tmp_path / "台账.xlsx"
    answers.answers += [path, False]
    page.papers.ledger.save_xlsx()
    settle(window)
    found = cells(path)
    assert 45000.5 in found
    assert 120000 in found
    assert "企业捐款" not in found


def test_the_pages_are_seen_before_they_are_printed(page, moved, answers, window):
    page.reload()
    seen = []
    for operation in (page.papers.ledger.preview, page.papers.balances.preview):
        answers.dialogs.append(lambda dialog: (seen.append(dialog.viewer.filled.title), dialog.reject()))
        operation()
        settle(window)
    assert "台账" in seen[0]
    assert "资金结存表" in seen[1]


def test_printing_goes_the_way_of_all_papers(page, moved, window, monkeypatch):
    from fupin_desktop.ui.printing import front

    page.reload()
    printed = []
    monkeypatch.setattr(front, "print_paper", lambda _shell, paper: printed.append(paper))
    window.menus.actions["print"].trigger()
    page.papers.balances.print()
    assert [paper.title for paper in printed] == ["2026年度资金台账", "2026年度资金结存表"]
    assert {paper.kind for paper in printed} == {"funds"}
    assert printed[0].draw(None).pdf[:4] == b"%PDF"


def test_a_table_of_an_earlier_day(page, moved, answers, window, tmp_path, bench):
    page.reload()
    page.tools.day.choose(bench.today.replace(day=1))
    path = tmp_path / "结存.xlsx"
    answers.answers += [path, False]
    page.papers.balances.save_xlsx()
    settle(window)
    found = cells(path)
    assert 120000 not in found
    assert 500000 in found
    assert funds.balances(bench, 2026)[0].allocated == Decimal("120000.00")
