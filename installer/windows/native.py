"""The few Windows program files made here: the launchers, and the ``python3.dll`` which the wheel lacks."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from pe import Image
from wheels import ABI, HERE, ROOT

APP = "FupinDesktop"
COMMAND = "fupin"
TITLE = "产业扶贫工作台"
MODULE = "fupin_desktop"
ICON = ROOT / "resources" / "icons" / "app.ico"

_REPRODUCIBLE = "-Wl,--no-insert-timestamp"


def tool(name: str) -> str:
    """A tool of the cross compiler, or of a compiler on Windows itself."""
    cross = f"x86_64-w64-mingw32-{name}"
    return cross if shutil.which(cross) else name


def numbers(version: str) -> list[str]:
    """The four numbers that Windows wants of a version: 0, 1, 0, 0 of ``0.1.0rc1``."""
    found = re.match(r"\d+(\.\d+)*", version)
    return [*(found[0].split(".") if found else []), "0", "0", "0", "0"][:4]


def stable_abi(runtime: Path, work: Path) -> None:
    """Make ``python3.dll``: modules of the stable ABI (Qt's …) want it; every export is handed on to the real one."""
    exports = Image(runtime / f"python{ABI}.dll").exports()
    lines = [f"  {name} = python{ABI}.{name}{' DATA' if data else ''}" for name, data in exports]
    (work / "python3.def").write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *lines, ""]), encoding="ascii")
    (work / "nothing.c").write_text("static int unused;\n", encoding="ascii")
    target = runtime / "python3.dll"
    _compile(
        "-shared", "-nostdlib", "-Wl,--entry=0,--image-base=0x180000000", "-o", target,
        work / "nothing.c", work / "python3.def",
    )  # fmt: skip
    target.write_bytes(Image(target).without_moment())


def launchers(folder: Path, work: Path, version: str, *, tests: bool = False) -> None:
    """Make the window's program and the command's; for the tests under Wine a plain ``python.exe`` too."""
    module = f'-DMODULE=L"{MODULE}"'
    _launcher(folder, work, APP, version, module, "-mwindows", "-DWINDOW")
    _launcher(folder, work, COMMAND, version, module)
    if tests:
        _launcher(folder, work, "python", version)


def _launcher(folder: Path, work: Path, name: str, version: str, *options: str) -> None:
    values = {
        "NUMBERS": ",".join(numbers(version)), "VERSION": version, "TITLE": TITLE,
        "NAME": name, "ICON": ICON.as_posix(), "MANIFEST": (HERE / "program.manifest").as_posix(),
    }  # fmt: skip
    text = (HERE / "program.rc").read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    script, compiled = work / f"{name}.rc", work / f"{name}.o"
    script.write_text(text, encoding="utf-8")
    subprocess.run([tool("windres"), "-c", "65001", str(script), "-O", "coff", str(compiled)], check=True)
    python = f'-DPYTHON=L"python{ABI}"'
    _compile(
        "-municode", "-static", "-Wall", "-Werror", python, *options, "-o", folder / f"{name}.exe",
        HERE / "launcher.c", compiled, "-lshell32",
    )  # fmt: skip


def _compile(*words: object) -> None:
    subprocess.run([tool("gcc"), "-O2", "-s", _REPRODUCIBLE, *map(str, words)], check=True)
