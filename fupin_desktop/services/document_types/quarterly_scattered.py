"""清远市各乡镇分散贫困人口农业产业扶贫项目发展情况表 (清远 附件3)."""

from __future__ import annotations

from fupin_desktop.services.reports.document import quarterly

TYPE = quarterly("quarterly_scattered", "分散贫困人口季度报表", 61)
