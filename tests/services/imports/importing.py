"""Lists written for a test and imported; what is stored of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.workbench import Workbench
from tests.services.imports.making import HEAD, book


def file(tmp_path: Path, *rows: Any, head: Any = HEAD, name: str = "名册.xlsx") -> Path:
    return book(tmp_path / name, [head, *rows])


def stored(bench: Workbench, entity: Any) -> list[Any]:
    with bench.read() as session:
        return list(session.scalars(select(entity).order_by(entity.key)))


def imported(bench: Workbench, path: Path, **more: Any) -> Preview:
    preview = prepare(bench, path, **more)
    apply(bench, preview)
    return preview
