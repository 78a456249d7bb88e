"""What leaves the office: chosen, listed with checksums, carried, entered in the register; nothing secret outside."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fupin_desktop.errors import DiskFull, NotAllowed
from fupin_desktop.services import change_log, handovers, registers
from fupin_desktop.services.documents import computed
from fupin_desktop.services.exchange import offers, outgoing, stage
from fupin_desktop.services.exchange.disk import Disk
from fupin_desktop.services.exchange.model import Drive, Item, Purpose
from fupin_desktop.services.ledger_papers import LedgerSubject
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import PaymentRow
from tests.services.exchange.test_carrying import quiet
from tests.services.payments import pay_office
from tests.services.payments.conftest import filed_office
from tests.services.register_office import Clock

__all__ = ["filed_office"]


@pytest.fixture(scope="module")
def paid_folder(filed_office: tuple[Path, str, object], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object]:
    """An office with a filed award that is paid."""
    folder = tmp_path_factory.mktemp("paid") / "office"
    shutil.copytree(filed_office[0], folder)
    clock = Clock()
    clock.now = filed_office[2]
    bench = open_workbench(folder, clock=clock)
    pay_office.plan(bench, filed_office[1])
    pay_office.paid(bench, filed_office[1])
    bench.close()
    return folder, clock.now


@pytest.fixture
def office(paid_folder: tuple[Path, object], tmp_path: Path) -> Iterator[Workbench]:
    folder = tmp_path / "office"
    shutil.copytree(paid_folder[0], folder)
    clock = Clock()
    clock.now = paid_folder[1]
    bench = open_workbench(folder, clock=clock)
    yield bench
    bench.close()


@pytest.fixture
def stick(tmp_path: Path) -> Drive:
    root = tmp_path / "stick"
    root.mkdir()
    return Drive(root, "KINGSTON", 10**9, "FAT32")


TO_COUNTY = Purpose("第一季度: 报送", "吴川市扶贫办", "黄明", workbooks=True)


def of_groups(bench: Workbench, *groups: str) -> list[Item]:
    found = [one for one in offers.offers(bench) if one.group in groups]
    assert {one.group for one in found} == set(groups)
    return found


def test_everything_of_a_round_of_awards_goes_with_list_paper_and_register(office: Workbench, stick: Drive) -> None:
    items = of_groups(office, "公示备案", "奖补测算", "发放", "台账")
    carried = outgoing.hand_out(office, items, stick, TO_COUNTY, quiet)
    assert carried.told.endswith("可以安全拔出U盘。")
    assert carried.folder.name == f"{office.today:%Y%m%d}_塘㙍镇扶贫办_第一季度 报送(内部资料)"
    book = load_workbook(carried.folder / "清单.xlsx")
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    on_stick = {path.relative_to(carried.folder).as_posix() for path in carried.folder.rglob("*") if path.is_file()}
    assert {row[1] for row in rows} | {"清单.xlsx", "交接单.pdf"} == on_stick
    for row in rows:
        assert hashlib.sha256((carried.folder / row[1]).read_bytes()).hexdigest() == row[7]
    assert {row[6] for row in rows} == {"是", "内部"}
    pdf = next(row for row in rows if row[1].endswith("公示.pdf") or "公示 " in row[1])
    assert pdf[3] == len(PdfReader(carried.folder / pdf[1]).pages)
    paper = "".join(page.extract_text() for page in PdfReader(carried.folder / "交接单.pdf").pages)
    for word in ("吴川市扶贫办", "黄明", "移交人", "接收人", "不得外传", carried.handed.list_sha256[:8]):
        assert word in paper
    assert not (office.data_folder / stage.STAGE).exists()


def test_the_register_keeps_what_left_and_takes_the_receipt(office: Workbench, stick: Drive) -> None:
    items = of_groups(office, "奖补测算")
    first = outgoing.hand_out(office, items, stick, TO_COUNTY, quiet)
    second = outgoing.hand_out(office, items, stick, TO_COUNTY, quiet)
    assert (first.handed.number, second.handed.number) == (1, 2)
    assert second.folder.name.endswith("(2)")
    assert handovers.open_count(office) == 2
    register, files = registry.of("handovers"), registry.of("handover_files")
    rows = registers.window(office, Query(register, office.year, text="吴川市扶贫办"), 0, 9)
    keys = [info.key for info in registers.columns(register)]
    shown = dict(zip(keys, rows[0].cells, strict=True))
    assert (shown["title"], shown["person"], shown["place"]) == ("第一季度: 报送", "黄明", f"KINGSTON ({stick.root})")
    below = registers.window(office, Query(files, office.year, parent=rows[0].key), 0, 99)
    assert len(below) == int(shown["count"])
    early = registers.set_cells(office, register, [CellEdit(rows[0].key, "receipt_on", "2020-01-01")])
    assert early.refused
    assert "在交出日期之前" in early.problems[0].sentence
    taken = registers.set_cells(office, register, [CellEdit(rows[0].key, "receipt_on", f"{office.today}")])
    assert taken.change
    assert handovers.open_count(office) == 1
    with pytest.raises(NotAllowed, match="不能在这里删除"):
        registers.remove(office, register, [rows[0].key])
    again = computed.paper(office, "handover", LedgerSubject(office, Query(register, office.year), rows[0].key))
    found = change_log.rows(office, change_log.find(office, change_log.Wanted(text=again.stamp)))
    assert [one.number for one in found] == [handovers.load(office, rows[0].key).log_number]
    assert again.pdf() == (first.folder / "交接单.pdf").read_bytes()


def test_a_full_stick_leaves_no_trace_there_in_the_register_or_here(office: Workbench, stick: Drive) -> None:
    class Full(Disk):
        def free(self, folder: Path) -> int:
            return 1000

    with pytest.raises(DiskFull, match="U盘空间不够"):
        outgoing.hand_out(office, of_groups(office, "奖补测算"), stick, TO_COUNTY, quiet, Full())
    assert list(stick.root.iterdir()) == []
    assert handovers.next_number(office) == 1
    assert not (office.data_folder / stage.STAGE).exists()


def test_a_copy_for_outsiders_holds_no_number_of_anybody(office: Workbench, stick: Drive) -> None:
    outside = Purpose("公开", "县报社", outside=True)
    inner = of_groups(office, "发放")
    with pytest.raises(NotAllowed, match="含完整的证件号和账号"):
        outgoing.hand_out(office, inner, stick, outside, quiet)
    items = of_groups(office, "公示备案", "奖补测算", "台账")
    carried = outgoing.hand_out(office, items, stick, outside, quiet)
    assert "内部资料" not in carried.folder.name
    assert all(one.public for one in carried.handed.lines)
    text = "".join(
        str(cell)
        for path in carried.folder.rglob("*(对外).xlsx")
        for row in load_workbook(path).active.iter_rows(values_only=True)
        for cell in row
    )
    assert "吴" in text
    numbers = office.store.glance("SELECT head_id_number, phone, bank_account FROM households")
    assert numbers
    assert not [number for row in numbers for number in row if number and number in text]


def test_a_number_typed_into_a_note_stops_a_copy_for_outsiders(office: Workbench, stick: Drive) -> None:
    (number,) = office.store.glance("SELECT head_id_number FROM households WHERE head_id_number <> '' LIMIT 1")[0]
    villages = registry.of("village_facts")
    row = registers.window(office, Query(villages, office.year), 0, 1)[0]
    column = next(info.key for info in registers.columns(villages) if info.editable and info.kind == "text")
    assert registers.set_cells(office, villages, [CellEdit(row.key, column, f"见 {number}")]).change
    items = [one for one in of_groups(office, "台账") if one.key == "register:village_facts"]
    with pytest.raises(NotAllowed, match="对外副本里") as told:
        outgoing.hand_out(office, items, stick, Purpose("公开", "县报社", outside=True), quiet)
    assert number not in str(told.value)
    assert list(stick.root.iterdir()) == []


def test_what_lacks_is_said_before(office: Workbench) -> None:
    assert outgoing.refusals([], Purpose("", "")) == ["请勾选要导出的内容。", "请填写事项。", "请填写接收单位。"]
    drafts = [one for one in offers.offers(office) if one.doubt]
    assert all(one.doubt.endswith("。") for one in drafts)


def test_what_the_receiver_would_refuse_is_told_before(office: Workbench) -> None:
    bank = [one for one in of_groups(office, "发放") if one.key.startswith("bank:")]
    assert bank
    assert outgoing.doubts(bank, quiet) == []
    (batch,) = office.store.glance("SELECT key FROM payment_batches LIMIT 1")[0]
    with office.write("tests.spoil", "改坏") as unit:
        row = unit.session.query(PaymentRow).filter_by(batch_key=batch).first()
        row.account, row.head_name, row.id_number = "", "𠅤三", "123"
    told = outgoing.doubts(bank, quiet)
    assert any("一卡通" in one and "没有“" in one for one in told)
    assert any("生僻字" in one for one in told)
    households = [one for one in of_groups(office, "台账") if one.key == "register:households"]
    assert any("没有证件号码" in one or "没有银行" in one for one in outgoing.doubts(households, quiet))


def test_registers_go_in_the_layouts_of_other_systems(office: Workbench, stick: Drive) -> None:
    items = [one for one in of_groups(office, "上传格式") if one.key.startswith("layout:households")]
    assert len(items) > 1
    carried = outgoing.hand_out(office, items[:1], stick, TO_COUNTY, quiet)
    (line,) = carried.handed.lines
    assert line.rows == registers.count(office, Query(registry.of("households"), office.year))
    headings = next(load_workbook(carried.folder / line.name).active.iter_rows(values_only=True))
    assert len(headings) > 9
    assert any("证件号码" in one for one in outgoing.doubts(items[:1], quiet))


def test_the_audit_package_of_a_period_can_go_too(office: Workbench, stick: Drive) -> None:
    item = offers.dossier_of_period(office, office.today.replace(month=1, day=1), office.today)
    carried = outgoing.hand_out(office, [item], stick, TO_COUNTY, quiet)
    (pdf, xlsx) = carried.handed.lines
    assert pdf.pages
    assert xlsx.rows
    assert pdf.name.startswith("卷宗/")
