"""发放 and 验收: what stands in the way of a batch, its figures, its rows and those that are measured."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.acceptance import MeasureRow
from fupin_desktop.services.payments import Agreement, Batch, BatchLine, PaidUnder, RowLine
from fupin_desktop.ui import theme
from fupin_desktop.ui.payments.acceptance import AcceptanceDialog
from fupin_desktop.ui.payments.batch import BatchPane, _figures, _widths
from fupin_desktop.ui.payments.dialog import PaymentsDialog
from fupin_desktop.ui.payments.dossier import DossierDialog
from fupin_desktop.ui.payments.measure_rows import HEADINGS as MEASURED
from fupin_desktop.ui.payments.measure_rows import MeasureRows
from fupin_desktop.ui.payments.rows import HEADINGS, PaymentRows
from fupin_desktop.ui.payments.steps import BackDialog, CheckDialog, PayDialog, RecoverDialog, SendDialog
from tests.ui.cases import cases_of
from tests.ui.scheme_typing import type_text

ROLE = Qt.ItemDataRole
ZERO = Decimal(0)


def a_paper(left, key="p", name="低岭村使用计划", amount="80000", gate=""):
    return PaidUnder(key, name, "2026-1", Decimal(amount), Decimal(left), gate)


def a_batch(case=None, **other):
    case = {"state": "draft", **(case or {}), **other}
    line = BatchLine(
        "b", next(iter(PaymentKind)), "s", "r", "低岭村水稻奖补", "低岭村", 2026, 1, BatchState(case["state"]), 12,
        Decimal(case.get("amount", "1234.50")), Decimal(case.get("returned", 0)), Decimal(case.get("recover", 0)),
        date(2026, 12, 1), None, "", case.get("share"),
    )
    papers = tuple(a_paper(left, f"p{place}") for place, left in enumerate(case.get("papers", ())))
    paper = papers[0]._replace(gate=case["paper_gate"]) if "paper_gate" in case else None
    if "paper" in case:
        paper = a_paper("1", name=case["paper"][0], amount=case["paper"][1])
    agreed = Agreement(Decimal(case.get("listed", 0)), None, Decimal(case.get("ledger", 0)))
    return Batch(line, (), (), case.get("gate", ""), paper, papers, "", None, None, "", "", "", agreed,
                 case.get("earlier", ""))  # fmt: skip


@pytest.mark.parametrize("case", cases_of("batch_hindrances"))
def test_what_stands_in_the_way_of_a_batch_is_said_with_its_clause(desk, qingyuan, case):
    assert BatchPane(desk)._hindered(a_batch(case)) == case["told"]
    assert BatchPane(qingyuan)._hindered(a_batch(case)) == case.get("qingyuan", case["told"])


@pytest.mark.parametrize("case", cases_of("batch_figures"))
def test_the_figures_of_a_batch(app, case):
    assert _figures(a_batch(case)) == case["told"]


# ---- rows ----
def a_row(key="1", state=PaymentRowState.PENDING, amount="100.00", **other):
    facts = {
        "position": 1, "household_key": "h", "town": "塘㙍镇", "village": "低岭村", "group_name": "一组", "head_name": "李亚保",
        "id_number": "440883197001010015", "item": "水稻", "quantity": Decimal("3.5"), "unit": "亩", "standard": "",
        "award": Decimal("200.00"), "before": Decimal("100.00"), "account_name": "李亚保", "bank_name": "农商行",
        "account": "6217000012345678", "phone": "13800138000", "account_reason": "", "returned_on": None,
        "return_reason": "", "paid_again": False, "note": "",
    }  # fmt: skip
    return RowLine(key=key, state=state, amount=Decimal(amount), **{**facts, **other})


def texts(model, row=0):
    return dict(zip(HEADINGS, (model.index(row, column).data() for column in range(len(HEADINGS))), strict=True))


def test_a_row_shows_the_end_of_its_account_and_never_the_whole(app):
    model = PaymentRows([a_row(), a_row(account="", quantity=None)])
    first, second = texts(model), texts(model, 1)
    assert (first["账号"], first["数量"], first["村组"], first["本次(元)"]) == ("尾号 5678", "3.500 亩", "低岭村一组", "100.00")
    assert (second["账号"], second["数量"]) == ("", "")
    shown = "".join(first.values())
    for secret in ("6217000012345678", "440883197001010015", "13800138000"):
        assert secret not in shown


def test_what_became_of_a_row_is_told_in_words_and_colours(app):
    rows = [
        a_row("1", PaymentRowState.RETURNED, return_reason="账户已销户", paid_again=True, note="电话通知"),
        a_row("2", PaymentRowState.RECOVER, "-66.60"), a_row("3", PaymentRowState.PAID), a_row("4"),
    ]
    must = Problem("x", Severity.MUST, "账号空着。", subjects=("4",))
    warned = Problem("y", Severity.WARNING, "校验位不符。", subjects=("3",))
    model = PaymentRows(rows, [must, warned])
    assert texts(model)["情况"] == f"{PaymentRowState.RETURNED.label}，已重发"
    assert texts(model)["说明"] == "电话通知；账户已销户"
    assert texts(model, 1)["本次(元)"] == "-66.60"

    def ink(row, heading):
        return model.index(row, HEADINGS.index(heading)).data(ROLE.ForegroundRole)

    assert ink(0, "情况") == theme.tone("must")[0]
    assert ink(1, "本次(元)") == theme.colour("principle")
    assert ink(2, "情况") == theme.tone("good")[0]
    assert ink(2, "户主") is None
    assert {ink(3, heading).name() for heading in HEADINGS} == {theme.colour("must").name()}
    sides = [model.index(0, HEADINGS.index(heading)).data(ROLE.TextAlignmentRole) for heading in ("本次(元)", "户主")]
    assert [bool(side & Qt.AlignmentFlag.AlignRight) for side in sides] == [True, False]


def a_measured(key="m", **other):
    facts = {
        "position": 1, "household_key": "h", "item_key": "i", "group_name": "一组", "head_name": "吴一", "product": "水稻",
        "unit": "亩", "declared": Decimal("3.5"), "measured": None, "quality": None, "signed": None, "spot": False,
        "spot_measured": None, "note": "", "files": (),
    }  # fmt: skip
    return MeasureRow(key=key, **{**facts, **other})


def test_only_what_is_measured_is_typed_and_a_block_is_one_write(app, qtmodeltester):
    written = []
    rows = [a_measured("1", measured=Decimal("3.25"), signed=True, spot=True), a_measured("2", signed=False)]
    model = MeasureRows(rows, written.append, fixed=False)
    qtmodeltester.check(model)
    place = {heading: column for column, heading in enumerate(MEASURED)}
    editable = {
        heading for heading, column in place.items() if model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable
    }
    assert editable == {"实测数量", "质量", "户主签名", "抽查数量", "备注"}
    assert [model.index(row, place["户主签名"]).data() for row in (0, 1)] == ["是", "否"]
    assert [model.index(row, place["抽查"]).data() for row in (0, 1)] == ["抽", ""]
    assert model.index(0, place["实测数量"]).data() == "3.250"
    assert model.setData(model.index(0, place["实测数量"]), "3.250")
    assert not model.setData(model.index(0, place["户主"]), "别人")
    assert written == []
    assert model.setData(model.index(1, place["实测数量"]), "3.5")
    model.put_block({(0, place["备注"]): "甲", (1, place["备注"]): "乙", (1, place["质量"]): "合格"})
    assert written == [{"2": {"measured": "3.5"}}, {"1": {"note": "甲"}, "2": {"note": "乙", "quality": "合格"}}]
    assert model.index(0, place["户主"]).data(ROLE.ForegroundRole) == theme.colour("muted")
    assert model.index(0, place["备注"]).data(ROLE.ForegroundRole) is None


def test_what_is_written_into_the_register_is_only_read(app):
    model = MeasureRows([a_measured()], print, fixed=True)
    assert not any(model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable for column in range(len(MEASURED)))


def test_names_of_businesses_get_more_room_than_those_of_persons(app):
    plain, business = _widths([a_row()]), _widths([a_row(head_name="吴川市那罗番薯产销专业合作社")])
    assert [(before, after) for before, after in zip(plain, business, strict=True) if before != after] == [(9, 31)]


# ---- steps ----
@pytest.mark.parametrize(("make", "wanted"), [
    (lambda shell: SendDialog(shell, a_batch(state="checked", papers=["10", "2000"])), "请填写送出日期。"),
    (lambda shell: PayDialog(shell, a_batch(state="sent")), "请填写发放日期。"),
    (lambda shell: BackDialog(shell, a_batch(state="paid"), [a_row()]), "请填写退回日期。"),
    (lambda shell: RecoverDialog(shell, a_batch(state="paid"), [a_row(amount="-66.60")]), "请填写追回日期。"),
])  # fmt: skip
def test_every_step_needs_its_day(desk, make, wanted):
    dialog = make(desk)
    assert dialog.day.day == desk.today
    type_text(dialog.day, "")
    dialog.finish()
    assert dialog.told.text() == wanted
    type_text(dialog.day, "2026-02-30")
    dialog.finish()
    assert dialog.told.text() == f"{dialog.day.fault}。"


def words(dialog):
    form = dialog.form
    return [form.itemAt(row, form.ItemRole.FieldRole).widget() for row in range(form.rowCount())]


def test_of_many_households_that_came_back_five_are_named(desk):
    rows = [a_row(f"{place}", head_name=f"户{place}", amount="10.50") for place in range(7)]
    assert words(BackDialog(desk, a_batch(), rows))[0].text() == "户0、户1、户2、户3、户4等 7 户 73.50 元"
    assert words(BackDialog(desk, a_batch(), rows[:5]))[0].text() == "户0、户1、户2、户3、户4 5 户 52.50 元"
    dialog = BackDialog(desk, a_batch(), rows[:1])
    dialog.finish()
    assert dialog.told.text() == "请填写退回原因。"


def test_what_is_to_come_back_is_told_as_an_amount(desk):
    assert words(RecoverDialog(desk, a_batch(), [a_row(amount="-66.60"), a_row(amount="-0.40")]))[0].text() == "2 户 67.00 元"


def test_of_several_documents_to_pay_under_those_with_enough_come_first_and_one_is_to_be_chosen(desk):
    dialog = SendDialog(desk, a_batch(state="checked", papers=["10", "2000"]))
    assert [dialog.paper.itemText(place) for place in range(2)] == [
        "低岭村使用计划　可拨 2,000.00", "低岭村使用计划　可拨 10.00",
    ]
    assert (dialog.paper.currentIndex(), dialog.paper.placeholderText()) == (-1, "请选定从哪一份拨付")
    dialog.finish()
    assert dialog.told.text() == "有几份批准的文件，请选定从哪一份拨付。"
    dialog.paper.setCurrentIndex(0)
    assert (dialog.paper.currentData(), dialog.missing()) == ("p1", "")
    named = a_batch(state="checked", papers=["10", "2000"], paper_gate="")
    assert SendDialog(desk, named).paper.currentData() == "p0"
    assert CheckDialog(desk, a_batch()).by.placeholderText() == "李文静"


# ---- with nothing there ----
def test_without_anything_to_pay_measure_or_bind_it_is_said_what_to_do(desk, qtbot):
    payments, acceptance, dossier = PaymentsDialog(desk), AcceptanceDialog(desk), DossierDialog(desk)
    for dialog in (payments, acceptance, dossier):
        qtbot.addWidget(dialog)
        dialog.show()
    assert (payments.told.text(), payments.make.isEnabled()) == ("本年度还没有测算。", False)
    assert payments.stack.currentWidget() is payments.empty
    payments.make_batch()
    assert acceptance.empty.isVisible()
    assert not any(one.isEnabled() for one in (acceptance.write, acceptance.drop, acceptance.photo, acceptance.draw))
    assert not acceptance.split.isVisible()
    acceptance.leave_out()
    assert desk.ask.told == ["请先在名单上选定要移出的项目。"]
    assert (dossier.told.text(), dossier.write.isEnabled()) == ("请先选定。", False)
    dossier.save()
    assert desk.ask.asked == []


def test_a_dossier_of_days_needs_both_in_their_order(desk, qtbot):
    from fupin_desktop.services.dossiers import Kind

    dialog = DossierDialog(desk, Kind.PERIOD)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.since.isVisible()
    assert not dialog.which.isVisible()
    for since, until in (("2026-05-01", "2026-04-30"), ("", "2026-04-30"), ("2026-02-30", "2026-04-30")):
        type_text(dialog.since, since)
        type_text(dialog.until, until)
        assert dialog.told.text() == "请先选定。", (since, until)
    type_text(dialog.since, "2026-01-01")
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert dialog.write.isEnabled()
