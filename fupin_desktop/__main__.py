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
    from fupin_desktop import ahead
    from fupin_desktop.ui import preferences, qt_loading

    begun = ahead.begin(preferences.load().data_folder, data, sample=sample)
    qt_loading.load()
    from fupin_desktop import app

    return app.run(data=data, sample=sample, ahead=begun)


if __name__ == "__main__":
    sys.exit(main())
