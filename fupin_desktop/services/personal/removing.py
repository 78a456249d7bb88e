"""Removing personal data: names become marks, numbers, accounts, notes and files go, in the registers and in the log.

Areas, amounts, classes and years stay, so that sums and reports come to the same; approved papers and posted notices
stay as they are, and so do accounts until they are 30 years old. A backup is written before; what it holds and what
older backups hold is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed, Situation
from fupin_desktop.services import attachments, first_look
from fupin_desktop.services.attachments import of as attached
from fupin_desktop.services.personal.belonging import (
    GONE,
    HOUSEHOLD_TABLE,
    PERSON_TABLE,
    belonging,
    documents,
    old_accounts,
)
from fupin_desktop.services.personal.retention import accounts_before, due
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.storage import bulk, redacting
from fupin_desktop.storage.backup_files import Reason
from fupin_desktop.storage.document_type import load_document
from fupin_desktop.storage.entities import (
    Base,
    FrozenPaper,
    Household,
    KeptColumns,
    Person,
    PrintRecord,
    RegisterReason,
    Village,
)
from fupin_desktop.storage.fields import Kind, of
from fupin_desktop.storage.search_keys import search_key, sort_key
from fupin_desktop.storage.unit import Unit, entity_named

_MARK = "@"
"""Stands for the mark that takes the place of a name."""
ERASED: Mapping[str, Mapping[str, Any]] = {
    "households": {
        "code": "", "head_name": _MARK, "head_id_number": "", "phone": "", "bank_name": "", "account_name": "",
        "bank_account": "", "cause": "", "loan_refusal": "", "note": "",
    },
    "persons": {
        "code": "", "name": _MARK, "id_number": "", "phone": "", "ethnicity": "", "education": "", "health": "",
        "labour": "", "working": "",
    },
    "earlier_facts": {"bank_name": "", "account_name": "", "bank_account": ""},
    "household_incomes": {"note": ""},
    "farm_items": {"cost_evidence": "", "note": "", "photos": None},
    "microcredits": {"contract_no": "", "reason": "", "note": "", "papers": None},
    "microcredit_renewals": {"note": ""},
    "microcredit_repayments": {"note": ""},
    "interest_subsidies": {"note": ""},
    "insurances": {"insured": _MARK, "policy_no": "", "note": "", "papers": None},
    "insurance_claims": {"cause": "", "note": ""},
    "sales": {"note": "", "papers": None},
    "guide_visits": {"content": "", "result": "", "papers": None},
    "expert_services": {"content": "", "result": "", "papers": None},
    "linkages": {"contract_no": "", "contract": None, "note": ""},
    "commendations": {"cause": "", "grounds": "", "note": ""},
    "proceeds_shares": {"reason": ""},
    "skills": {"note": ""},
    "trainees": {"name": _MARK, "note": ""},
    "surveys": {"support": "", "note": ""},
    "survey_answers": {"answer": ""},
    "applications": {"place": _MARK},
    "application_values": {"value": None},
    "register_reasons": {"record": _MARK},
    "kept_columns": {"texts": {}},
}  # fmt: skip
"""What is put into which columns; tables that are not named hold nothing of a person but what others keep."""
EXPIRED: Mapping[str, Mapping[str, Any]] = {
    "payment_rows": {
        "head_name": _MARK, "id_number": "", "account_name": "", "bank_name": "", "account": "", "phone": "",
        "account_reason": "", "return_reason": "", "note": "",
    },
    "acceptance_rows": {"head_name": _MARK, "note": "", "files": None},
}  # fmt: skip
"""What is put into accounts older than they must be kept; quantities and amounts stay, and sums come to the same."""
KEPT = {("households", "guide"), ("households", "helper")}
"""Names of others, who work for the office."""


def forget(bench: Workbench, keys: Sequence[str], progress: Progress | None = None) -> Change:
    """Remove the personal data of households past the retention period. It cannot be undone.

    Args:
        bench: The workbench.
        keys: The households, of those that :func:`services.personal.due` lists.
        progress: Told of the steps.

    Raises:
        NotAllowed: One is not past the period, or the operator is no manager.
        Situation: The backup before, or the write failed; nothing was changed.
    """
    bench.require_right("personal.forget")
    if not set(keys) <= {one.key for one in due(bench)} or not keys:
        raise NotAllowed("选中的户还没有到期，没有删除。", todo="请重新列出到期的户再选。")
    _tell(progress, 0, "正在备份")
    bench.back_up(Reason.MANUAL)
    title = f"删除 {len(keys)} 户到期的个人资料"
    with bench.write("personal.forget", title, undoable=False) as unit:
        left: set[str] = set()
        unit.connection.exec_driver_sql("PRAGMA secure_delete=ON")
        for place, key in enumerate(keys):
            _tell(progress, 1 + place * 8 // len(keys), "正在删除个人资料")
            left |= _forget_one(unit, key, accounts_before(bench))
    _tell(progress, 9, "正在清理数据文件")
    _drop_files(bench, left)
    (bench.data_folder / first_look.FILE).unlink(missing_ok=True)
    told = f"已删除 {len(keys)} 户的个人资料；以前的备份里还有，请按规定另行销毁。"
    try:
        bench.store.compact()
    except Situation:
        told += "数据文件正忙，没有压缩；下次删除时再压缩。"
    return bench.change(unit, told)


def _tell(progress: Progress | None, done: int, text: str) -> None:
    if progress is not None:
        progress(done, 10, text)


def _forget_one(unit: Unit, key: str, oldest: int) -> set[str]:
    """Empty one household with all that belongs to it; checksums of the files that it had."""
    session = unit.session
    records = belonging(session, HOUSEHOLD_TABLE, [key])
    records |= {name: keys for name, keys in _open_documents(session, key).items() if name in ERASED}
    every = [one for keys in records.values() for one in keys]
    reasons = session.scalars(select(RegisterReason.key).where(RegisterReason.record_key.in_(every))).all()
    records |= {RegisterReason.__tablename__: list(reasons)} if reasons else {}
    kept = session.scalars(select(KeptColumns.key).where(KeptColumns.owner_key.in_(every))).all()
    records |= {KeptColumns.__tablename__: list(kept)} if kept else {}
    mark = f"{GONE}{key[-6:]}"
    names = _names(session, records, mark)
    printed = _printed(session, [*every, *documents(session, key).get("applications", ())], names)
    records |= old_accounts(session, key, oldest)
    erased = {**ERASED, **EXPIRED}
    wanted = {name: _values(session, name, keys, mark) for name, keys in records.items() if name in erased}
    wanted[PrintRecord.__tablename__] = printed
    files = _files(session, records)
    redacting.forget(unit, {name: values for name, values in wanted.items() if values}, names)
    return files


def _open_documents(session: Session, key: str) -> dict[str, list[str]]:
    """Documents of the household, but for those that were approved and are archives."""
    found = documents(session, key)
    frozen = found.get(FrozenPaper.__tablename__)
    return {} if frozen else found


def _printed(session: Session, keys: Sequence[str], names: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Titles in the list of what was printed of the records, without the names."""
    found: dict[str, dict[str, Any]] = {}
    columns = select(PrintRecord.key, PrintRecord.title)
    for part in bulk.chunks(sorted(keys)):
        for key, title in session.execute(columns.where(PrintRecord.paper_key.in_(part))):
            told = title
            for name, other in names.items():
                told = told.replace(name, other)
            if told != title:
                found[key] = {"title": told}
    return found


def _names(session: Session, records: Mapping[str, Sequence[str]], mark: str) -> dict[str, str]:
    """The names that titles of operations may hold, with what takes their place; the longest first."""
    found = list(session.scalars(select(Household.head_name).where(Household.key.in_(records[HOUSEHOLD_TABLE]))))
    found += session.scalars(select(Person.name).where(Person.key.in_(records.get(PERSON_TABLE, ())))).all()
    return {name: mark for name in sorted(set(found), key=len, reverse=True) if len(name) > 1}


def _values(session: Session, name: str, keys: Sequence[str], mark: str) -> dict[str, dict[str, Any]]:
    """What is put into the records of a table, the derived words with it."""
    found: dict[str, dict[str, Any]] = {}
    for number, key in enumerate(keys, 1):
        own = mark if name == HOUSEHOLD_TABLE else f"{mark}-{number}"
        given = ERASED.get(name) or EXPIRED[name]
        values = {column: own if value == _MARK else value for column, value in given.items()}
        if name == HOUSEHOLD_TABLE:
            values |= {"search_key": search_key(own, "", _village(session, key), ""), "head_sort": sort_key(own)}
        elif name == PERSON_TABLE:
            values |= {"search_key": search_key(own, "", "", ""), "name_sort": sort_key(own)}
        found[key] = values
    return found


def _village(session: Session, key: str) -> str:
    named = select(Village.name).join(Household, Household.village_key == Village.key).where(Household.key == key)
    return session.scalar(named) or ""


# ---- attached files ----
def _file_columns(name: str) -> list[str]:
    return [column for column, field in of(entity_named(name)).items() if field.kind is Kind.FILES]


def _files(session: Session, records: Mapping[str, Sequence[str]]) -> set[str]:
    """Checksums of the files that the records have."""
    found: set[str] = set()
    for name, keys in records.items():
        columns = [column for column in _file_columns(name) if column in (ERASED.get(name) or EXPIRED.get(name, {}))]
        rows = bulk.fetch_rows(session.connection(), Base.metadata.tables[name], columns, keys) if columns else {}
        found |= {file.sha256 for row in rows.values() for stored in row for file in attached(_plain(stored))}
    return found


def _plain(stored: Any) -> Any:
    return load_document(stored) if isinstance(stored, str) else stored


def _drop_files(bench: Workbench, sums: set[str]) -> None:
    """Delete the contents that no record names any more."""
    if not sums:
        return
    with bench.read() as session:
        for name, table in Base.metadata.tables.items():
            for column in _file_columns(name):
                for stored in session.execute(select(table.c[column]).where(table.c[column].is_not(None))).scalars():
                    sums -= {file.sha256 for file in attached(_plain(stored))}
    for one in sums:
        attachments.remove(bench.data_folder, one)
