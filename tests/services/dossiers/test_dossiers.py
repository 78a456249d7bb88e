"""Dossiers: in order, with what is missing on top, bookmarks and pages that fit the index, all rows beside it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.services import acceptance, attachments, dossiers, payments, registers, villages
from fupin_desktop.services.dossiers import Dossier, Kind, WrittenDossier
from fupin_desktop.services.registers import FARM_ITEMS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardRun, NoticePosting
from tests.services.payments import pay_office as office
from tests.services.payments.conftest import bench, filed_office, run
from tests.services.register_office import find, to_qingyuan

__all__ = ["bench", "filed_office", "run"]


def scheme_of(bench: Workbench, run: str) -> str:
    with bench.read() as session:
        found = session.get(AwardRun, run)
        assert found is not None
        return found.scheme_key


def photo(path: Path) -> Path:
    Image.new("RGB", (1200, 900), "#88aa66").save(path, exif=Image.Exif())
    return path


def bookmarks(pdf: Path) -> list[tuple[int, str, int]]:
    """Depth, title and page of each."""
    reader = PdfReader(pdf)

    def walk(found: list[Any], depth: int) -> list[tuple[int, str, int]]:
        told: list[tuple[int, str, int]] = []
        for one in found:
            if isinstance(one, list):
                told += walk(one, depth + 1)
            else:
                told.append((depth, one.title, (reader.get_destination_page_number(one) or 0) + 1))
        return told

    return walk(reader.outline, 0)


def titles(dossier: Dossier) -> list[str]:
    return [part.title for part in dossier.parts]


def written(bench: Workbench, dossier: Dossier, folder: Path) -> WrittenDossier:
    return dossiers.write(bench, dossier, folder / "卷宗.pdf")


def test_a_scheme_from_the_decision_to_the_paid_list(bench: Workbench, run: str, tmp_path: Path) -> None:
    office.plan(bench, run)
    office.paid(bench, run)
    dossier = dossiers.scheme(bench, scheme_of(bench, run))
    assert titles(dossier)[:4] == ["奖补资金安排方案", "奖补资金测算(分配)表", "逐户计算说明", "公示"]
    assert [title for title in titles(dossier) if title.startswith(("呈批表", "发放明细表"))] != []
    assert dossier.missing == [
        "没有验收表(台账里的验收数量不是按验收名单写入的)", "“关于低岭村2026年度产业奖补资金分配情况的公示”没有张贴照片",
        "没有方案公示(测算以前)",
    ]  # fmt: skip
    found = written(bench, dossier, tmp_path)
    marks = bookmarks(found.pdf)
    assert marks[0] == (0, "目录", 1)
    assert [title for _, title, _ in marks[1:]] == titles(dossier)
    assert [page for _, _, page in marks] == sorted(page for _, _, page in marks)
    assert len(PdfReader(found.pdf).pages) == found.pages
    first = PdfReader(found.pdf).pages[0].extract_text()
    assert "缺少的材料" in first
    assert f"卷宗 1/{found.pages}" in first
    sheets = CalamineWorkbook.from_path(found.xlsx)
    assert sheets.sheet_names[0] == "缺少的材料"
    paid = sheets.get_sheet_by_name("发放明细").to_python()
    assert [(row[3], row[7]) for row in paid[1:]] == [("李亚保", 4000.0), ("陈康", 480.0)]
    ledger = sheets.get_sheet_by_name("资金台账").to_python()
    assert [(row[3], row[5]) for row in ledger[1:]] == [("安排", 4480.0), ("拨付", 4480.0)]


def test_each_page_of_the_index_is_where_the_paper_is(bench: Workbench, run: str, tmp_path: Path) -> None:
    office.plan(bench, run)
    found = written(bench, dossiers.scheme(bench, scheme_of(bench, run)), tmp_path)
    reader = PdfReader(found.pdf)
    for _, title, page in bookmarks(found.pdf):
        if title == "逐户计算说明":
            assert "计算说明" in reader.pages[page - 1].extract_text()
            assert f"卷宗 {page}/" in reader.pages[page - 1].extract_text()


def test_equal_dossiers_are_equal_files(bench: Workbench, run: str, tmp_path: Path) -> None:
    key = scheme_of(bench, run)
    first = written(bench, dossiers.scheme(bench, key), tmp_path).pdf.read_bytes()
    assert written(bench, dossiers.scheme(bench, key), tmp_path).pdf.read_bytes() == first


def test_photos_are_bound_and_bad_ones_told(bench: Workbench, run: str, tmp_path: Path) -> None:
    with bench.write("tests.photos", "照片") as unit:
        board = unit.session.query(NoticePosting).first()
        assert board is not None
        (tmp_path / "坏.jpg").write_bytes(b"no picture")
        (tmp_path / "说明.docx").write_bytes(b"words")
        kept = [attachments.store(bench.data_folder, path) for path in (
            photo(tmp_path / "村公示栏.jpg"), photo(tmp_path / "镇公示栏.png"), tmp_path / "坏.jpg", tmp_path / "说明.docx"
        )]  # fmt: skip
        board.photos = [one.stored for one in kept]
    dossier = dossiers.scheme(bench, scheme_of(bench, run))
    assert not any("张贴照片" in told for told in dossier.missing)
    found = written(bench, dossier, tmp_path)
    assert [told for told in found.missing if "附件" in told] == [
        "附件“坏.jpg”读不出来：“坏.jpg”不是能读的图片或 PDF。", "附件“说明.docx”不是图片或 PDF，没有装订，请另附",
    ]  # fmt: skip
    images = [image for page in PdfReader(found.pdf).pages for image in page.images]
    assert [Image.open(io.BytesIO(image.data)).size for image in images] == [(1200, 900), (1200, 900)]


def test_a_household_with_its_items_awards_and_payments(bench: Workbench, run: str, tmp_path: Path) -> None:
    office.plan(bench, run)
    office.paid(bench, run)
    key = find(bench, office.LARGE).key
    dossier = dossiers.household(bench, key)
    assert titles(dossier)[0] == "农户情况"
    assert {"2026年度种养项目", "奖补测算", "领取补助", "修改记录"} <= set(titles(dossier))
    assert dossier.missing == ["没有提交过的申报表"]
    to_qingyuan(bench)
    assert dossiers.household(bench, key).missing == ["没有提交过的申报表", "没有产业发展指导员"]
    assert written(bench, dossier, tmp_path).pages == len(PdfReader(tmp_path / "卷宗.pdf").pages)


def test_a_village_a_source_and_a_period(bench: Workbench, run: str, tmp_path: Path) -> None:
    office.plan(bench, run)
    done = office.paid(bench, run)
    payments.give_back(bench, done.line.key, {done.rows[1].key: "户名不符"})
    village = villages.by_name(bench, "低岭村")
    assert village is not None
    assert "农户" in titles(dossiers.village(bench, village.key))
    (source,) = dossiers.choices(bench, Kind.SOURCE)
    found = dossiers.source(bench, source.key)
    assert found.about == "下达 500,000.00 元，到账 500,000.00 元，安排 4,480.00 元，拨付 4,000.00 元。"
    package = dossiers.period(bench, date(2026, 1, 1), bench.today)
    assert [told for told in package.missing if "退回" in told] == [
        "低岭村2026年度产业奖补资金 第1批有退回的款还没有重发"
    ]
    amounts = [row[5] for table in package.tables if table.title == "资金台账" for row in table.rows if row[3] == "拨付"]
    assert amounts == [D("4480.00"), D("-480.00")]
    nothing = dossiers.period(bench, date(2025, 1, 1), date(2025, 12, 31))
    assert nothing.parts == []
    assert written(bench, nothing, tmp_path).pages == 1
    with pytest.raises(NotAllowed, match="结束日期早于开始日期"):
        dossiers.period(bench, bench.today, date(2026, 1, 1))


def test_an_acceptance_stands_before_the_calculation(bench: Workbench, run: str) -> None:
    village = villages.by_name(bench, "低岭村")
    assert village is not None
    item = find(bench, office.LARGE, FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [registers.CellEdit(item, "accepted", "")])
    acceptance.create(bench, village.key, bench.today)
    assert titles(dossiers.scheme(bench, scheme_of(bench, run)))[1] == "验收表 低岭村"


def test_cancelling_leaves_nothing(bench: Workbench, run: str, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, text: str) -> None:
        if "装订" in text:
            raise Cancelled

    with pytest.raises(Cancelled):
        dossiers.write(bench, dossiers.scheme(bench, scheme_of(bench, run)), tmp_path / "x.pdf", stop)
    assert list(tmp_path.glob("x.*")) == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PERIOD])
def test_what_is_gone_is_told(bench: Workbench, kind: Kind) -> None:
    with pytest.raises(NotAllowed, match="不在了|已被删除|找不到|没有"):
        dossiers.make(bench, kind, "0" * 32)
