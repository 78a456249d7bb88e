"""Which importer takes the lists of which register."""

from __future__ import annotations

from fupin_desktop.services.imports.flat.importer import flat_importer
from fupin_desktop.services.imports.households.importer import HOUSEHOLD_LISTS
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.registers.description import Register


def importer_of(register: Register) -> Importer:
    """The importer of a register's lists; households, their items and members come by the lists that gather them."""
    return HOUSEHOLD_LISTS if register.name in HOUSEHOLD_LISTS.registers else flat_importer(register)
