"""Papers of the awards tab: sheet, working, scheme."""

from __future__ import annotations

from fupin_desktop.services import schemes
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.document_types import award_scheme
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.awards.state import AwardsState

_NONE_YET = "还没有可以打印的测算。"


class AwardPapers:
    """The papers of the calculation shown.

    Attributes:
        sheet: 测算表.
        working: 逐户计算说明.
        scheme: 方案文本.
    """

    def __init__(self, shell: Shell, state: AwardsState) -> None:
        self._shell, self._state = shell, state
        self.sheet = self._actions("award_sheet")
        self.working = self._actions("award_working")
        self.scheme = PaperActions(shell, self._scheme, "awards", key=lambda: state.key)

    def _actions(self, form_id: str) -> PaperActions:
        return PaperActions(
            self._shell, lambda: self._of_result(form_id), "awards", key=lambda: self._state.key, none_yet=_NONE_YET,
            beside=True,
        )

    def _of_result(self, form_id: str) -> Computed | None:
        bench, result, numbers = self._shell.bench, self._state.result, dict(self._state.numbers)
        if result is None or not result.awards:
            return None
        return computed.paper(bench, form_id, subject(bench, result, numbers, self._state.stored()))

    def _scheme(self) -> Computed | None:
        bench, scheme = self._shell.bench, self._state.scheme
        if scheme is None:
            return None
        key = self._state.key if self._state.key and schemes.load(bench, self._state.key) == scheme else ""
        return computed.paper(bench, "award_scheme", award_scheme.paper_of(bench, scheme, key))
