"""清远市省定贫困村农业产业扶贫项目发展情况表 (清远 附件2)."""

from __future__ import annotations

from fupin_desktop.services.reports.document import quarterly

TYPE = quarterly("quarterly_poor_village", "省定贫困村季度报表", 60)
