"""Makes what a clerk is handed: the setup and the portable zip for Windows, from package registries alone.

``python3 installer/dev.py build`` runs it. Two builds of one checkout with the same tools are equal byte for byte.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import folder
import native
import pictures
from native import APP, ICON, TITLE
from wheels import HERE, ROOT

from fupin_desktop.paths import PORTABLE_MARK

OUT = ROOT / "out" / "windows"
CACHE = OUT / "cache"
MOST_SETUP_MB, MOST_INSTALLED_MB = 75, 200
STUB = "x86-unicode"
"""The setup's own program: a 32-bit one also runs on a 32-bit Windows, and says there why not."""
TRIAL_STUB = "amd64-unicode"
"""The same setup for a Wine that runs 64-bit programs only."""


_PORTABLE_TEXT = f"""{TITLE} {{version}} 便携版

双击 {APP}.exe 打开。程序、设置都在这个文件夹里，换一台电脑也能用，不需要安装。
台账数据放在哪里，第一次打开时决定；放在U盘上时，请常把备份复制到电脑硬盘上。
更新时先关闭程序，删除这个文件夹里的 runtime，再把新版本解压到同一个地方，覆盖其余的旧文件。

请不要删除本文件: 程序靠它知道自己是便携版。
"""


def build(*, trial: bool = False) -> dict[str, Path]:
    """Make everything; returns the files by what they are: ``folder``, ``setup``, ``zip`` and, for Wine, ``trial``.

    Raises:
        SystemExit: A tool is missing, a library would be missing on the clerk's PC, or something is too large.
    """
    need_tools()
    for old in (*OUT.glob("*-setup.exe"), *OUT.glob("*-portable.zip")):
        old.unlink()  # of another version, which would be taken for this one's
    made = {"folder": OUT / APP}
    version = folder.build(made["folder"], CACHE)
    missing = folder.missing_libraries(made["folder"])
    if missing:
        raise SystemExit("libraries are missing:\n" + "\n".join(missing))
    made["setup"] = OUT / f"{TITLE}-{version}-setup.exe"
    pack_setup(made["folder"], made["setup"], version)
    made["zip"] = OUT / f"{TITLE}-{version}-portable.zip"
    pack_zip(made["folder"], made["zip"], version)
    if trial:
        made["trial"] = OUT / "trial" / "trial.exe"
        pack_setup(made["folder"], made["trial"], version, stub=TRIAL_STUB, quick=True)
    _weigh(made)
    return made


def need_tools() -> None:
    """Say what is missing before the work begins."""
    wanted = ("makensis", native.tool("gcc"), native.tool("windres"))
    missing = [name for name in wanted if not shutil.which(name)]
    if missing:
        raise SystemExit(
            f"missing: {', '.join(missing)}. On Debian:  apt-get install nsis gcc-mingw-w64-x86-64\n"
            "On Windows: NSIS 3 and a mingw-w64 gcc on the PATH."
        )


def pack_setup(source: Path, target: Path, version: str, *, stub: str = STUB, quick: bool = False) -> None:
    """Pack the folder into a setup; a quick one is larger."""
    target.parent.mkdir(parents=True, exist_ok=True)
    files = CACHE / "files.nsh"
    files.write_text(_file_list(source), encoding="utf-8")
    values = {
        "APP": APP, "TITLE": TITLE, "VERSION": version, "NUMBERS": ".".join(native.numbers(version)),
        "FILES": files, "DEEPEST": deepest(source), "TARGET": target, "ICON": ICON, "STUB": stub,
        **pictures.draw(CACHE),
    }  # fmt: skip
    words = [f"-D{key}={value}" for key, value in values.items()]
    if quick:
        words.append("-DQUICK")
    # makensis goes into its script's folder, so every path is absolute.
    subprocess.run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *words, str(HERE / "setup.nsi")], check=True)


def deepest(source: Path) -> int:
    """How many characters of a path the program's own folders and files take at most, as Windows counts them.

    It wants room for a short name (8.3) in each folder that it makes.
    """
    lengths = [len(str(path.relative_to(source))) + (12 if path.is_dir() else 0) for path in source.rglob("*")]
    return max(lengths, default=0)


def _file_list(source: Path) -> str:
    """The files for NSIS in one order: the order in which a disk lists them differs from PC to PC."""
    lines, last = [], None
    for path in sorted(one for one in source.rglob("*") if one.is_file()):
        place = "\\".join(["${NEW}", *path.relative_to(source).parent.parts])
        if place != last:
            lines.append(f'SetOutPath "{place}"')
            last = place
        lines.append(f'File "{str(path).replace("$", "$$")}"')
    return "\n".join(lines) + "\n"


def pack_zip(source: Path, target: Path, version: str) -> None:
    """Pack the folder with the mark that makes it portable."""
    text = _PORTABLE_TEXT.format(version=version).replace("\n", "\r\n").encode("utf-8-sig")
    entries = [(path.relative_to(source.parent).as_posix(), path) for path in source.rglob("*") if path.is_file()]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(_entry(f"{source.name}/{PORTABLE_MARK}"), text)
        for name, path in sorted(entries):
            archive.writestr(_entry(name), path.read_bytes())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def megabytes(path: Path) -> float:
    """Size of a file, or of all files of a folder, in MB (10^6 bytes)."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files) / 1e6


def _weigh(made: dict[str, Path]) -> None:
    sums = []
    for what, path in made.items():
        print(f"  {what:<7} {megabytes(path):6.1f} MB  {path.relative_to(ROOT)}", flush=True)
        if path.is_file() and what != "trial":
            sums.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")
    (OUT / "SHA256SUMS.txt").write_text("\n".join(sums) + "\n", encoding="utf-8")
    if megabytes(made["setup"]) > MOST_SETUP_MB or megabytes(made["folder"]) > MOST_INSTALLED_MB:
        raise SystemExit(f"too large: at most {MOST_SETUP_MB} MB of setup and {MOST_INSTALLED_MB} MB installed")


if __name__ == "__main__":
    build(trial="--trial" in sys.argv[1:])
