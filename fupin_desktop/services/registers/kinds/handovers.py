"""What left the office, to whom, and the receipt (交接登记簿)."""

from __future__ import annotations

from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Group, Layout, Register
from fupin_desktop.services.registers.kinds import handover_files
from fupin_desktop.services.registers.parts import Filter, NamedFilter, Search, own
from fupin_desktop.storage.entities import Handover

REGISTER = Register(
    name="handovers",
    title="交接登记",
    unit="次",
    keyword="交接",
    tab="exchange",
    searched=False,
    entity=Handover,
    year="year",
    columns=own(
        *("title", "number", "left_on", "kind", "receiver", "person", "count", "pages", "internal", "maker", "place"),
        *("folder", "receipt_on", "receipt_by", "result", "note", "papers", "list_sha256"),
    ),
    search=Search(("title", "receiver")),
    checks=(in_order("left_on", "receipt_on", "回执日期在交出日期之前。"),),
    children=(handover_files.REGISTER,),
    filters={
        "open": NamedFilter((Filter("receipt_on", blank=True),), counted="没有回执"),
        "internal": NamedFilter((Filter("internal", values=("是",)),), counted="含内部资料"),
    },
    papers=("handover",),
    layout=Layout(
        first=(
            *("title", "number", "left_on", "receiver", "person", "receipt_on", "receipt_by", "result", "count"),
            *("pages", "internal"),
        ),
        groups=(
            Group("交出", ("number", "left_on", "kind", "title", "receiver", "person", "maker", "place", "folder")),
            Group("内容", ("count", "pages", "internal", "list_sha256")),
            Group("回执", ("receipt_on", "receipt_by", "result", "note")),
        ),
        empty=(
            "还没有交出过资料",
            "点“导出到U盘…”选文件和台账，写好、核对以后自动登记在这里；对方签收以后填回执日期。",
        ),
    ),
    computed_by="由“导出到U盘”和“移交包”自动登记。",
)
