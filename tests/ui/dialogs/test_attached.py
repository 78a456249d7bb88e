"""An attached picture or PDF of an encrypted office in a window of the program: turned, enlarged, saved elsewhere."""

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from fupin_desktop.services import attachments, viewing
from fupin_desktop.ui.dialogs.attached import AttachedDialog


def pdf(path, pages):
    writer = QPdfWriter(str(path))
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    for place in range(pages):
        if place:
            writer.newPage()
        painter.drawText(200, 400, f"{place + 1}")
    painter.end()


@pytest.fixture
def shown(desk, qtbot, tmp_path):
    """Shows a file of a name: a picture, or a PDF of three pages."""

    def show(name):
        path = tmp_path / name
        if name.lower().endswith("pdf"):
            pdf(path, 3)
        else:
            image = QImage(2000, 1000, QImage.Format.Format_RGB32)
            image.fill(0x336699)
            assert image.save(str(path), "JPG")
        file = attachments.store(desk.bench.data_folder, path)
        made = AttachedDialog(desk, file, viewing.pages(desk.bench, file))
        qtbot.addWidget(made)
        made.show()
        return made, path

    return show


def test_pages_are_turned_and_end_where_they_end(shown):
    dialog, _path = shown("合同.pdf")
    seen = [(dialog.told.text(), dialog.back.isEnabled(), dialog.on.isEnabled())]
    for _ in range(3):
        dialog.on.click()
        seen.append((dialog.told.text(), dialog.back.isEnabled(), dialog.on.isEnabled()))
    assert seen == [
        ("第 1 页，共 3 页", False, True), ("第 2 页，共 3 页", True, True), ("第 3 页，共 3 页", True, False),
        ("第 3 页，共 3 页", True, False),
    ]
    dialog.back.click()
    assert dialog.place == 1


def test_a_picture_fits_the_window_is_enlarged_within_bounds_and_fits_again(shown):
    dialog, _path = shown("田块.jpg")
    assert not dialog.on.isVisible()
    room = dialog.area.viewport().size()
    fitting = dialog.sheet.pixmap().size()
    assert fitting.width() <= room.width()
    assert fitting.height() <= room.height()
    assert abs(fitting.width() - 2 * fitting.height()) <= 2
    dialog.larger.click()
    assert abs(dialog.sheet.pixmap().width() - fitting.width() * 1.25) <= 2
    for _ in range(20):
        dialog.larger.click()
    largest = dialog.sheet.pixmap().width()
    dialog.larger.click()
    assert dialog.sheet.pixmap().width() == largest
    for _ in range(40):
        dialog.smaller.click()
    assert 0 < dialog.sheet.pixmap().width() < fitting.width()
    dialog.fit.click()
    assert dialog.sheet.pixmap().size() == fitting
    dialog.resize(500, 400)
    assert dialog.sheet.pixmap().width() < fitting.width()


@pytest.mark.parametrize(("name", "asked"), [("IMG_0001.JPG", ".jpg"), ("合同.pdf", ".pdf")])
def test_a_copy_is_saved_under_its_name_as_it_was_attached(shown, desk, tmp_path, monkeypatch, name, asked):
    dialog, path = shown(name)
    kinds, there = [], tmp_path / f"副本{asked}"
    monkeypatch.setattr(desk.ask, "save_file", lambda _parent, _title, proposed, kind: (kinds.append((proposed, kind)), there)[1])
    desk.ask.answers.append(False)
    dialog.keep.click()
    desk.tasks.wait()
    assert kinds == [(name, f"{asked[1:].upper()} 文件 (*{asked})")]
    assert there.read_bytes() == path.read_bytes()
