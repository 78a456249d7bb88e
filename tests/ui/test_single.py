from fupin_desktop.ui import single
from fupin_desktop.ui.single import FirstWindow, raise_first


def test_second_start_raises_the_first(app, tmp_path, qtbot):
    first = FirstWindow(tmp_path)
    try:
        with qtbot.waitSignal(first.called):
            assert raise_first(tmp_path)
    finally:
        first.close()
    assert not raise_first(tmp_path, 0)


def test_other_folders_are_other_windows(app, tmp_path):
    first = FirstWindow(tmp_path / "a")
    try:
        assert not raise_first(tmp_path / "b", 0)
    finally:
        first.close()


def test_an_impatient_second_start_waits_until_the_first_one_listens(app, tmp_path, monkeypatch):
    listening = []
    monkeypatch.setattr(single.QThread, "msleep", lambda _ms: listening.append(FirstWindow(tmp_path)))
    try:
        assert raise_first(tmp_path, 5000)
        assert len(listening) == 1
    finally:
        listening[0].close()
