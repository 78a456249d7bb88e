"""A Windows to try the setup in: Wine with a prefix of its own, a screen of its own and a Chinese locale."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINE = Path("/usr/lib/wine/wine64")
PACKAGES = ("wine", "wine64", "fonts-wine", "xvfb", "xauth", "locales")
LOCALE = "zh_CN.UTF-8"
"""Wine takes from it the code page of a Chinese Windows, 936."""

_CLASSES = r"HKEY_LOCAL_MACHINE\Software\Microsoft\WindowsRuntime\ActivatableClassId"
_CLASS = f"""REGEDIT4

[{_CLASSES}\\Windows.UI.ViewManagement.UISettings]
"DllPath"="C:\\\\windows\\\\system32\\\\windows.ui.dll"
"ActivationType"=dword:00000000
"Threading"=dword:00000000
"TrustLevel"=dword:00000000
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a Windows program left.

    Attributes:
        status: Its exit status; 124 where it took too long.
        out: What it printed, errors too.
    """

    status: int
    out: str


def ready() -> bool:
    """Whether this machine has all a trial needs."""
    tools = ("Xvfb", "xvfb-run", "x86_64-w64-mingw32-gcc", "makensis", "localedef")
    return WINE.is_file() and all(shutil.which(tool) for tool in tools)


class Wine:
    """A prefix.

    Args:
        folder: Where it is kept; made by ``make``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"

    @property
    def user(self) -> Path:
        """The Windows user's own folder."""
        return next(path for path in (self.drive / "users").iterdir() if path.name != "Public")

    def make(self) -> None:
        """Make the prefix, with what Wine 8 lacks."""
        if (self.folder / "made").is_file():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self._home.mkdir(parents=True, exist_ok=True)
        known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout
        if LOCALE.lower().replace("-", "") not in known.lower():
            subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", LOCALE], check=True)
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        system = self.drive / "windows" / "system32"
        _compile(HERE / "uisettings.c", system / "windows.ui.dll", "-shared")
        _compile(HERE / "random.c", system / "bcryptprimitives.dll", "-shared", "-ladvapi32")
        _compile(HERE / "explorer.c", self.drive / "explorer.exe", "-municode")
        (self.drive / "class.reg").write_text(_CLASS, encoding="ascii", newline="\r\n")
        self.run("regedit", "/S", r"C:\class.reg")
        (self.folder / "made").touch()

    def run(self, *words: str, folder: Path | None = None, seconds: float = 300, settle: bool = True) -> Ran:
        """Run a Windows program on a screen of its own; what it started is ended with it.

        Args:
            words: The program and its arguments, as Windows names them.
            folder: The current folder.
            seconds: After which it is ended.
            settle: Whether to wait until nothing runs any more in the prefix.
        """
        command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", str(WINE), *words]
        # Through a pipe: with its output straight in a file Python stops here with an invalid handle.
        process = subprocess.Popen(
            command, cwd=folder or (self.drive if self.drive.is_dir() else None), env=self._environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            out, _ = process.communicate(timeout=seconds)
            status = process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            if settle:
                self._settle()
            out, _ = process.communicate()
            status = 124
        if settle:
            self._settle()
        lines = _text(out).replace("\r", "").splitlines()
        noise = ("X connection to", "wine client error", "it looks like wine32")
        return Ran(status, "\n".join(line for line in lines if not any(word in line for word in noise)))

    @property
    def _home(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-home")

    def _environment(self) -> dict[str, str]:
        """Wine links Desktop and Documents to the home folder: it gets one of its own."""
        left_out = ("XDG_", "PYTHON", "QT_", "DISPLAY")
        env = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        return {
            **env, "HOME": str(self._home), "WINEPREFIX": str(self.folder), "WINEARCH": "win64", "WINEDEBUG": "-all",
            "LC_ALL": LOCALE, "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe,winemenubuilder.exe=",
        }  # fmt: skip

    def _settle(self) -> None:
        """Wait until the prefix's own server has written the registry; end it where something still runs."""
        server = WINE.with_name("wineserver64")
        for option, seconds in (("-w", 20), ("-k", 20)):
            try:
                subprocess.run([str(server), option], env=self._environment(), timeout=seconds, check=False)
            except subprocess.TimeoutExpired:
                continue
            return


def _text(out: bytes) -> str:
    """What a Windows program printed: in UTF-8, or as a Chinese Windows' console has it."""
    try:
        return out.decode("utf-8")
    except UnicodeDecodeError:
        return out.decode("gb18030", "replace")


def _compile(source: Path, target: Path, *more: str) -> None:
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O2", "-s", "-o", str(target), str(source), *more], check=True)


if __name__ == "__main__":
    made = Wine(Path(sys.argv[1]))
    made.make()
    done = made.run(*sys.argv[2:])
    print(done.out)
    sys.exit(done.status)
