"""Alembic's entry: runs on the connection that the program hands over; it needs no ini file and sets up no logging."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.entities import Base


def _render(kind: str, item: Any, _autogenerate_context: Any) -> str | Literal[False]:
    """Documents are plain text to a migration, which must not depend on today's classes."""
    return "sa.Text()" if kind == "type" and isinstance(item, Document) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=_render,
    compare_type=True,
)
context.run_migrations()
