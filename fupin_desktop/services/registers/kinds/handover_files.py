"""The files of a handover (交接的文件), kept by the program."""

from __future__ import annotations

from fupin_desktop.services.registers.description import Group, Layout, Register
from fupin_desktop.services.registers.parts import Parent, Reference, Search, own
from fupin_desktop.storage.entities import Handover, HandoverFile

HANDOVER = Parent("handover", Handover, "handover_key", "次交接", Search(("title",)))
REGISTER = Register(
    name="handover_files",
    title="交接的文件",
    unit="个",
    keyword="交接文件",
    tab="exchange",
    searched=False,
    entity=HandoverFile,
    parent=HANDOVER,
    columns=(
        Reference("handover_key", Handover, name="title", source="handover", key="handover", label="事项"),
        *own("position", "name", "what", "pages", "rows", "size", "public", "sha256"),
    ),
    search=Search(("name",)),
    order="position",
    layout=Layout(
        first=("position", "name", "what", "pages", "rows", "size", "public"),
        groups=(Group("文件", ("handover", "name", "what", "pages", "rows", "size", "public", "sha256")),),
        sums=(("size", "大小"),),
        empty=("还没有文件", "“导出到U盘”写好以后，这里自动记下每个文件。"),
    ),
    computed_by="“导出到U盘”写好以后自动登记。",
)
