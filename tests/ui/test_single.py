from fupin_desktop.ui.single import FirstWindow, raise_first


def test_second_start_raises_the_first(app, tmp_path, qtbot):
    first = FirstWindow(tmp_path)
    try:
        with qtbot.waitSignal(first.called):
            assert raise_first(tmp_path)
    finally:
        first.close()
    assert not raise_first(tmp_path)


def test_other_folders_are_other_windows(app, tmp_path):
    first = FirstWindow(tmp_path / "a")
    try:
        assert not raise_first(tmp_path / "b")
    finally:
        first.close()
