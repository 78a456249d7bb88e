"""Puts the program folder of Windows together: launchers above, Python, Qt and the workbench in ``runtime``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import native
import pythons
import qt_support
import wheels
from pe import Image
from wheels import ABI, PYTHON

TIME = 315_532_800
"""1980-01-01, the earliest moment a zip knows: every file of a build bears it, so that two builds are equal."""

_QT_MODULES = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "Network")
_QT_FILES = (
    "__init__.py", "_config.py", "_git_pyside_version.py", "pyside6.abi3.dll",
    "msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll",
    "plugins/platforms/qwindows.dll", "plugins/styles/qmodernwindowsstyle.dll", "plugins/imageformats/qico.dll",
    "plugins/imageformats/qjpeg.dll", "plugins/imageformats/qsvg.dll", "plugins/iconengines/qsvgicon.dll",
    "translations/qtbase_zh_CN.qm", "translations/qt_zh_CN.qm",
)  # fmt: skip
_QT_FOR_TESTS = ("QtTest.pyd", "Qt6Test.dll", "plugins/platforms/qoffscreen.dll", "plugins/platforms/qminimal.dll")
_RUNTIME_OF_C = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll")

_STDLIB_OUT = {
    "site-packages", "dist-packages", "test", "tests", "idlelib", "tkinter", "turtledemo", "turtle.py", "lib-dynload",
    "ensurepip", "lib2to3", "sitecustomize.py", "EXTERNALLY-MANAGED", "pydoc_data", "__pycache__", "venv", "wsgiref",
    "xmlrpc", "curses", "dbm", "_pyrepl", "_aix_support.py", "_osx_support.py", "pydoc.py", "doctest.py", "imaplib.py",
    "smtplib.py", "ftplib.py", "poplib.py",
}  # fmt: skip
# Of the interpreter: the free-threaded build's modules, Tk, tests; _wmi stops Wine 8, and Python does without it.
_INTERPRETER_OUT = re.compile(
    r"(.*\.cp313t-win_amd64|tcl86t|tk86t|zlib1|_tkinter|winsound|_wmi|_(ctypes_)?test\w*|api-ms-win-.*"
    r"|vcruntime140(_1)?)\.(dll|pyd)",
    re.IGNORECASE,
)
# Only for connections, of which the workbench opens none. (libcrypto stays: passwords are stretched with its scrypt.)
_CONNECTIONS = re.compile(r"(libssl.*|_ssl)\.(dll|pyd)", re.IGNORECASE)
# Others' pure Python goes as byte code alone; what a report of a bug shows of them are line numbers.
_SOURCELESS = (
    "sqlalchemy", "reportlab", "openpyxl", "alembic", "PIL", "mako", "pypinyin", "cryptography", "charset_normalizer",
    "olefile", "msoffcrypto", "chinese_calendar",
)  # fmt: skip
_UNUSED_FILES = ("*.pyi", "*.pyx", "*.pxd", "*.c", "*.h", "*.lib", "py.typed")
_UNUSED = (
    "PIL/_avif*.pyd", "PIL/_imagingft*.pyd", "PIL/_imagingcms*.pyd", "PIL/_imagingtk*.pyd",
    "shiboken6/msvcp140_1.dll", "shiboken6/msvcp140_2.dll",
    "shiboken6/vcamp140.dll", "shiboken6/vcomp140.dll", "shiboken6/vccorlib140.dll", "shiboken6/concrt140.dll",
    "shiboken6/msvcp140_codecvt_ids.dll", "shiboken6/include", "alembic/testing", "sqlalchemy/testing", "bin",
    "alembic/templates", "pypdfium2_cli", "reportlab/fonts", "*.dist-info/RECORD",
    "*/tests", "*/test",
    # Readings of whole phrases (names are read sign by sign); compilers of C; charts and page templates of PDF,
    # which the workbench draws itself; other makers' databases; manuals of libraries.
    "pypinyin/phrases_dict.json", "cffi", "pycparser", "reportlab/graphics", "reportlab/platypus",
    "sqlalchemy/dialects/mssql", "sqlalchemy/dialects/mysql", "sqlalchemy/dialects/oracle",
    "sqlalchemy/dialects/*.txt", "olefile/doc", "olefile/olefile2.py",
)  # fmt: skip

_WINDOWS = {
    "advapi32", "authz", "bcrypt", "bcryptprimitives", "cabinet", "cfgmgr32", "comctl32", "comdlg32",
    "crypt32", "d2d1", "d3d11", "d3d12", "d3d9", "dbghelp", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32",
    "gdiplus", "imm32", "iphlpapi", "kernel32", "mpr", "mscms", "msimg32", "msvcrt", "ncrypt", "netapi32",
    "normaliz", "ntdll", "ole32", "oleacc", "oleaut32", "opengl32", "propsys", "psapi", "rpcrt4", "secur32",
    "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "user32", "userenv", "usp10",
    "uxtheme", "version", "winhttp", "wininet", "winmm", "winspool.drv", "wintrust", "ws2_32", "wtsapi32",
}  # fmt: skip
"""What Windows 10 itself has."""


def build(target: Path, cache: Path, *, tests: bool = False) -> str:
    """Put the folder together anew.

    Args:
        target: The program folder.
        cache: What is kept between builds.
        tests: Whether the tests' tools come along; such a folder is never handed out.

    Returns:
        The program's version.
    """
    shutil.rmtree(target, ignore_errors=True)
    runtime, work = target / "runtime", cache / "work"
    packages = runtime / "packages"
    shutil.rmtree(work, ignore_errors=True)
    for folder in (packages, work):
        folder.mkdir(parents=True)
    for wheel in wheels.fetch(cache, tests=tests):
        if wheel.name.startswith("panda3d-"):
            wheels.unpack(wheel, runtime, below="deploy_libs/")
        else:
            wheels.unpack(wheel, packages)
    product = wheels.product(cache)
    wheels.unpack(product, packages)
    version = product.name.split("-")[1]
    _trim_interpreter(runtime, tests=tests)
    for name in _RUNTIME_OF_C:  # newer than the interpreter's own, and a clerk's PC may have none
        shutil.copy(packages / "PySide6" / name, runtime / name)
    _trim_packages(packages, tests=tests)
    qt_support.put(packages, work)
    _standard_library(runtime, work / "stdlib")
    native.stable_abi(runtime, work)
    native.launchers(target, work, version, tests=tests)
    # No registry, no PYTHONPATH, nothing of another Python on this PC.
    paths = [f"python{ABI}.zip", ".", "packages", *([r"..\..\checkout", "import site"] if tests else [])]
    (runtime / f"python{ABI}._pth").write_bytes("".join(f"{path}\r\n" for path in paths).encode("ascii"))
    for name in filter(lambda one: (packages / one).is_dir(), _SOURCELESS):
        _compile(packages / name, strip=runtime, beside=True)
        drop_sources(packages / name)
    _compile(packages, strip=runtime)
    _licences(target, packages)
    _even_times(target)
    return version


def python_of_same_version() -> str:
    """A CPython of this machine whose standard library and byte code are those of the interpreter shipped.

    Raises:
        SystemExit: There is none.
    """
    found = pythons.find(PYTHON)
    if found is None:
        raise SystemExit(
            f"Python {PYTHON} is needed on this machine, on the PATH as python{PYTHON}: its standard library\n"
            "is what the Windows program gets, since the registries carry the interpreter's files without it."
        )
    return found


def drop_sources(folder: Path) -> None:
    """Leave byte code alone of others' pure Python.

    Raises:
        SystemExit: A module has none, so that without its source it would be lost.
    """
    sources = sorted(folder.rglob("*.py"))
    bare = [path.relative_to(folder.parent).as_posix() for path in sources if not path.with_suffix(".pyc").is_file()]
    if bare:
        raise SystemExit(f"not compiled: {', '.join(bare)}")
    for path in sources:
        path.unlink()


def _trim_interpreter(runtime: Path, *, tests: bool) -> None:
    for path in list(runtime.iterdir()):
        unused = _INTERPRETER_OUT.fullmatch(path.name) or (not tests and _CONNECTIONS.fullmatch(path.name))
        if path.is_file() and unused:
            path.unlink()


def _trim_packages(packages: Path, *, tests: bool) -> None:
    """Leave out what only compilers, type checkers and other programs read."""
    qt = packages / "PySide6"
    names = [*_QT_FILES, *(_QT_FOR_TESTS if tests else ())]
    names += [name for module in _QT_MODULES for name in (f"Qt{module}.pyd", f"Qt6{module}.dll")]
    qt_support.keep(qt, names)
    for pattern in _UNUSED_FILES:
        for path in list(packages.rglob(pattern)):
            path.unlink()
    for pattern in _UNUSED:
        for path in list(packages.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _standard_library(runtime: Path, work: Path) -> None:
    """The standard library as byte code, in the one zip that the interpreter looks for beside itself."""
    import zipfile

    ask = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    done = subprocess.run([python_of_same_version(), "-c", ask], capture_output=True, text=True, check=True)

    def left_out(_folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name in _STDLIB_OUT or name.startswith(("config-", "_sysconfigdata"))}

    shutil.copytree(done.stdout.strip(), work, ignore=left_out, symlinks=False)
    _compile(work, strip=work, beside=True)
    with zipfile.ZipFile(runtime / f"python{ABI}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(work.rglob("*.pyc")):
            entry = zipfile.ZipInfo(path.relative_to(work).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def _compile(folder: Path, *, strip: Path, beside: bool = False) -> None:
    """Byte-compile, in one process and one order so that the bytes are the same each time."""
    options = ["-b"] if beside else []
    options += ["-q", "-q", "--invalidation-mode", "unchecked-hash", "-s", str(strip)]
    command = [python_of_same_version(), "-m", "compileall", *options, str(folder)]
    subprocess.run(command, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})


def _licences(target: Path, packages: Path) -> None:
    """Every licence where a person looks for it: in one folder beside the program."""
    folder = target / "licenses"
    shutil.copytree(packages / native.MODULE / "_data" / "resources" / "licenses", folder)
    for info in sorted(packages.glob("*.dist-info")):
        for path in sorted(info.rglob("*")):
            named = re.match(r"(?i)(licen[cs]e|copying|notice|authors|lgpl|gpl)", path.name)
            if path.is_file() and (named or path.parent.name == "LICENSES"):
                shutil.copy(path, folder / f"{info.name.split('-')[0]}-{path.name}")


def _even_times(target: Path) -> None:
    for path in target.rglob("*"):
        os.utime(path, (TIME, TIME))


def missing_libraries(target: Path) -> list[str]:
    """Each library that some file wants and neither the folder nor Windows 10 has."""
    runtime = target / "runtime"
    shared = [runtime, runtime / "packages" / "PySide6", runtime / "packages" / "shiboken6"]
    at_hand = {path.name.lower() for folder in shared for path in folder.iterdir()}
    missing = []
    for path in sorted(target.rglob("*")):
        if path.suffix.lower() not in (".exe", ".dll", ".pyd") or path.name == "python3.dll":
            continue
        beside = at_hand | {one.name.lower() for one in path.parent.iterdir()}
        for name in Image(path).imports():
            known = name in beside or name.removesuffix(".dll") in _WINDOWS
            if not known and not name.startswith(("api-ms-win-", "ext-ms-win-")):
                missing.append(f"{path.relative_to(target)} needs {name}")
    return missing
