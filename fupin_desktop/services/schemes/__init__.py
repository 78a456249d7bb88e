"""Award schemes of the office: kept, moved through their states, written to and read from TOML files."""

from __future__ import annotations

from fupin_desktop.services.schemes.records import (
    SchemeLine,
    SchemeState,
    all,  # noqa: A004 - read as schemes.all
    blank,
    copy_to_year,
    correct,
    decision_complete,
    load,
    move,
    own_classes,
    read_file,
    remove,
    save,
    scheme_text,
    set_state,
    write_file,
)

__all__ = [
    "SchemeLine",
    "SchemeState",
    "all",
    "blank",
    "copy_to_year",
    "correct",
    "decision_complete",
    "load",
    "move",
    "own_classes",
    "read_file",
    "remove",
    "save",
    "scheme_text",
    "set_state",
    "write_file",
]
