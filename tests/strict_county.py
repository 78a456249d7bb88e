"""A county whose own parameter file allows no exception from 吴川 三(二)2 and 三(二)3."""

from __future__ import annotations

from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.policy.parameters import Parameters, load_parameters
from fupin_desktop.services.workbench import Workbench

CITED = "本县实施细则 二"
POLICY = f"""\
[document]
title = "本县产业扶贫实施细则"

[original_plan_strictness]
[[original_plan_strictness.values]]
from = 2020-01-01
value = "必须"
clause = "{CITED}"
gist = "一律按原定方案执行"

[participants_strictness]
[[participants_strictness.values]]
from = 2020-01-01
value = "必须"
clause = "{CITED}"
gist = "未参与的一律不得受惠"
"""


def lay_over(data_folder: Path) -> Path:
    """Put the county's file into a data folder; returns its path."""
    path = data_folder / "policy.toml"
    path.write_text(POLICY, encoding="utf-8")
    return path


def govern(bench: Workbench) -> None:
    """Let the county's file hold for an open office."""
    lay_over(bench.data_folder)
    bench.__dict__.pop("parameters", None)


def parameters(folder: Path) -> Parameters:
    """The policy parameters of such a county; its file is written into ``folder``."""
    return load_parameters(paths.resources() / "policy", lay_over(folder))
