"""The values of fields: one reader and one shower for each kind, used wherever a value comes in or is shown.

A typed or pasted cell, an imported workbook, the command line and the ledger all read by
:func:`read`; how severe what it finds is, depends on the place of entry alone (:mod:`.severity`).
"""

from fupin_desktop.services.values.cells import tidy, typed
from fupin_desktop.services.values.context import Context
from fupin_desktop.services.values.faults import Fault, Reading
from fupin_desktop.services.values.reading import doubt, doubted, read
from fupin_desktop.services.values.severity import Place
from fupin_desktop.services.values.showing import show

__all__ = ["Context", "Fault", "Place", "Reading", "doubt", "doubted", "read", "show", "tidy", "typed"]
