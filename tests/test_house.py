"""What holds for the whole tree, whoever writes in it."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT_KINDS = {".py", ".toml", ".md", ".html", ".qss", ".cfg", ".txt", ".json", ".svg", ".lock", ""}
LONGEST_FILE = 450
LONGEST_TEST_FILE = 500

# Written in pieces, so that this file does not find itself.
MACHINE_TRACES = re.compile(
    "|".join(["/wor" "k/", "/ro" "ot/", "file" ":///[a-z]", r"pypi\." "org", "/op" "t/", r"C:\\User" "s"])
)  # fmt: skip
EXAMPLE_PATHS = re.compile("/tm" r"p/\w|/ho" r"me/\w")
UNFINISHED = re.compile("|".join([r"\bTO" r"DO\b", r"\bFIX" r"ME\b", r"\bXX" r"X\b"]))


def tracked_files() -> list[Path]:
    """Files of the checkout that belong to the project (git knows; outside git, all but the ignored folders)."""
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed and listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    skipped = {".venv", "out", "build", "dist", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)]


def text_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix in TEXT_KINDS]


def python_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py"]


def lines_matching(files: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_the_machine_it_was_written_on():
    files = [path for path in text_files() if "licenses" not in path.parts and path.parent.name != "documents"]
    assert lines_matching(files, MACHINE_TRACES) == []
    assert lines_matching([path for path in files if "tests" not in path.parts], EXAMPLE_PATHS) == []


def test_chinese_texts_have_chinese_marks():
    layers = [ROOT / "fupin_desktop" / name for name in ("ui", "cli", "services")]
    code = [path for layer in layers for path in layer.rglob("*.py")]
    assert lines_matching(code, re.compile(r'(?<!")"[^"\n]*[\u4e00-\u9fff”）][,;:](?:"|\\n)')) == []
    told = [*(ROOT / "resources").glob("[!f]*/*.toml"), *(ROOT / "resources" / "manual").glob("*.html")]
    within = re.compile(r"^(?!\s*#)[^{]*[\u4e00-\u9fff）》”][,;:!?] ?[\u4e00-\u9fff《“（]")
    assert lines_matching(told, within) == []


def test_nothing_is_left_unfinished():
    assert lines_matching(python_files(), UNFINISHED) == []


def test_no_python_file_has_grown_too_long():
    lengths = {p.relative_to(ROOT): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}
    limits = {path: LONGEST_TEST_FILE if path.parts[0] == "tests" else LONGEST_FILE for path in lengths}
    assert {str(path): length for path, length in lengths.items() if length > limits[path]} == {}


def test_every_text_file_is_utf8_with_unix_line_ends():
    wrong = [path.name for path in text_files() if b"\r" in path.read_bytes()]
    assert wrong == []


def test_every_form_loads():
    from fupin_desktop.documents.definition.loader import load_form

    folders = sorted(path.parent for path in (ROOT / "forms").glob("*/form.toml"))
    assert folders
    for folder in folders:
        assert load_form(folder.name).id == folder.name


def runtime_packages() -> set[str]:
    """Every package the program needs when it runs, found by following the installed metadata."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, seen = list(project["dependencies"]), set()
    while waiting:
        requirement = waiting.pop()
        # What needs another Python or platform is not installed here; extras are not asked for.
        name = re.match(r"[\w.-]+", requirement).group().lower().replace("_", "-")
        if name in seen or "extra ==" in requirement or not is_installed(name):
            continue
        seen.add(name)
        waiting += importlib.metadata.requires(name) or []
    return seen


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def test_every_shipped_package_is_in_the_third_party_notice():
    notice = (ROOT / "resources" / "licenses" / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    named = {line.split("|")[1].split("(")[0].strip() for line in notice.splitlines() if line.startswith("| ")}
    packages = runtime_packages()
    assert {"pyside6-essentials", "shiboken6", "sqlalchemy", "reportlab", "pillow"} <= packages
    assert packages - named == set()


def test_all_that_the_setup_carries_besides_is_in_the_third_party_notice():
    notice = (ROOT / "resources" / "licenses" / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for work in ("CPython", "SQLite", "libffi", "bzip2", "XZ Utils", "zlib", "expat", "Visual C++ runtime", "NSIS", "mingw-w64"):
        assert re.search(rf"^\| [^|]*{re.escape(work)}", notice, re.MULTILINE), work


def test_every_shipped_package_is_locked_with_hashes():
    blocks = re.split(r"\n(?=[a-z])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    locked = {block.split("==")[0].lower() for block in blocks if "==" in block and "--hash=sha256:" in block}
    assert runtime_packages() - locked == set()


def test_every_font_has_its_licence_named():
    notice = (ROOT / "resources" / "licenses" / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for font in (ROOT / "resources" / "fonts").glob("*.ttf"):
        assert font.name in notice


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    """Names inside a wheel built from the checkout."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_all_code_resources_and_forms(wheel_names):
    wanted = {
        f"fupin_desktop/_data/{path.relative_to(ROOT).as_posix()}"
        for path in tracked_files()
        if path.relative_to(ROOT).parts[0] in ("resources", "forms")
    }
    code = {p.relative_to(ROOT).as_posix() for p in tracked_files() if p.relative_to(ROOT).parts[0] == "fupin_desktop"}
    assert wanted
    assert (wanted | code) - wheel_names == set()


def test_the_wheel_holds_nothing_else(wheel_names):
    tops = {name.split("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"fupin_desktop"}
    assert not [name for name in wheel_names if name.endswith((".pyc", ".sqlite"))]


def spelled_formats(tree: ast.AST) -> list[tuple[int, str]]:
    """Formats of moments with a character beyond ASCII, in format specifications and calls of strftime."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts = [one.value for one in node.format_spec.values if isinstance(one, ast.Constant)]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("strftime", "strptime"):
            parts = [one.value for one in node.args if isinstance(one, ast.Constant)]
        else:
            continue
        found += [(node.lineno, part) for part in parts if isinstance(part, str) and "%" in part and not part.isascii()]
    return found


def test_no_temporary_file_is_asked_of_python_in_a_named_folder():
    """Where Windows refuses it, Python's tempfile tries two thousand million other names."""
    calls = re.compile(r"(?:TemporaryFile|TemporaryDirectory|mkstemp|mkdtemp)\([^)]*\bdir=")
    assert calls.search('mkdtemp(prefix="x", dir=place)')
    assert [str(path) for path in (ROOT / "fupin_desktop").rglob("*.py") if calls.search(path.read_text("utf-8"))] == []


def test_no_moment_is_formatted_with_words_that_a_locale_of_windows_refuses():
    assert spelled_formats(ast.parse("f'{at:%Y年}'")) == [(1, "%Y年")]
    texts = {path: path.read_text(encoding="utf-8") for path in python_files()}
    found = {
        str(path.relative_to(ROOT)): formats
        for path, text in texts.items()
        if re.search(r":.*%|str[fp]time", text) and (formats := spelled_formats(ast.parse(text)))
    }
    assert found == {}
