"""The sample office: invented people in real places, one year of awards, for trying the program out."""

from __future__ import annotations

from fupin_desktop.services.samples.making import make_sample

__all__ = ["make_sample"]
