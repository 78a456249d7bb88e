"""Whether the data file is sound and the PC's clock can be right: looked at once a day, in the background."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from fupin_desktop import RELEASED
from fupin_desktop.domain.calendar import say_date
from fupin_desktop.errors import DataFileDamaged
from fupin_desktop.services import attached_forms, attachments
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.trouble import told

CHECKED_SETTING = "data_safety.checked_on"
_LOG_SETTING = "data_safety.log"
"""Number and hash of the operation up to which the log was looked at."""
_OTHER_LOG = "上次检查过的操作已经换成了别的。"
_KEPT = "已有的备份不受影响；坏的数据不会做成备份。"
_RESTORE = "请打开“文件 → 备份与恢复…”，恢复到最近一份好的备份。"
_LOOK = "请打开“工具 → 数据体检…”看是哪些，查清原因，必要时从备份恢复。"
_YEARS_AHEAD = 10
_TOLD = 3


def check_if_due(bench: Workbench) -> bool:
    """The whole check, where today had none.

    Returns:
        Whether it was due.

    Raises:
        DataFileDamaged: Something is wrong; the sentences say what.
    """
    if not bench.read_only:
        attached_forms.seal_left(bench.data_folder)  # where a run that set the password was killed in the middle
    today = bench.today.isoformat()
    if bench.read_only or bench.setting(CHECKED_SETTING) == today:
        return False
    check(bench)
    check_log(bench)
    bench.remember(CHECKED_SETTING, today)
    return True


def check_pages(bench: Workbench) -> None:
    """What opening leaves to the moment after where the file is large: whether its pages are sound.

    Raises:
        DataFileDamaged: They are not.
    """
    from fupin_desktop.storage import opening

    if not bench.store.unchecked:
        return
    try:
        with told(), closing(bench.store.looking()) as connection:
            opening.quick_check(connection)
    except DataFileDamaged as fault:
        raise DataFileDamaged(fault.happened, safe=_KEPT, todo=f"先不要再录入。{_RESTORE}") from fault
    bench.store.unchecked = False


def check_log(bench: Workbench) -> None:
    """The operations since the last check: whether they are still as they were logged.

    Raises:
        DataFileDamaged: One is not.
    """
    from fupin_desktop.storage import chain

    with closing(bench.store.looking()) as connection:
        number, head = bench.setting(_LOG_SETTING) or (0, chain.START)
        if number and chain.head_of(connection, number) is None:  # a backup of before was restored
            number, head = 0, chain.START
        told = [] if not number or chain.head_of(connection, number) == head else [_OTHER_LOG]
        walk = chain.Check(connection, number, head)
        told += [fault.sentence for fault in walk.faults()]
    if told:
        raise DataFileDamaged(f"操作日志被改动过：{told[0]}", safe="数据照原样留着。", todo=_LOOK)
    bench.remember(_LOG_SETTING, [walk.number, walk.head])


def check(bench: Workbench) -> None:
    """The whole check; what killed copies of attached files left behind is removed on the way.

    Raises:
        DataFileDamaged: Something is wrong; the sentences say what.
    """
    from fupin_desktop.storage.checkup import full_check  # brings SQLAlchemy, which the start does without

    attachments.clear_left_overs(bench.data_folder)
    faults = full_check(bench.store.path)
    if faults:
        more = f"等共 {len(faults)} 处。" if len(faults) > _TOLD else ""
        raise DataFileDamaged(f"数据文件有损坏：{''.join(faults[:_TOLD])}{more}", todo=_RESTORE)


def clock_doubt(bench: Workbench) -> str:
    """Why the PC's clock can hardly be right, in one sentence; empty where nothing speaks against it.

    A dead battery sets a clock back for years; dates of papers, periods of notices and backups would go wrong.
    """
    now = bench.clock()
    found = bench.store.glance("SELECT max(at) FROM change_sets")[0][0]
    last = datetime.fromisoformat(found) if found else None
    if last is not None and now < last.replace(microsecond=0):
        return f"这台电脑的时间是{_moment(now)}，比最后一次修改数据的时间({_moment(last)})还早。"
    if not RELEASED - 1 <= now.year <= RELEASED + _YEARS_AHEAD:
        return f"这台电脑的日期是{say_date(now)}，看来不对。"
    return ""


def _moment(at: datetime) -> str:
    return f"{say_date(at)} {at:%H:%M}"
