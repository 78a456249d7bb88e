"""Personal data: where it lies, everything about one person, and its removal after the retention period."""

from fupin_desktop.services.personal.about import Section, everything, write_everything
from fupin_desktop.services.personal.removing import forget
from fupin_desktop.services.personal.retention import Due, due, kept_years, set_kept_years
from fupin_desktop.services.personal.where import places

__all__ = [
    "Due",
    "Section",
    "due",
    "everything",
    "forget",
    "kept_years",
    "places",
    "set_kept_years",
    "write_everything",
]
