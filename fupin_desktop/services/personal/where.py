"""Where personal data lie: tables of the data file, its log, backups, attached files, and what is given out."""

from __future__ import annotations

from sqlalchemy import func, select

from fupin_desktop.services.workbench import Workbench, backups_in
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.fields import Field, Kind, Style, of
from fupin_desktop.storage.table_names import called
from fupin_desktop.storage.unit import entity_named

_PERSONAL = {Kind.ID_NUMBER: "证件号码", Kind.PHONE: "电话", Kind.ACCOUNT: "银行账号"}
Place = tuple[str, str, str, str]
"""What it is, what of persons it holds, how much of it there is, how it is kept."""
_IN_FILE = "数据文件里"


def kinds_of(field: Field) -> str:
    """What of a person a field holds; empty for nothing."""
    if field.kind in _PERSONAL:
        return _PERSONAL[field.kind]
    return "姓名" if field.style is Style.NAME else ""


def places(bench: Workbench) -> list[Place]:
    """Where personal data lie, the data file's tables first."""
    found: list[Place] = []
    with bench.read() as session:
        for name, table in Base.metadata.tables.items():
            holds = dict.fromkeys(word for field in of(entity_named(name)).values() if (word := kinds_of(field)))
            count = session.scalar(select(func.count()).select_from(table)) or 0 if holds else 0
            if count:
                found.append((called(name), "、".join(holds), f"{count:,} 条", _IN_FILE))
        log = session.scalar(select(func.count()).select_from(Base.metadata.tables["change_sets"])) or 0
        kept = session.scalar(select(func.count()).select_from(Base.metadata.tables["frozen_papers"])) or 0
    backups = len(backups_in(bench.data_folder))
    return [
        *sorted(found),
        (called("change_sets"), "改动前后的内容", f"{log:,} 项", "数据文件里；删除个人资料时一起改"),
        (called("frozen_papers"), "表上的姓名、证件号码、账号", f"{kept:,} 份", "数据文件里；归档文件，原样保存"),
        ("备份", "和备份时的数据文件一样", f"{backups:,} 份", "“备份”文件夹和第二处备份；按天数轮换"),
        ("附件", "合同、照片、证明里的内容", "", "“附件”文件夹；随记录删除"),
        ("公示", "姓名，证件号码和账号已遮住", "", "数据文件里；已经公开，原样保存"),
        ("导出的表格、PDF，打印的纸", "导出时的内容", "", "本程序管不到，请按纸质档案保管和销毁"),
    ]
