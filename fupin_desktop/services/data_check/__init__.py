"""数据体检: whether data file, log, records, sums, kept papers and attached files are what they should be."""

from fupin_desktop.services.data_check.checking import check, code_agrees
from fupin_desktop.services.data_check.derived import mend
from fupin_desktop.services.data_check.model import Finding, Part, Report

__all__ = ["Finding", "Part", "Report", "check", "code_agrees", "mend"]
