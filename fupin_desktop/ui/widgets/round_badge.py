"""The state of something that is published, in a word or two with its tone."""

from __future__ import annotations

from fupin_desktop.services.notices.rounds import Round, RoundState

TONES = {
    RoundState.READY: "info", RoundState.OBJECTED: "must", RoundState.ENDED: "principle", RoundState.POSTED: "info",
    RoundState.DONE: "good", RoundState.NOT_YET: "plain",
}  # fmt: skip


def badge(one: Round) -> tuple[str, str]:
    """The state of a round in a word or two, and the tone of its badge."""
    if one.state is RoundState.POSTED:
        return ("今天期满" if not one.days_left else f"还有 {one.days_left} 天"), TONES[one.state]
    if one.state is RoundState.OBJECTED:
        return f"异议 {one.open_objections} 件", TONES[one.state]
    if one.state is RoundState.ENDED and one.next is not None:
        return f"待{one.next.step.label.removeprefix('公示')}", TONES[one.state]
    return one.state.label, TONES[one.state]
