"""Acceptance (验收, REGISTERS G4): a village's items measured in the field, spot-checked by the town, written back.

A batch lists what was declared. What is measured is typed, or read back from the list that went out; writing it puts
the accepted quantities into the register as one change with its log.
"""

from __future__ import annotations

from fupin_desktop.services.acceptance.making import create, leave_out, remove, set_facts
from fupin_desktop.services.acceptance.measuring import Measured, attach, measure, pick_spot
from fupin_desktop.services.acceptance.model import Acceptance, AcceptanceLine, MeasureRow
from fupin_desktop.services.acceptance.read_back import ReadBack, read_list
from fupin_desktop.services.acceptance.reading import batches, load, waiting
from fupin_desktop.services.acceptance.writing import write

__all__ = [
    "Acceptance",
    "AcceptanceLine",
    "MeasureRow",
    "Measured",
    "ReadBack",
    "attach",
    "batches",
    "create",
    "leave_out",
    "load",
    "measure",
    "pick_spot",
    "read_list",
    "remove",
    "set_facts",
    "waiting",
    "write",
]
