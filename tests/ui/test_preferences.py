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


def test_a_settings_file_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not preferences.save(Preferences(), tmp_path / "file" / "settings.toml")
