"""A list of problems that stop something, with nothing to do but to read and mend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from fupin_desktop.policy.problems import Problem
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.problem_list import ProblemList


class ProblemsDialog(QDialog):
    """Title, what to do, the findings, 关闭."""

    def __init__(self, title: str, problems: Sequence[Problem], parent: QWidget | None = None, todo: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 420)
        layout = vbox(
            label(f"{title}：共 {len(problems)} 项", "title"), on=self, margins=(18, 16, 18, 14), spacing=10,
        )  # fmt: skip
        if todo:
            layout.addWidget(label(todo, "muted", wrap=True))
        self.list = ProblemList(links=False)
        self.list.set_problems(problems)
        layout.addWidget(self.list, 1)
        row = hbox(STRETCH, button("关闭", self.accept))
        layout.addLayout(row)
