"""What can be printed, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fupin_desktop.documents.drawing.print_pages import page_count
from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.services import documents, history, printing
from fupin_desktop.services.printing import Printed
from fupin_desktop.services.workbench import Workbench
from tests.documents.printing_pages import form
from tests.services.documents import office
from tests.services.register_office import GOOD_ID

MANY = 120


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _clock = office.make(tmp_path / "office")
    yield made
    made.close()


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def printed_lines(bench: Workbench, key: str) -> list[str]:
    return [line.after for line in documents.history(bench, key) if line.label == "打印"]


# ---- papers ----------------------------------------------------------------------------------------------------------
def test_an_approved_document_is_printed_byte_for_byte_as_it_was_kept(bench: Workbench) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    paper = documents.printable(bench, key)
    drawn = paper.draw(None)
    assert drawn.pdf == documents.pdf_bytes(bench, key)
    assert not drawn.draft
    assert (paper.kind, paper.key, paper.title) == ("applications", key, documents.paper_name(bench, key))


def test_a_document_with_broken_must_rules_is_printed_as_a_draft_only(bench: Workbench) -> None:
    key = office.begin(bench, values={"leader": "陈观保"})
    for copy in (False, True):
        drawn = documents.printable(bench, key, copy=copy).draw(None)
        assert drawn.draft
        assert text_of(drawn.pdf).count("草稿") >= page_count(drawn.pdf)
    office.fill(bench, key, office.VILLAGE_VALUES)
    assert not any(problem.blocks for problem in documents.open_document(bench, key).problems)
    drawn = documents.printable(bench, key).draw(None)
    assert not drawn.draft
    assert "草稿" not in text_of(drawn.pdf)


def test_a_paper_is_drawn_as_it_stands_when_its_turn_comes(bench: Workbench) -> None:
    key = office.begin(bench, values={"leader": "陈观保"})
    paper = documents.printable(bench, key)
    office.fill(bench, key, office.VILLAGE_VALUES)
    assert not paper.draw(None).draft


def test_a_copy_that_leaves_the_office_hides_numbers(bench: Workbench) -> None:
    place = next(one.key for one in documents.places(bench, office.HOUSEHOLD) if "李亚保" in one.name)
    key = office.begin(bench, office.HOUSEHOLD, place)
    assert GOOD_ID in text_of(documents.printable(bench, key).draw(None).pdf)
    assert GOOD_ID not in text_of(documents.printable(bench, key, copy=True).draw(None).pdf)


def test_a_document_that_is_gone_is_told(bench: Workbench) -> None:
    with pytest.raises(NotAllowed):
        documents.printable(bench, "0" * 32)


def test_any_filled_form_can_be_printed_and_stopped(tmp_path: Path) -> None:
    paper = printing.form_paper("funds", "", "资金台账", lambda: form(3, mark="草稿"))
    drawn = paper.draw(None)
    assert drawn.draft
    assert page_count(drawn.pdf) == 3
    told: list[tuple[int, int, str]] = []
    paper.draw(lambda done, total, text: told.append((done, total, text)))
    assert told == [(at, 6, "正在排版 资金台账") for at in range(6)]

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        paper.draw(stop)
    printing.write_pdf(paper, tmp_path / "台账.pdf")
    assert (tmp_path / "台账.pdf").read_bytes() == drawn.pdf


# ---- what was printed ------------------------------------------------------------------------------------------------
def test_a_print_stands_in_the_documents_history(bench: Workbench) -> None:
    key = office.begin(bench)
    one = Printed("applications", key, "低岭村申报表", "HP LaserJet", 2, "1-3")
    change = printing.record(bench, [one])
    assert change.nouns == {"prints"}
    assert change.keys == (key,)
    assert change.message == "已打印“低岭村申报表”。"
    line = next(line for line in documents.history(bench, key) if line.label == "打印")
    assert line.after == "2 份，第 1-3 页，打印机 HP LaserJet"
    assert (line.title, line.before, line.who, line.at) == ("打印", "", bench.clerk, bench.clock())


def test_drafts_and_whole_papers_are_told(bench: Workbench) -> None:
    key = office.begin(bench)
    printing.record(bench, [Printed("applications", key, "表", "甲", draft=True), Printed("notices", "n", "公示", "")])
    assert printed_lines(bench, key) == ["草稿 1 份，全部页，打印机 甲"]
    assert [line.after for line in history.entries(bench, "notices", "n")] == ["1 份，全部页"]


def test_a_print_is_no_part_of_undo(bench: Workbench) -> None:
    key = office.begin(bench)
    title = history.can_undo(bench)
    printing.record(bench, [Printed("applications", key, "表", "甲")])
    assert history.can_undo(bench) == title
    assert history.undo(bench) is not None
    assert printed_lines(bench, key) == ["1 份，全部页，打印机 甲"]


def test_many_prints_are_one_change(bench: Workbench) -> None:
    one = Printed("applications", "a" * 32, "表", "甲")
    change = printing.record(bench, [one, replace(one, key="b" * 32), replace(one, key="")])
    assert change.message == "已打印 3 份文件。"
    assert change.keys == ("a" * 32, "b" * 32)


def test_the_last_prints_of_the_office(bench: Workbench) -> None:
    bench.clock.later(minutes=1)
    first, second = Printed("funds", "", "资金台账", "甲", 3, "2"), Printed("notices", "n", "公示", "乙", draft=True)
    printing.record(bench, [first])
    bench.clock.later(minutes=1)
    printing.record(bench, [second])
    assert [one for _at, _who, one in printing.latest(bench)] == [second, first]
    assert printing.latest(bench, 1) == [(bench.clock(), bench.clerk, second)]


# ---- a batch of files ------------------------------------------------------------------------------------------------
def test_many_documents_cancelled_in_the_middle_leave_whole_files_only(bench: Workbench, tmp_path: Path) -> None:
    keys = [documents.create(bench, office.TARGETS, f"项目{number:03}").keys[0] for number in range(MANY)]
    out, told = tmp_path / "out", list[int]()

    def stop_while_drawing(done: int, total: int, _text: str) -> None:
        assert total == MANY
        told.append(done)
        if told.count(MANY // 2) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        documents.write_many(bench, keys, out, progress=stop_while_drawing)
    files = sorted(out.iterdir())
    assert len(files) == MANY // 2
    assert all(file.name.startswith(f"项目{at:03} ") and file.suffix == ".pdf" for at, file in enumerate(files))
    for file in files:
        data = file.read_bytes()
        assert data.rstrip().endswith(b"%%EOF")
        assert page_count(data) >= 1
    again = documents.write_many(bench, keys[MANY // 2 - 1 : MANY // 2 + 2], out)
    assert len(again) == 3
    assert len(list(out.iterdir())) == MANY // 2 + 2
