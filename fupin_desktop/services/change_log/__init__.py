"""Every change of the data file: who did what when, before and after, found, taken back and done again."""

from fupin_desktop.services.change_log.details import Detail, details
from fupin_desktop.services.change_log.listing import Logged, Wanted, find, of_record, people, rows, table_choices
from fupin_desktop.services.change_log.writing import write_changes

__all__ = [
    "Detail",
    "Logged",
    "Wanted",
    "details",
    "find",
    "of_record",
    "people",
    "rows",
    "table_choices",
    "write_changes",
]
