"""Entry points: ``fupin-desktop`` and ``python -m fupin_desktop``."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Run a command, or open the window where none is given; returns the exit status."""
    _give_handles()
    given = sys.argv[1:] if words is None else words
    if not given:
        return _open_window(None, sample=False)
    from fupin_desktop.cli.main import parse, run_command

    arguments = parse(given)
    if arguments.selftest is not None:
        from fupin_desktop import selftest

        return selftest.run(arguments.selftest)
    if arguments.command is None:
        return _open_window(arguments.data, sample=arguments.sample)
    return run_command(arguments)


def main_window() -> int:
    """Open the window (entry point without a console)."""
    return main()


def _give_handles() -> None:
    """A program installed on Windows without a console has no standard streams; libraries that write to them stop."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - stays for good


def _open_window(data: Path | None, *, sample: bool) -> int:
    """Open the window; Qt is imported here and nowhere on the way of a command, while the data file is checked."""
    gc.disable()  # loading only makes objects that stay; the window turns it on again when it is up
    try:
        from fupin_desktop import ahead
        from fupin_desktop.ui import preferences, qt_loading

        begun = ahead.begin(preferences.load().data_folder, data, sample=sample)
        qt_loading.load()
        from fupin_desktop import app

        return app.run(data=data, sample=sample, ahead=begun)
    except Exception as trouble:
        if sys.__stdout__ is not None or not _boxed(_broken_text(trouble)):
            raise
        return 1


def _broken_text(trouble: Exception) -> str:
    """What is told where the program cannot even open its window, as when a virus scanner has taken a file away."""
    return (
        f"程序没有打开。台账数据没有受影响。\n\n可能是程序文件不全，例如被杀毒软件隔离了：请重新安装产业扶贫工作台。"
        f"还是打不开的，请把下面的话拍下来，交给技术人员。\n\n{type(trouble).__name__}: {trouble}"
    )


def _boxed(text: str) -> bool:
    """Show a text without Qt, which may be what is missing; only Windows has such a box, where no console shows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "产业扶贫工作台打不开", 0x10)
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
