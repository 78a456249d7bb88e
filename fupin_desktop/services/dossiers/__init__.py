"""Dossiers (卷宗): everything about a scheme, project, source, household, village or period in order, in one PDF.

What is missing stands on top; a workbook beside it holds all rows.
"""

from __future__ import annotations

from fupin_desktop.services.dossiers.choices import Choice, Kind, choices, make
from fupin_desktop.services.dossiers.others import household, period, project, source, village
from fupin_desktop.services.dossiers.parts import Dossier, Part, Rows
from fupin_desktop.services.dossiers.scheme import collect as scheme
from fupin_desktop.services.dossiers.writing import WrittenDossier, file_name, write

__all__ = [
    "Choice",
    "Dossier",
    "Kind",
    "Part",
    "Rows",
    "WrittenDossier",
    "choices",
    "file_name",
    "household",
    "make",
    "period",
    "project",
    "scheme",
    "source",
    "village",
    "write",
]
