"""From “打印…” to paper or file, and what is kept of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter

from fupin_desktop.documents.drawing.print_pages import PageSize, PrintPages
from fupin_desktop.errors import Cancelled, DiskFull, PrinterTrouble, Situation
from fupin_desktop.services import printing
from fupin_desktop.services.printing import Paper, form_paper
from fupin_desktop.ui import preferences
from fupin_desktop.ui.dialogs.settings import SettingsDialog
from fupin_desktop.ui.printing import front
from fupin_desktop.ui.printing.choice import Choice
from fupin_desktop.ui.printing.front import NO_PRINTER, print_many, print_paper
from fupin_desktop.ui.printing.press import layout_for
from fupin_desktop.ui.printing.run import PrintRun
from fupin_desktop.ui.printing.sheets import Sheet
from fupin_desktop.ui.shell import Shell
from tests.documents.printing_pages import A3_LYING, A4, A4_LYING, form

KEY = "k" * 32


def paper(pages=1, size=A4, *, title="村申报表", key=KEY, **words) -> Paper:
    return form_paper("applications", key, title, lambda: form(pages, size, **words))


def to_file(path: Path, **settings):
    """Sets the printer up as a clerk would who prints into a PDF file."""

    def set_up(printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setCopyCount(settings.get("copies", 1))
        printer.setCollateCopies(settings.get("collate", True))
        if "pages" in settings:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setPageRanges(QPageRanges.fromString(settings["pages"]))
        return True

    return set_up


def texts(path: Path) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(BytesIO(path.read_bytes())).pages]


def lines(shell: Shell, key: str = KEY) -> list[str]:
    with shell.bench.read() as session:
        return [line.after for line in printing.print_lines(session, key)]


class Tray:
    """A press that keeps what it was handed; ``margins`` and what fails are set by the test."""

    def __init__(self, margins=(0, 0, 0, 0), *, fails_at=None, paper=None):
        self.margins, self.fails_at, self.paper = margins, fails_at, paper
        self.jobs, self.now, self.aborted = [], None, 0

    def sheet(self, size):
        wide, high = self.paper or size
        return Sheet(wide, high, *self.margins)

    def begin(self, title):
        self.now = [title]

    def turn(self, size):
        self.now.append(size)

    def paint(self, pages, number, placing):
        if self.fails_at == (self.now[0], number):
            raise PrinterTrouble("打印机“甲”在打印时停下了。", safe="数据没有变动。")
        self.now[-1] = (number, placing.percent)

    def end(self):
        if self.now:
            self.jobs.append(self.now)
        self.now = None

    def abort(self):
        self.aborted += 1
        self.now = None


@pytest.fixture
def tray(monkeypatch) -> Tray:
    """The press of the next prints."""
    made = Tray()
    monkeypatch.setattr(front, "_press", lambda *_chosen: made)
    return made


def go(printer: QPrinter) -> bool:
    return True


# ---- into a PDF file -------------------------------------------------------------------------------------------------
def test_a_pdf_file_gets_the_paper_itself(shell, answers, tmp_path):
    file = tmp_path / "打印.pdf"
    answers.setups.append(to_file(file))
    one = paper(3)
    print_paper(shell, one)
    shell.tasks.wait()
    assert file.read_bytes() == one.draw(None).pdf
    assert lines(shell) == ["1 份，全部页，打印机 PDF 文件 打印.pdf"]
    assert answers.asked[-1] == ("print", 3)


def test_range_and_copies_are_taken_over_and_text_stays_text(shell, answers, tmp_path):
    file = tmp_path / "打印.pdf"
    answers.setups += [to_file(file, pages="2-3", copies=2), to_file(file, pages="1,3", copies=2, collate=False)]
    for wanted in (["第2页", "第3页"] * 2, ["第1页", "第1页", "第3页", "第3页"]):
        print_paper(shell, paper(3))
        shell.tasks.wait()
        assert texts(file) == wanted
    assert lines(shell)[::-1] == ["2 份，第 2-3 页，打印机 PDF 文件 打印.pdf", "2 份，第 1,3 页，打印机 PDF 文件 打印.pdf"]


@pytest.mark.parametrize("name", ["Microsoft Print to PDF", "导出为WPS PDF", "Foxit Reader PDF Printer"])
def test_a_printer_that_makes_pdf_files_is_asked_where_to(shell, answers, tmp_path, monkeypatch, name):
    monkeypatch.setattr(front, "read_choice", lambda _printer: Choice(name))
    answers.setups += [go, go]
    answers.answers += [tmp_path / "one.pdf", None]
    print_paper(shell, paper(2))
    shell.tasks.wait()
    assert texts(tmp_path / "one.pdf") == ["第1页", "第2页"]
    print_paper(shell, paper(2))
    shell.tasks.wait()
    assert len(lines(shell)) == 1


@pytest.mark.parametrize("name", [
    "WPS PDF", "Foxit PDF Editor Printer", "Foxit PhantomPDF Printer", "福昕PDF打印机", "Adobe PDF", "PDFCreator", "doPDF 11",
    "CutePDF Writer", "PDF24 PDF", "PDF", r"\\服务器\WPS PDF",
])
def test_printers_of_other_programs_that_make_pdf_files_are_known(name):
    assert front.makes_pdf(name)


@pytest.mark.parametrize("name", ["HP LaserJet 1020", "RICOH MP 2014 PDF Direct Print", "Epson LQ-630K", "Microsoft XPS Document Writer", ""])
def test_printers_that_print_on_paper_are_printed_on(name):
    assert not front.makes_pdf(name)


def test_many_papers_make_one_file_with_all_their_sizes(shell, answers, tmp_path):
    file = tmp_path / "全部.pdf"
    answers.setups.append(to_file(file))
    papers = [paper(1, size, title=f"表{size[0]}", key=f"{at}" * 32) for at, size in enumerate((A4, A4_LYING, A3_LYING))]
    print_many(shell, lambda: iter(papers), 3, together=False)
    shell.tasks.wait()
    with PrintPages(file.read_bytes()) as pages:
        assert pages.sizes == (PageSize(*A4), PageSize(*A4_LYING), PageSize(*A3_LYING))
    assert all(lines(shell, f"{at}" * 32) for at in range(3))


def test_a_range_that_is_not_there_is_told(shell, answers, tmp_path):
    answers.setups.append(to_file(tmp_path / "no.pdf", pages="7-8"))
    print_paper(shell, paper(2))
    shell.tasks.wait()
    assert "只有 2 页" in answers.told[0].happened
    assert lines(shell) == []
    assert not (tmp_path / "no.pdf").exists()


# ---- on paper --------------------------------------------------------------------------------------------------------
def test_pages_go_out_and_the_print_is_kept(shell, answers, tray):
    heard, said = [], []
    shell.changed.connect(heard.append)
    shell.said.connect(said.append)
    answers.setups.append(go)
    print_paper(shell, paper(3))
    shell.tasks.wait()
    assert tray.jobs == [["村申报表", (0, 100), (1, 100), (2, 100)]]
    assert heard[0].nouns == {"prints"}
    assert heard[0].keys == (KEY,)
    assert said == ["已打印“村申报表”。"]
    assert lines(shell)[0].startswith("1 份，全部页")


def test_the_dialog_is_offered_the_papers_own_layout(shell, answers):
    seen = []

    def look(printer):
        seen.append((printer.pageLayout().pageSize().id(), printer.pageLayout().orientation(), printer.docName()))
        return False

    answers.setups += [look, look]
    for size in (A4, A3_LYING):
        print_paper(shell, paper(1, size))
        shell.tasks.wait()
    assert [one[0] for one in seen] == [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A3]
    assert seen[1][1] == layout_for(PageSize(*A3_LYING)).orientation()
    assert seen[0][2] == "村申报表"
    assert lines(shell) == []


def test_a_paper_chosen_in_the_dialog_is_taken_for_everything(shell, answers, monkeypatch):
    forced = []
    monkeypatch.setattr(front, "_press", lambda *chosen: forced.append(chosen[-1]) or Tray(paper=(297, 210)))

    def to_a4(printer):
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        return True

    answers.setups += [to_a4, go]
    answers.answers.append(False)
    print_paper(shell, paper(1, A3_LYING))
    shell.tasks.wait()
    assert forced[0].id() == QPageSize.PageSizeId.A4
    assert "缩小到 70%" in answers.asked[-1][1]
    print_paper(shell, paper(1, A4_LYING))
    shell.tasks.wait()
    assert forced[1] is None


@pytest.mark.parametrize("agrees", [True, False])
def test_pages_made_smaller_are_told_before_they_are_printed(shell, answers, tray, agrees):
    tray.margins = (10, 10, 10, 10)
    answers.setups.append(go)
    answers.answers.append(agrees)
    print_paper(shell, paper(2, rects=[(5, 100, 199, 10)]))
    shell.tasks.wait()
    assert "已按打印机可打印范围缩小到 95%" in answers.asked[-1][1]
    assert tray.jobs == ([["村申报表", (0, 95), (1, 95)]] if agrees else [])
    assert len(lines(shell)) == int(agrees)


def test_true_to_size_nothing_is_asked(shell, answers, tray):
    tray.margins = (5, 5, 5, 5)
    answers.setups.append(go)
    print_paper(shell, paper(1, rects=[(5.5, 100, 199, 10)]))
    shell.tasks.wait()
    assert tray.jobs == [["村申报表", (0, 100)]]


def test_a_draft_is_kept_as_a_draft(shell, answers, tray):
    answers.setups.append(go)
    print_paper(shell, paper(1, mark="草稿"))
    shell.tasks.wait()
    assert lines(shell)[0].startswith("草稿 1 份")


def test_a_printer_that_stops_is_told_and_nothing_is_kept(shell, answers, tray):
    tray.fails_at = ("村申报表", 1)
    answers.setups.append(go)
    print_paper(shell, paper(3))
    shell.tasks.wait()
    assert "停下了" in answers.told[0].happened
    assert tray.aborted == 1
    assert lines(shell) == []


def test_a_print_that_cannot_be_kept_is_told_as_printed(shell, monkeypatch):
    def full(_bench, _printed):
        raise DiskFull("磁盘空间不足。")

    monkeypatch.setattr(printing, "record", full)
    tray = Tray()
    with pytest.raises(Situation, match=r"磁盘空间不足。1 份文件已经打印，只是没有记入修改记录。请清理"):
        PrintRun([paper(1)], 1, Choice("甲"), tray).go(shell.bench, lambda *_told: None)
    assert len(tray.jobs) == 1


@pytest.mark.parametrize("waits", [True, False])
def test_a_printer_out_of_order_is_told_before_anything_is_sent(shell, answers, tray, monkeypatch, waits):
    monkeypatch.setattr(front, "ready", lambda _printer: False)
    answers.setups.append(go)
    answers.answers.append(waits)
    print_paper(shell, paper(1))
    shell.tasks.wait()
    assert "现在不能打印(脱机、暂停、缺纸或有故障)" in answers.asked[-1][1]
    assert len(tray.jobs) == len(lines(shell)) == int(waits)


# ---- without a printer -----------------------------------------------------------------------------------------------
def test_without_a_printer_pdf_is_offered(shell, answers, tmp_path):
    answers.installed = []
    answers.answers += [True, tmp_path / "one.pdf", False, False]
    print_paper(shell, paper(2))
    shell.tasks.wait()
    assert answers.asked[0] == ("question", NO_PRINTER)
    assert texts(tmp_path / "one.pdf") == ["第1页", "第2页"]
    print_paper(shell, paper(2))
    assert lines(shell) == []


def test_without_a_printer_many_are_pointed_to_the_export(shell, answers):
    answers.installed = []
    print_many(shell, lambda: iter(()), 3, together=False)
    assert answers.told == [f"{NO_PRINTER}\n多份文件可以用“批量导出…”写成 PDF。"]


# ---- many ------------------------------------------------------------------------------------------------------------
def several(count: int) -> list[Paper]:
    return [paper(1, title=f"表{at}", key=f"{at:032}") for at in range(count)]


@pytest.mark.parametrize(("together", "jobs"), [(False, 3), (True, 1)])
def test_many_are_as_many_jobs_as_wanted(shell, answers, tray, together, jobs):
    said = []
    shell.said.connect(said.append)
    answers.setups.append(go)
    print_many(shell, lambda: iter(several(3)), 3, together=together)
    shell.tasks.wait()
    assert len(tray.jobs) == jobs
    assert sum(len(job) - 1 for job in tray.jobs) == 3
    assert said[0] == "已打印 3 份文件。"
    assert answers.asked[-1] == ("print", 0)


def test_on_both_sides_each_paper_begins_in_front():
    tray = Tray()
    run = PrintRun([paper(3), paper(1, title="次")], 2, Choice("甲", duplex=True), tray, together=True)

    class Bench:
        def __getattr__(self, name):
            raise Cancelled  # what was printed is kept elsewhere

    with pytest.raises(Cancelled):
        run.go(Bench(), lambda *_told: None)
    (job,) = tray.jobs
    assert job[1:] == [(0, 100), (1, 100), (2, 100), PageSize(*A4), (0, 100)]


def stopping_at(number: int):
    """Progress of a clerk who cancels when the n-th paper begins."""

    def report(done, _total, _text):
        if done >= number:
            raise Cancelled

    return report


def test_cancelled_half_way_what_was_printed_is_kept(shell):
    tray = Tray()
    outcome = PrintRun(several(9), 9, Choice("甲"), tray).go(shell.bench, stopping_at(4))
    assert [one.title for one in outcome.printed] == ["表0", "表1", "表2", "表3"]
    assert len(tray.jobs) == 4
    assert tray.aborted == 1
    assert isinstance(outcome.stopped, Cancelled)
    assert [bool(lines(shell, f"{at:032}")) for at in range(9)] == [True] * 4 + [False] * 5


def test_cancelled_in_one_job_nothing_is_printed(shell):
    tray = Tray()
    with pytest.raises(Cancelled):
        PrintRun(several(9), 9, Choice("甲"), tray, together=True).go(shell.bench, stopping_at(4))
    assert (tray.jobs, tray.aborted) == ([], 1)
    assert lines(shell, f"{0:032}") == []


def test_cancelled_while_a_file_is_written_there_is_none(shell, tmp_path):
    with pytest.raises(Cancelled):
        PrintRun(several(9), 9, Choice("", file=tmp_path / "all.pdf")).go(shell.bench, stopping_at(4))
    assert list(tmp_path.glob("*.pdf")) == []


def test_cancelled_while_a_long_paper_is_drawn(shell):
    told = []

    def report(done, _total, text):
        told.append(text)
        if len(told) == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        PrintRun([paper(40)], 1, Choice("甲"), Tray()).go(shell.bench, report)
    assert told == ["正在排版 村申报表"] * 5


def test_a_batch_that_is_stopped_is_told_with_what_is_done(shell, answers, tray):
    tray.fails_at = ("表2", 0)
    answers.setups.append(go)
    print_many(shell, lambda: iter(several(4)), 4, together=False)
    shell.tasks.wait()
    (told,) = answers.told
    assert told.happened == "打印机“甲”在打印时停下了。"
    assert told.safe == "前面 2 份已经打印，并记入修改记录。数据没有变动。"
    assert len(tray.jobs) == 2


def test_enter_in_a_field_of_the_settings_saves_but_not_among_the_operators(shell):
    dialog = SettingsDialog(shell)
    said = [dialog.keep.isDefault() for place in range(3) if not dialog.pages.setCurrentIndex(place)]
    assert said == [True, True, False]


@pytest.mark.parametrize("fine", [True, False])
def test_the_settings_say_how_finely_is_printed(shell, fine):
    dialog = SettingsDialog(shell)
    dialog.print_choice.setCurrentIndex(dialog.print_choice.findData(fine))
    dialog.save()
    assert preferences.load().fine_print is fine
    assert front._press(shell, QPrinter(), Choice("甲"), None)._fine is fine
