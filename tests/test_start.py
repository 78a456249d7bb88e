"""What is told where the program cannot even open its window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from fupin_desktop import __main__
from fupin_desktop.ui import preferences


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A virus scanner has taken a library away."""

    def fails() -> None:
        raise ImportError("DLL load failed while importing QtCore")

    monkeypatch.setattr(preferences, "load", fails)
    yield
    gc.enable()


@pytest.mark.usefixtures("broken")
def test_without_a_console_a_box_tells_that_files_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "__stdout__", None)
    monkeypatch.setattr(__main__, "_boxed", lambda text: told.append(text) or True)
    assert __main__.main([]) == 1
    assert "台账数据没有受影响" in told[0]
    assert told[0].endswith("ImportError: DLL load failed while importing QtCore")


@pytest.mark.usefixtures("broken")
def test_with_a_console_or_without_a_box_the_fault_itself_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportError, match="DLL load failed"):
        __main__.main([])
    monkeypatch.setattr(sys, "__stdout__", None)
    monkeypatch.setattr(__main__, "_boxed", lambda _text: False)
    with pytest.raises(ImportError, match="DLL load failed"):
        __main__.main([])
