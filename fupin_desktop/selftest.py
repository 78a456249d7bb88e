"""``--selftest DIR``: does this PC do all that the program needs? A report, pictures and papers, in one file to send.

It works on a sample office of its own, never on the office's data; what it writes names no real person.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fupin_desktop import __version__
from fupin_desktop.domain.memory import peak_mib, resident_mib
from fupin_desktop.paths import resources
from fupin_desktop.services import self_test

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from fupin_desktop.ui.ask import Asker

REPORT, PACKED = "selftest.json", "自检报告.zip"
TITLE = "检查这台电脑"
_BEFORE = (
    "检查要几分钟：程序在示范数据上计算、写文件，自己打开每个页面和对话框。出现结果以前，请不要动键盘和鼠标。\n\n"
    "单位的数据不会动。"
)
MOST_MEMORY_MIB = 900
"""Far more than the sample office and a window take; what a small office PC can spare."""

Facts = dict[str, Any]


class SelfTest:
    """The steps in turn; one that fails does not stop the others.

    Args:
        folder: Where the report, ``pictures``, ``papers`` and the sample ``office`` go.
        clock: The PC's own moment, for the report.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self.folder, self._begun = folder, f"{clock():%Y-%m-%d %H:%M:%S}"
        self._office = folder / "office"
        self._steps: list[Facts] = []

    def run(self) -> bool:
        """Do everything; returns whether all went well. The report is kept up, so that a crash is seen in it too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._step("system", _system)
        self._step("sample office", self._sample)
        self._step("calculation", self._calculation)
        self._step("papers", self._papers)
        self._step("register to a workbook and back", self._register)
        self._step("backup", self._backup)
        self._step("tabs and dialogs", self._pictures)
        self._step("password", lambda: {"schemes": self_test.protected_and_back(self._office)})
        self._step("memory", _memory)
        self._pack()
        return all(step["ok"] for step in self._steps)

    def _step(self, name: str, work: Callable[[], Facts]) -> None:
        start = time.monotonic()
        step: Facts = {"name": name, "ok": False, "trouble": "the program ended here"}
        self._steps.append(step)
        self._report()
        try:
            found = {"ok": True, **work()}
        except Exception as trouble:
            found = {"ok": False, "trouble": _told(trouble)}
        step.clear()
        step.update(name=name, **found, seconds=round(time.monotonic() - start, 2))
        self._report()

    def _report(self) -> None:
        good = all(step["ok"] for step in self._steps)
        report = {"program": __version__, "begun": self._begun, "ok": good, "steps": self._steps}
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (self.folder / REPORT).write_text(text + "\n", encoding="utf-8")

    def _sample(self) -> Facts:
        self_test.make_office(self._office)
        return {}

    def _calculation(self) -> Facts:
        with self_test.office(self._office) as bench:
            return {"awards": self_test.calculated(bench)}

    def _papers(self) -> Facts:
        with self_test.office(self._office) as bench:
            return {"sha256": self_test.write_papers(bench, self.folder / "papers")}

    def _register(self) -> Facts:
        with self_test.office(self._office) as bench:
            return {"rows": self_test.register_there_and_back(bench, self.folder / "papers" / "register.xlsx")}

    def _backup(self) -> Facts:
        with self_test.office(self._office) as bench:
            return {"bytes": bench.back_up().path.stat().st_size}

    def _pictures(self) -> Facts:
        """Open every tab and dialog; each that fails is named, and the others are opened all the same."""
        from fupin_desktop import app

        failed: dict[str, str] = {}
        saved = app.save_shots(
            self._office, self.folder / "pictures", lambda: self_test.MOMENT,
            lambda name, trouble: failed.update({name: _told(trouble)}),
        )  # fmt: skip
        screen = _screen()
        if screen["font"] != screen["menus"]:
            failed["menus"] = f"their font is {screen['menus']}, the window's {screen['font']}"
        return {"ok": not failed, "failed": failed, "pictures": [path.stem for path in saved], "screen": screen}

    def _pack(self) -> None:
        """What is to be sent, in one file."""
        with zipfile.ZipFile(self.folder / PACKED, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(self.folder / REPORT, REPORT)
            for path in sorted((self.folder / "pictures").glob("*.png")):
                archive.write(path, f"pictures/{path.name}")


def _told(trouble: Exception) -> str:
    import traceback

    lines = traceback.format_exception(trouble)
    return f"{type(trouble).__name__}: {trouble}\n{''.join(lines[-3:])}"


def _system() -> Facts:
    """What the program runs on; no names of the PC or its user."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "encoding": sys.getfilesystemencoding(),
        "installed": resources().is_relative_to(Path(sys.executable).parent),
    }


def _memory() -> Facts:
    most, now = round(peak_mib()), round(resident_mib())
    return {"ok": 0 < most < MOST_MEMORY_MIB, "peak_mib": most, "at_most": MOST_MEMORY_MIB, "now_mib": now}


def _screen() -> Facts:
    """The screens and the font the window was drawn with."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinterInfo
    from PySide6.QtWidgets import QApplication

    screens = [
        {
            "size": [one.size().width(), one.size().height()],
            "scale": one.devicePixelRatio(),
            "dpi": round(one.logicalDotsPerInch()),
        }
        for one in QGuiApplication.screens()
    ]
    return {
        "platform": QGuiApplication.platformName(), "screens": screens,
        "font": _named(QApplication.font()),
        "menus": _named(QApplication.font("QMenuBar")),  # type: ignore[call-overload]  # takes text alone
        "printers": len(QPrinterInfo.availablePrinterNames()),
    }  # fmt: skip


def _named(font: QFont) -> str:
    from PySide6.QtGui import QFontInfo

    return f"{QFontInfo(font).family()} {font.pointSizeF():g} pt"


def run(folder: Path) -> int:
    """Run the self-test and say where the report is; 0 only where everything went well, or the user did not begin."""
    from fupin_desktop.ahead import local_time

    if not _has_console() and not _asker().question(None, TITLE, _BEFORE, yes="开始检查"):
        return 0
    good = False
    if _holds_other_things(folder):
        text = f"“{folder}”里有别的东西，没有检查，什么都没有改动。请换一个空的文件夹。"
    else:
        try:
            good = SelfTest(folder, local_time).run()
            text = "自检完成，一切正常。" if good else "自检完成，有没有通过的项目。"
            text = f"{text}请把“{folder / PACKED}”交给技术人员。"
        except OSError:
            text = f"“{folder}”里写不了自检的报告：可能没有权限，或者磁盘已满。单位的数据没有变动。请换一个文件夹。"
    _tell(text, folder / PACKED)
    return 0 if good else 1


def _holds_other_things(folder: Path) -> bool:
    """Whether a folder is more than an empty one or that of an earlier self-test, whose office is made anew."""
    return folder.is_dir() and any(folder.iterdir()) and not (folder / REPORT).is_file()


def _has_console() -> bool:
    """Whether it was typed, and not started from the menu."""
    return sys.__stdout__ is not None


def _asker() -> Asker:
    from fupin_desktop.app import make_application
    from fupin_desktop.ui.ask import Asker
    from fupin_desktop.ui.preferences import Preferences

    make_application(Preferences())
    return Asker()


def _tell(text: str, packed: Path) -> None:
    if _has_console():
        print(text)
    elif not packed.is_file():
        _asker().message(None, TITLE, text)
    elif (shown := _asker().written(None, TITLE, text, packed)) is not None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))
