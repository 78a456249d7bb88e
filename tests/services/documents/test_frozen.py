"""An approved application is the same page years later, whatever has changed since."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, update

import fupin_desktop
from fupin_desktop import paths
from fupin_desktop.documents.filled_store import pack
from fupin_desktop.errors import Cancelled, DiskFull, NotAllowed, PaperChanged
from fupin_desktop.services import documents, offices, registers, villages
from fupin_desktop.services.documents import freezing, opening, records
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit
from fupin_desktop.services.workbench import POLICY_OVERRIDE, Workbench
from fupin_desktop.storage.entities import FormVersion, FrozenPaper
from tests.services.documents import office
from tests.services.documents.office import TOWN, VILLAGE
from tests.services.register_office import GOOD_ID, find

_POLICY = """[document]
title = "本县补充规定"

[large_household_area]
title = "大户起点"
kind = "decimal"
unit = "亩"

[[large_household_area.values]]
from = 2016-01-01
value = 50
clause = "本县 一"
quote = "种植50亩以上的为大户"
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path / "data")
    yield made
    made.close()


def change_the_form(folder: Path) -> None:
    own = folder / "forms" / VILLAGE
    shutil.copytree(paths.forms() / VILLAGE, own)
    text = (own / "form.toml").read_text("utf-8")
    (own / "form.toml").write_text(text.replace("产业扶贫村申报表", "产业扶贫村(改)申报表"), "utf-8")


def test_a_reprint_is_the_same_page_byte_for_byte(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    pdf, xlsx, pages = documents.pdf_bytes(bench, key), documents.xlsx_bytes(bench, key), documents.filled(bench, key)
    opened = documents.open_document(bench, key)
    behind = documents.rows_behind(bench, key, "area_total")

    item = find(bench, "李亚保", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "area", "99"), CellEdit(item, "product", "香蕉")])
    registers.remove(bench, HOUSEHOLDS, [find(bench, "陈康").key])
    village = office.village_key(bench)
    villages.update(bench, village, villages.VillageForm("改名村", assisting_unit="别的单位"))
    offices.set_year(bench, 2027)
    offices.save(bench, offices.OfficeForm(name="换了名字的办公室", county="吴川市", town="改名镇", clerk="新人"))
    (bench.data_folder / POLICY_OVERRIDE).write_text(_POLICY, "utf-8")
    change_the_form(bench.data_folder)
    monkeypatch.setattr(fupin_desktop, "__version__", "99.0")
    monkeypatch.setattr(freezing, "__version__", "99.0")
    bench.close()

    later = open_workbench(tmp_path / "data", clock=bench.clock)
    later.clock.later(days=1800)  # type: ignore[attr-defined]
    assert later.parameters.value("large_household_area", later.today).value == 50
    assert documents.pdf_bytes(later, key) == pdf
    assert documents.xlsx_bytes(later, key) == xlsx
    assert pack(documents.filled(later, key)) == pack(pages)
    again = documents.open_document(later, key)
    assert again.data == opened.data
    assert again.problems == opened.problems
    assert again.passed == opened.passed
    assert again.form == opened.form
    assert again.line.title == opened.line.title
    assert documents.rows_behind(later, key, "area_total").rows == behind.rows
    written = tmp_path / "again.pdf"
    documents.write_pdf(later, key, written)
    documents.write_xlsx(later, key, tmp_path / "again.xlsx")
    assert written.read_bytes() == pdf
    assert (tmp_path / "again.xlsx").read_bytes() == xlsx
    later.close()


def test_an_old_form_that_is_read_no_more_changes_no_paper(bench: Workbench) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    pdf, title = documents.pdf_bytes(bench, key), documents.open_document(bench, key).line.title
    with bench.write("tests.write", "旧表样") as unit:
        unit.connection.execute(update(FormVersion.__table__).values(body="id = 1"))
    assert documents.pdf_bytes(bench, key) == pdf
    assert documents.open_document(bench, key).line.title == title


def test_a_draft_follows_what_changes_until_it_is_submitted(bench: Workbench) -> None:
    key = office.begin(bench)
    before = documents.pdf_bytes(bench, key)
    item = find(bench, "李亚保", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "area", "99")])
    assert documents.pdf_bytes(bench, key) != before


def test_a_begun_application_keeps_its_form_and_new_ones_take_the_office_s_own(bench: Workbench) -> None:
    key = office.begin(bench)
    change_the_form(bench.data_folder)
    assert "(改)" not in documents.open_document(bench, key).line.title
    other = office.begin(bench, VILLAGE, office.village_key(bench, "那罗村"))
    assert "(改)" in documents.open_document(bench, other).line.title
    office.approve(bench, key)
    corrected = documents.correct(bench, key).keys[0]
    assert "(改)" in documents.open_document(bench, corrected).line.title


def test_a_broken_form_falls_back_with_a_message(bench: Workbench) -> None:
    folder = bench.data_folder / "forms" / VILLAGE
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text("id = 1", "utf-8")
    key = office.begin(bench)
    opened = documents.open_document(bench, key)
    assert "用的是内置表样" in opened.form_note
    assert documents.filled(bench, key).pages
    (folder / "form.toml").write_bytes(b"\xff\xfe")
    assert "UTF-8" in documents.open_document(bench, key).form_note


def test_a_draft_with_must_problems_is_marked(bench: Workbench) -> None:
    key = office.begin(bench, values={})
    assert {page.mark for page in documents.filled(bench, key).pages} == {"草稿"}
    office.fill(bench, key, office.VILLAGE_VALUES)
    assert {page.mark for page in documents.filled(bench, key).pages} == {""}


@pytest.mark.parametrize("frozen", [False, True])
def test_a_copy_that_leaves_the_office_hides_full_numbers(bench: Workbench, frozen: bool) -> None:
    key = office.begin(bench, values={**office.VILLAGE_VALUES, "risks": f"联系 13822541234 或证件 {GOOD_ID}"})
    if frozen:
        office.approve(bench, key)
    texts = "".join(run.text for page in documents.filled(bench, key).pages for run in page.texts)
    assert GOOD_ID in texts
    masked = "".join(run.text for page in documents.filled(bench, key, copy=True).pages for run in page.texts)
    assert GOOD_ID not in masked
    assert "13822541234" not in masked
    assert "138****1234" in masked
    assert documents.pdf_bytes(bench, key, copy=True) != documents.pdf_bytes(bench, key)
    assert documents.xlsx_bytes(bench, key, copy=True)


def test_where_one_of_many_finds_no_room_those_before_it_are_told(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, out = [office.begin(bench), office.begin(bench, TOWN)], tmp_path / "out"
    write = freezing.write_bytes

    def full(path: Path, content: bytes) -> None:
        if any(out.iterdir()):
            raise DiskFull("磁盘空间不足。", safe="原来的文件没有变动。")
        write(path, content)

    monkeypatch.setattr(freezing, "write_bytes", full)
    with pytest.raises(DiskFull) as told:
        documents.write_many(bench, keys, out)
    assert told.value.safe == "前面的 1 个文件已经写好，都是完整的。原来的文件没有变动。"


def test_many_are_written_and_can_be_cancelled(bench: Workbench, tmp_path: Path) -> None:
    keys = [office.begin(bench), office.begin(bench, TOWN)]
    told: list[tuple[int, int]] = []
    out = tmp_path / "out"
    files = documents.write_many(bench, keys, out, ("pdf", "xlsx"), lambda done, total, _text: told.append((done, total)))
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in files)
    assert len(files) == 4
    assert files[0].name == "低岭村 吴川市“一村一品”产业扶贫村申报表 2026.pdf"
    assert list(dict.fromkeys(told)) == [(0, 2), (1, 2), (2, 2)]

    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        documents.write_many(bench, keys, tmp_path / "none", progress=stop)
    twice = documents.write_many(bench, [keys[0], keys[0]], tmp_path / "twice")
    assert len({path.name for path in twice}) == 2


def test_what_is_gone_is_told(bench: Workbench) -> None:
    with pytest.raises(NotAllowed, match="已被删除"):
        documents.open_document(bench, "0" * 32)


@pytest.mark.parametrize("change", [{"pdf": b"%PDF-"}, {"xlsx": b"PK"}, {"data": {"village": "别的村"}}, {"filled": b"x"}])
def test_a_kept_paper_that_was_changed_is_not_given_out(
    bench: Workbench, tmp_path: Path, change: dict[str, object]
) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    assert "操作日志第 " in "".join(run.text for run in documents.filled(bench, key).pages[0].texts)
    with bench.store.engine.begin() as connection:
        connection.execute(update(FrozenPaper.__table__).values(change))
    for act in (
        lambda: documents.filled(bench, key),
        lambda: documents.filled(bench, key, copy=True),
        lambda: documents.printable(bench, key).draw(None),
        lambda: documents.write_xlsx(bench, key, tmp_path / "a.xlsx"),
    ):
        with pytest.raises(PaperChanged, match="定稿以后被改动过"):
            act()
    assert not (tmp_path / "a.xlsx").exists()


def test_an_approved_application_opens_without_what_is_kept_for_a_dispute_and_a_list_of_versions_without_papers(
    bench: Workbench,
) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    corrected = documents.correct(bench, key).keys[0]
    versions = documents.open_document(bench, corrected).versions
    assert [(one.key, one.who, one.at.date()) for one in versions[:1]] == [(key, bench.clerk, bench.today)]
    read: list[str] = []
    with bench.read() as session:
        session.connection()
        event.listen(session.get_bind(), "before_cursor_execute", lambda *told: read.append(told[2]))
        opening.load(bench, session, key)
        records.frozen_when(session, key)
    assert not any(f"frozen_papers.{column}" in one for one in read for column in ("working", "parameters", "pdf"))
    assert any("frozen_papers.data" in one for one in read)
    assert documents.rows_behind(bench, key, "area_total").rows
