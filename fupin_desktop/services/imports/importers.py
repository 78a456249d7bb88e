"""Which importer takes the lists of which register."""

from __future__ import annotations

from fupin_desktop.services.imports.flat.importer import FlatImporter, flat_importer
from fupin_desktop.services.imports.households.importer import HOUSEHOLD_LISTS
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.registers.description import Register


def importer_of(register: Register, owner: str = "") -> Importer:
    """The importer of a register's lists; households, their items and members come by the lists that gather them.

    Args:
        register: The register.
        owner: Key of the one record that all rows of the list belong to; empty where they say so themselves.
    """
    if owner:
        return FlatImporter(register, owner)
    return HOUSEHOLD_LISTS if register.name in HOUSEHOLD_LISTS.registers else flat_importer(register)
