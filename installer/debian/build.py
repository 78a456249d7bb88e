"""Makes the Debian package for office desktops: everything in a folder of its own, run by the system's own Python 3.11.

``python3 installer/dev.py build`` runs it after the Windows build, ``dev.py debian`` tries it too.
Two builds of one checkout are equal byte for byte.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "windows"))
import machine
import pythons
import qt_support
import wheels
from wheels import ROOT

NAME, TITLE = "fupin-desktop", "产业扶贫工作台"
PYTHON = "3.11"
OUT = ROOT / "out" / "debian"
TIME = 315_532_800
"""1980-01-01: every file of a build bears it."""
_PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")

_QT_MODULES = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "Network", "DBus", "XcbQpa", "OpenGL")
_QT_PLUGINS = (
    "platforms/libqxcb.so", "platforms/libqoffscreen.so", "platforms/libqwayland-generic.so", "imageformats/libqico.so",
    "imageformats/libqjpeg.so", "imageformats/libqsvg.so", "iconengines/libqsvgicon.so",
    "printsupport/libcupsprintersupport.so", "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so", "platformthemes/libqxdgdesktopportal.so",
)  # fmt: skip
_QT_FILES = ("__init__.py", "_config.py", "_git_pyside_version.py")

_DESKTOP = f"""[Desktop Entry]
Type=Application
Name={TITLE}
Comment=乡镇产业扶贫台账、奖补测算和报表
Exec={NAME}
Icon={NAME}
Terminal=false
Categories=Office;
StartupWMClass={NAME}
"""
_LAUNCHER = f"""#!/bin/sh
# Isolated: nothing of the user's own Python reaches in.
exec /usr/bin/python{PYTHON} -I -X utf8 /usr/lib/{NAME}/start.py "$@"
"""
_START = """import sys

sys.path.insert(0, __file__.rpartition("/")[0] + "/packages")
if __name__ == "__main__":
    from fupin_desktop.__main__ import main

    sys.exit(main())
"""


def build() -> Path:
    """Make the package; returns it.

    Raises:
        SystemExit: A tool or Python 3.11 is missing.
    """
    if not shutil.which("dpkg-deb"):
        raise SystemExit("dpkg-deb is missing: the Debian package is made on Debian or Ubuntu.")
    root = OUT / "root"
    shutil.rmtree(root, ignore_errors=True)
    for old in OUT.glob("*.deb"):
        old.unlink()  # of another version, which would be taken for this one's
    place = root / "usr" / "lib" / NAME
    packages = place / "packages"
    packages.mkdir(parents=True)
    product = wheels.product(OUT)
    _install(packages, product)
    _trim(packages)
    qt_support.put(packages, OUT / "work")
    version = product.name.split("-")[1]
    (place / "start.py").write_text(_START, encoding="utf-8")
    command = [python_of_same_version(), "-m", "compileall", "-q", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, "-s", str(root), str(packages)], check=False, env={**os.environ, "PYTHONHASHSEED": "0"})
    _system_files(root, packages)
    return _pack(root, version)


def python_of_same_version() -> str:
    """A Python whose byte code is that of the clerk's PC; with another's, every start would compile all anew.

    Raises:
        SystemExit: There is none.
    """
    found = pythons.find(PYTHON)
    if found is None:
        raise SystemExit(f"Python {PYTHON} is needed on this machine, on the PATH as python{PYTHON}.")
    return found


def _install(packages: Path, product: Path) -> None:
    """Everything by hash for the Python of the clerk's PC, and the program itself."""
    lock = OUT / "debian.lock"
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lock.write_text(wheels.closure(text, wheels.direct_dependencies()), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    target = ["--target", str(packages), "--python-version", PYTHON, "--implementation", "cp", "--only-binary=:all:"]
    target += [word for platform in _PLATFORMS for word in ("--platform", platform)]
    subprocess.run([*pip, *target, "--require-hashes", "-r", str(lock)], check=True)
    wheels.unpack(product, packages)


def _trim(packages: Path) -> None:
    """Of Qt only what the program uses; nothing that only compilers and type checkers read."""
    qt = packages / "PySide6"
    names = [*_QT_FILES, *(path.name for path in qt.glob("libpyside6.abi3.so*"))]
    names += [f"Qt{module}.abi3.so" for module in _QT_MODULES if (qt / f"Qt{module}.abi3.so").is_file()]
    names += [f"Qt/plugins/{name}" for name in _QT_PLUGINS if (qt / "Qt" / "plugins" / name).is_file()]
    names += [f"Qt/translations/{name}" for name in ("qtbase_zh_CN.qm", "qt_zh_CN.qm")]
    libraries = qt / "Qt" / "lib"
    wanted = [f"libQt6{module}.so.6" for module in (*_QT_MODULES, "WaylandClient")]
    there = (path.name for path in libraries.iterdir())
    names += [f"Qt/lib/{name}" for name in there if name in wanted or name.startswith("libicu")]
    qt_support.keep(qt, names)
    for pattern in ("*.pyi", "*.pyx", "*.pxd", "*.c", "*.h", "py.typed", "__pycache__"):
        for path in list(packages.rglob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(packages / "bin", ignore_errors=True)


def _system_files(root: Path, packages: Path) -> None:
    """What the desktop looks for: the command, the menu entry, the icon, the licences."""
    shipped = packages / "fupin_desktop" / "_data" / "resources"
    files = {
        f"usr/bin/{NAME}": _LAUNCHER.encode(),
        f"usr/share/applications/{NAME}.desktop": _DESKTOP.encode(),
        f"usr/share/icons/hicolor/256x256/apps/{NAME}.png": (shipped / "icons" / "app.png").read_bytes(),
        f"usr/share/doc/{NAME}/copyright": (shipped / "licenses" / "THIRD_PARTY.md").read_bytes(),
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (root / "usr" / "bin" / NAME).chmod(0o755)


def _pack(root: Path, version: str) -> Path:
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    needs = ", ".join(sorted({f"python{PYTHON}", *machine.QT_LIBRARIES.values()}))
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"Package: {NAME}\nVersion: {version}\nArchitecture: amd64\n"
        f"Maintainer: {TITLE} <fupin@localhost>\n"
        f"Section: misc\nPriority: optional\nInstalled-Size: {size}\nDepends: {needs}\n"
        f"Description: {TITLE}\n 乡镇产业扶贫台账、奖补测算、申报表、公示和资金，不需要联网。\n",
        encoding="utf-8",
    )
    for path in [root, *root.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (TIME, TIME))
    target = OUT / f"{NAME}_{version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(TIME)}, stdout=subprocess.DEVNULL)
    print(f"  debian  {target.stat().st_size / 1e6:6.1f} MB  {target.relative_to(ROOT)}", flush=True)
    return target


if __name__ == "__main__":
    made = build()
    if "--try" in sys.argv[1:]:
        import package_trial

        try:
            sys.exit(package_trial.try_package(made))
        except machine.Trouble as trouble:
            sys.exit(str(trouble))
