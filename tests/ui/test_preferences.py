from fupin_desktop.ui import preferences
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.theme import TextSize, Theme


def test_what_is_saved_is_read_back(tmp_path):
    path = tmp_path / "a" / "settings.toml"
    chosen = Preferences('D:\\扶贫"数据"\\塘㙍', TextSize.LARGE.value, True, "E:/名册", "AbC=")
    assert preferences.save(chosen, path)
    assert preferences.load(path) == chosen
    assert preferences.load(path).theme == Theme(TextSize.LARGE, contrast=True)


def test_damaged_or_strange_settings_fall_back(tmp_path):
    path = tmp_path / "settings.toml"
    assert preferences.load(path) == Preferences()
    path.write_bytes(b"\xff\xfe broken = ")
    assert preferences.load(path) == Preferences()
    path.write_text('text_size = "huge"\ncontrast = "yes"\nunknown = 1\n', encoding="utf-8")
    loaded = preferences.load(path)
    assert loaded.theme == Theme()
    assert loaded.contrast is False


def test_a_damaged_line_takes_no_other_with_it(tmp_path):
    path = tmp_path / "settings.toml"
    chosen = Preferences(
        'D:\\扶贫', TextSize.LARGE.value, True, "E:/名册", "AbC=", "{}", True, 30, "[]", '{"A": [1, 2]}',
    )
    assert preferences.save(chosen, path)
    whole, usual = path.read_bytes().splitlines(), vars(Preferences())
    assert len(whole) == len(usual)
    for place, line in enumerate(whole):
        name = line.partition(b" ")[0].decode()
        for broken in (b"", b"\xff\xfe\x00", line[:-1], line.partition(b"=")[0] + b'= {"a": NaN', b"\0" * 40):
            path.write_bytes(b"\r\n".join([*whole[:place], broken, *whole[place + 1:]]))
            found = vars(preferences.load(path))
            if name == "lock_after":  # “30” without its end is a number too
                found[name] = usual[name]
            assert found == {**vars(chosen), name: usual[name]}


def test_a_settings_file_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not preferences.save(Preferences(), tmp_path / "file" / "settings.toml")
