"""What the Windows build can be held to without Windows, Wine or a compiler."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = ROOT / "installer" / "windows"


@pytest.fixture(scope="module")
def parts():
    sys.path.insert(0, str(WINDOWS))
    try:
        import build
        import folder
        import native
        import pe
        import pictures
        import wheels
    finally:
        sys.path.remove(str(WINDOWS))
    return {"build": build, "folder": folder, "native": native, "pe": pe, "pictures": pictures, "wheels": wheels}


def setup_script() -> str:
    """The script of the setup with its parts."""
    return "\n".join((WINDOWS / name).read_text(encoding="utf-8") for name in ("setup.nsi", "placing.nsh", "removing.nsh"))


def hashes(text: str) -> set[str]:
    return set(re.findall(r"--hash=sha256:(\w{64})", text))


def test_the_lock_is_that_of_the_program(parts):
    """``python3 installer/dev.py lock`` writes it anew where a dependency has changed."""
    wheels = parts["wheels"]
    assert wheels.LOCK.read_text(encoding="utf-8") == wheels.lock_text()


def test_every_package_of_the_lock_is_held_by_hashes_and_no_tool_is_among_them(parts):
    wheels = parts["wheels"]
    text = wheels.LOCK.read_text(encoding="utf-8")
    packages = wheels.packages_of(text)
    assert {"panda3d", "pyside6-essentials", "shiboken6", "sqlalchemy", "mako", "pillow"} <= packages.keys()
    assert not packages.keys() & {"pytest", "ruff", "mypy", "hatchling", "coverage"}
    assert all(hashes(lines) for lines, _ in packages.values())
    known = hashes((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert len(hashes(text) - known) == 1  # the interpreter alone


def test_a_package_comes_with_what_it_needs(parts):
    lock = (
        "alpha==1 \\\n    --hash=sha256:aa\n    # via fupin-desktop (pyproject.toml)\n"
        "beta==2 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n    # via\n    #   alpha\n    #   other\n"
        "gamma==3 \\\n    --hash=sha256:cc\n    # via beta\nother==4 \\\n    --hash=sha256:dd\n"
    )
    assert parts["wheels"].closure(lock, {"alpha"}) == (
        "alpha==1 \\\n    --hash=sha256:aa\nbeta==2 \\\n    --hash=sha256:bb\ngamma==3 \\\n    --hash=sha256:cc\n"
    )


def test_program_files_are_read(parts):
    """pip carries Windows launchers, real ones."""
    pip = pytest.importorskip("pip")

    launcher = Path(pip.__file__).parent / "_vendor" / "distlib" / "t64.exe"
    image = parts["pe"].Image(launcher)
    assert "kernel32.dll" in image.imports()
    assert image.exports() == []
    with pytest.raises(ValueError, match="no 64-bit"):
        parts["pe"].Image(launcher.with_name("t32.exe"))


def test_a_library_that_nobody_has_is_named(parts, tmp_path):
    pip = pytest.importorskip("pip")
    for name in ("PySide6", "shiboken6"):
        (tmp_path / "runtime" / "packages" / name).mkdir(parents=True)
    code = (Path(pip.__file__).parent / "_vendor" / "distlib" / "t64.exe").read_bytes()
    (tmp_path / "fine.exe").write_bytes(code)
    (tmp_path / "odd.exe").write_bytes(re.sub(rb"(?i)kernel32\.dll", b"kernelxx.dll", code))
    assert parts["folder"].missing_libraries(tmp_path) == ["odd.exe needs kernelxx.dll"]


@pytest.fixture
def program(tmp_path):
    folder = tmp_path / "FupinDesktop"
    for name in ("b.txt", "a.txt", "runtime/z.py", "runtime/deep/x$y.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_nothing_that_is_left_out_is_imported(parts):
    left_out = {pattern.replace("/", ".") for pattern in parts["folder"]._UNUSED if not re.search(r"[*.]|^bin$", pattern)}
    assert {"reportlab.graphics", "cffi", "sqlalchemy.dialects.oracle"} <= left_out
    named = re.compile(rf"\s(?:import|from) ({'|'.join(map(re.escape, sorted(left_out)))})\b")
    for path in (ROOT / "fupin_desktop").rglob("*.py"):
        assert not named.search(path.read_text(encoding="utf-8")), path


def test_the_program_reads_every_kind_of_photo_that_it_offers(parts, tmp_path):
    """Pillow has those of WebP and AVIF in modules of their own."""
    from fupin_desktop.documents.drawing.pictures import PICTURES

    assert "webp" in PICTURES
    assert "avif" not in PICTURES
    modules = [tmp_path / "PIL" / f"{name}.cp313-win_amd64.pyd" for name in ("_imaging", "_webp", "_avif")]
    modules[0].parent.mkdir()
    for path in modules:
        path.touch()
    left_out = {path for pattern in parts["folder"]._UNUSED for path in tmp_path.glob(pattern)}
    assert left_out == {modules[2]}


def test_the_setup_packs_files_in_one_order(parts, program):
    lines = parts["build"]._file_list(program).splitlines()
    assert lines[0] == 'SetOutPath "${NEW}"'
    assert [Path(line.split('"')[1]).name for line in lines if line.startswith("File")] == [
        "a.txt", "b.txt", "x$$y.py", "z.py",
    ]
    assert 'SetOutPath "${NEW}\\runtime\\deep"' in lines


def test_two_portable_zips_are_equal_and_know_that_they_are_portable(parts, program, tmp_path):
    from fupin_desktop.paths import PORTABLE_MARK

    one, two = tmp_path / "1.zip", tmp_path / "2.zip"
    parts["build"].pack_zip(program, one, "1.2.3")
    (program / "a.txt").touch()
    parts["build"].pack_zip(program, two, "1.2.3")
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.namelist()[0] == f"FupinDesktop/{PORTABLE_MARK}"
        assert archive.read(archive.namelist()[0]).decode("utf-8-sig").startswith("产业扶贫工作台 1.2.3 便携版")
        assert len(archive.namelist()) == 5


def test_too_large_a_setup_stops_the_build(parts, tmp_path, monkeypatch, capsys):
    build = parts["build"]
    for name in ("ROOT", "OUT"):
        monkeypatch.setattr(build, name, tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"x" * 2_000_000)
    (tmp_path / "setup").write_bytes(b"x" * 1_000_000)
    made = {"folder": tmp_path / "folder", "setup": tmp_path / "setup"}
    build._weigh(made)
    assert (tmp_path / "SHA256SUMS.txt").read_text(encoding="utf-8").endswith("  setup\n")
    monkeypatch.setattr(build, "MOST_SETUP_MB", 0.5)
    with pytest.raises(SystemExit, match="too large"):
        build._weigh(made)


def test_the_setup_script_says_all_in_chinese_and_keeps_the_data():
    script = setup_script()
    assert 'MUI_LANGUAGE "SimpChinese"' in script
    for box in re.findall(r'MessageBox \S+ "(.*?)"', script):
        assert re.search("[一-鿿]", box)
    removed = re.findall(r'RMDir /r "([^"]+)"', script)
    assert set(removed) == {
        "${PLACE}\\runtime", "${PLACE}\\licenses", "${NEW}", "${OLD}", "$SMPROGRAMS\\${TITLE}", "$APPDATA\\${TITLE}",
        "$LOCALAPPDATA\\${TITLE}\\示范数据", "$LOCALAPPDATA\\${TITLE}\\自检",
    }


def test_no_program_is_removed_from_a_folder_without_a_name():
    """With an empty name the folders of that name at the root of a disk would go."""
    script = setup_script()
    assert set(re.findall(r"insertmacro REMOVE_PROGRAM (.*)", script)) == {'"$INSTDIR"', '"${PLACE}"'}
    earlier = re.search(r"!macro REMOVE_EARLIER PLACE\n(.*?)!macroend", script, flags=re.DOTALL)
    assert earlier is not None
    assert earlier[1].startswith('  ${If} ${PLACE} != ""\n    !insertmacro REMOVE_PROGRAM')


def test_the_setup_says_how_long_a_folders_name_may_be(parts, program):
    assert parts["build"].deepest(program) == len("runtime/deep") + 12  # a folder wants room for a short name in it
    (program / "runtime" / "deep" / "a_name_of_many_letters.py").touch()
    assert parts["build"].deepest(program) == len("runtime/deep/a_name_of_many_letters.py")


def test_what_an_earlier_version_left_is_not_taken_for_this_one(parts, tmp_path, monkeypatch):
    build = parts["build"]
    monkeypatch.setattr(build, "OUT", tmp_path)
    monkeypatch.setattr(build, "need_tools", lambda: None)

    def stopped(_target, _cache):
        raise SystemExit("built")

    monkeypatch.setattr(build.folder, "build", stopped)
    for name in ("工作台-0.9.0-setup.exe", "工作台-0.9.0-portable.zip", "SHA256SUMS.txt"):
        (tmp_path / name).touch()
    with pytest.raises(SystemExit, match="built"):
        build.build()
    assert [path.name for path in tmp_path.iterdir()] == ["SHA256SUMS.txt"]


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2.3.4.5", "1.2.3.4"), ("2.0rc1", "2.0.0.0"), ("1", "1.0.0.0")]
)
def test_windows_gets_four_numbers_of_any_version(parts, version, numbers):
    assert ".".join(parts["native"].numbers(version)) == numbers


def test_every_licence_lies_beside_the_program(parts, tmp_path):
    packages = tmp_path / "packages"
    for name in (
        "fupin_desktop/_data/resources/licenses/THIRD_PARTY.md", "a-1.dist-info/licenses/LICENCE.rst",
        "b-2.dist-info/licenses/LICENSES/BSD-3-Clause.txt", "b-2.dist-info/METADATA", "b-2.dist-info/NOTICE",
    ):  # fmt: skip
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).touch()
    parts["folder"]._licences(tmp_path, packages)
    assert sorted(path.name for path in (tmp_path / "licenses").iterdir()) == [
        "THIRD_PARTY.md", "a-LICENCE.rst", "b-BSD-3-Clause.txt", "b-NOTICE",
    ]


def test_a_module_without_byte_code_keeps_its_source_and_stops_the_build(parts, tmp_path):
    for name in ("mako/a.py", "mako/a.pyc", "mako/b.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(SystemExit, match=r"not compiled: mako/b\.py"):
        parts["folder"].drop_sources(tmp_path / "mako")
    assert (tmp_path / "mako" / "a.py").is_file()
    (tmp_path / "mako" / "b.pyc").touch()
    parts["folder"].drop_sources(tmp_path / "mako")
    assert sorted(path.name for path in (tmp_path / "mako").iterdir()) == ["a.pyc", "b.pyc"]


def test_the_launcher_looks_for_what_python_could_not_tell_of_and_is_told_which_python(parts, tmp_path, monkeypatch):
    native, ran = parts["native"], []
    monkeypatch.setattr(native.subprocess, "run", lambda words, check: ran.append(words))
    native.launchers(tmp_path, tmp_path, "1.2.3")
    compiled = [words for words in ran if str(WINDOWS / "launcher.c") in words]
    given = f'-DPYTHON=L"python{native.ABI}"', f'-DMODULE=L"{native.MODULE}"'
    assert [set(given) <= set(words) for words in compiled] == [True, True]
    source = (WINDOWS / "launcher.c").read_text(encoding="utf-8")
    assert re.findall(r'PYTHON L"([.\w]+)"', source) == [".dll", ".zip"]
    assert (ROOT / native.MODULE / "__main__.py").is_file()


def test_what_belongs_to_every_user_is_removed_as_administrator_and_opened_as_the_clerk():
    script = setup_script()
    parts = dict(re.findall(r"^Function (\S+).*?\n(.*?)^FunctionEnd", script, flags=re.MULTILINE | re.DOTALL))
    assert 'ExecShell "runas" "$INSTDIR\\uninstall.exe"' in parts["un.onInit"]
    assert parts["un.onInit"].index('$1 != "Admin"') < parts["un.onInit"].index("runas")
    assert '"$WINDIR\\explorer.exe" "$INSTDIR\\${APP}.exe"' in parts["OpenProgram"]
    shortcuts = re.findall(r"CreateShortcut (.*)", script)
    assert len(shortcuts) == 5
    assert not any("LOCALAPPDATA" in line for line in shortcuts)  # with /ALLUSERS that is no user's own


def test_the_setup_has_pictures_of_the_sizes_it_has_room_for(parts, tmp_path):
    pytest.importorskip("PIL._imagingft", reason="writing into pictures is left out of the program's own folder")
    from PIL import Image

    pictures = parts["pictures"]
    made = pictures.draw(tmp_path)
    first = {name: path.read_bytes() for name, path in made.items()}
    assert {name: path.read_bytes() for name, path in pictures.draw(tmp_path).items()} == first
    assert {path.stat().st_mtime for path in made.values()} == {parts["folder"].TIME}
    for name, size in (("WELCOME", (164, 314)), ("HEADER", (150, 57))):
        with Image.open(made[name]) as picture:
            assert (picture.format, picture.size, picture.mode) == ("BMP", size, "RGB")
            assert len(picture.getcolors(1 << 16)) > 20


@pytest.mark.skipif(sys.platform == "win32", reason="a script of Debian, with its slashes")
def test_the_debian_package_starts_the_program_alone_and_needs_what_qt_needs(tmp_path):
    """What /usr/bin starts, run with this Python in place of the system's."""
    import subprocess

    script = (ROOT / "installer" / "debian" / "build.py").read_text(encoding="utf-8")
    start = script.split('_START = """')[1].split('"""')[0]
    (tmp_path / "packages" / "fupin_desktop").mkdir(parents=True)
    (tmp_path / "packages" / "fupin_desktop" / "__main__.py").write_text(
        "import sys\ndef main():\n    print(sys.argv[1:], sys.flags.isolated)\n    return 3\n", encoding="utf-8"
    )
    (tmp_path / "packages" / "fupin_desktop" / "__init__.py").touch()
    (tmp_path / "start.py").write_text(start, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "start.py"), "amount", "1"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (3, "['amount', '1'] 1")
    assert "machine.QT_LIBRARIES.values()" in script


def test_what_passwords_need_of_openssl_is_kept(parts):
    """hashlib has scrypt of OpenSSL alone."""
    folder = parts["folder"]
    kept = [
        name for name in ("_hashlib.pyd", "libcrypto-3.dll", "_ssl.pyd", "libssl-3.dll", "_wmi.pyd", "_sqlite3.pyd", "tk86t.dll")
        if not folder._INTERPRETER_OUT.fullmatch(name) and not folder._CONNECTIONS.fullmatch(name)
    ]
    assert kept == ["_hashlib.pyd", "libcrypto-3.dll", "_sqlite3.pyd"]


@pytest.fixture
def repeat(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    import repeat

    return repeat


def test_two_builds_are_compared_file_by_file(repeat, tmp_path):
    for place, name, content in (("1", "a.exe", b"x"), ("1", "b.zip", b"y"), ("2", "a.exe", b"x"), ("2", "b.zip", b"z")):
        path = tmp_path / place / "out" / "windows" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    one, two = repeat.sums(tmp_path / "1"), repeat.sums(tmp_path / "2")
    assert list(one) == ["out/windows/a.exe", "out/windows/b.zip"]
    assert repeat.differing(one, one) == []
    assert repeat.differing(one, two) == ["out/windows/b.zip"]
    assert repeat.differing(one, {}) == list(one)


def test_the_second_build_has_all_that_a_build_reads_and_other_times(repeat, tmp_path, monkeypatch):
    source, target = tmp_path / "one", tmp_path / "two"
    for name in (*repeat._FILES, *(f"{folder}/x.py" for folder in repeat._FOLDERS), "installer/out/old", "tests/t.py"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name, encoding="utf-8")
    os.utime(source / "LICENSE", (1, 1))
    monkeypatch.setattr(repeat, "ROOT", source)
    repeat.copy_checkout(target)
    copied = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert copied == {*repeat._FILES, *(f"{folder}/x.py" for folder in repeat._FOLDERS)}
    assert (target / "LICENSE").stat().st_mtime > 1
    for name in repeat._FILES + repeat._FOLDERS:
        assert (ROOT / name).exists(), name


@pytest.fixture
def trial(monkeypatch):
    for folder in (WINDOWS, WINDOWS / "wine", ROOT / "installer"):
        monkeypatch.syspath_prepend(str(folder))
    import trial

    return trial


@pytest.mark.parametrize("words", [["--bulit"], ["--built", "x"], ["tests/cli"]])
def test_words_that_say_nothing_start_no_long_trial(trial, words, capsys):
    assert trial.main(words) == 2
    assert "--built" in capsys.readouterr().err


def test_nothing_built_is_said_before_wine_is_tried(trial, monkeypatch, tmp_path):
    monkeypatch.setattr(trial.build, "OUT", tmp_path)
    with pytest.raises(SystemExit, match="nothing is built yet"):
        trial.built_last()


def test_every_file_with_tests_is_run_under_wine_once(trial):
    groups = trial.test_groups()
    files = [name for group in groups for name in group]
    assert sorted(files) == sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
    assert all(len(group) <= trial.AT_ONCE for group in groups)
    assert files[0].startswith("tests/cli/")


def test_an_installation_is_compared_with_what_was_built(trial, tmp_path):
    built, installed = tmp_path / "built", tmp_path / "installed"
    for folder in (built, installed):
        (folder / "runtime").mkdir(parents=True)
        (folder / "runtime" / "a.py").write_text("1", encoding="ascii")
    (installed / "uninstall.exe").touch()
    assert trial._difference(built, installed) == ""
    (installed / "runtime" / "a.py").write_text("2", encoding="ascii")
    (installed / "old.py").touch()
    assert trial._difference(built, installed).startswith("2 files are not as built")
