"""What the paper shows: true places, zoom, marks of its cells, the real forms, the print preview."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm, Line, Page, Paper, Rect, TextRun
from fupin_desktop.ui import theme
from fupin_desktop.ui.paper.glyphs import inked
from fupin_desktop.ui.paper.moving import stops
from fupin_desktop.ui.paper.preview import PreviewDialog
from fupin_desktop.ui.paper.state import PaperState, missing
from fupin_desktop.ui.paper.view import PaperView
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.paper.zoom_box import ZoomBox
from tests.ui.paper_driving import MADE_ON, Owner, small_form

FORMS = (
    "village_application", "town_application", "household_application", "performance_target",
    "town_fund_plan", "village_fund_plan", "town_fund_approval",
)  # fmt: skip


@pytest.fixture
def owner(app, qtbot, tmp_path):
    made = Owner(small_form(tmp_path))
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(made.view.isVisible)
    return made


def plain_form(pages=1, *, landscape=False, mark=""):
    size = (297.0, 210.0) if landscape else (210.0, 297.0)
    page = Page(
        texts=(TextRun(30, 50, "低岭村", "song", 10.5),),
        lines=(Line(20, 40, 190, 40, 0.5), Line(20, 40, 20, 100, 1.2)),
        rects=(Rect(100, 60, 40, 20, "#336699"),),
        mark=mark,
    )
    return FilledForm("plain", "小样", Paper(*size, 20, 20, 20, 20), (page,) * pages, date(2026, 1, 5))


@pytest.fixture
def viewer(app, qtbot):
    made = PageViewer()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def colour_at(view, x, y):
    """The colour on the first page at a place in mm."""
    desk = view._desk
    corner = desk.page(0).topLeft() - view._origin()
    place = QPoint(round(corner.x() + x * desk.scale), round(corner.y() + y * desk.scale))
    return view.viewport().grab().toImage().pixelColor(place)


# ---- true places --------------------------------------------------------------------------------------------------


def test_ink_lies_where_the_page_says(viewer):
    viewer.show_pages(plain_form())
    viewer.set_zoom(1.0)
    assert colour_at(viewer, 120, 70) == QColor("#336699")
    assert colour_at(viewer, 99, 70) == QColor("#ffffff")
    assert colour_at(viewer, 139, 79) == QColor("#336699")
    assert colour_at(viewer, 100, 40).lightness() < 100
    assert colour_at(viewer, 100, 42) == QColor("#ffffff")


@pytest.mark.parametrize("zoom", [0.9, 1.0, 1.5, 2.0])
def test_frames_are_thicker_than_inner_rules_at_every_zoom(viewer, zoom):
    viewer.show_pages(plain_form())
    viewer.set_zoom(zoom)

    def dark(places):
        return sum(colour_at(viewer, x, y).lightness() < 150 for x, y in places)

    step = 1 / viewer._desk.scale
    thin = dark([(100, 40 + n * step) for n in range(-6, 7)])
    thick = dark([(20 + n * step, 70) for n in range(-6, 7)])
    assert thin < thick


def test_text_has_the_width_the_print_fonts_give_it():
    for family in ("song", "fangsong", "biaosong", "hei", "kai"):
        text = "吴川市塘㙍镇“一村一品”1,234.50"
        line = inked(text, family, 100.0)
        assert line.width == pytest.approx(chain(family).width(text) * 100)
        assert sum(len(run.glyphIndexes()) for run in line.runs) == len(text)
    assert inked("甲乙", "song", 10.0, 2.0).width == pytest.approx(24.0)


def test_a_character_without_a_glyph_leaves_its_room():
    assert inked("甲\U000fffff乙", "song", 10.0).width == pytest.approx(30.0)


def test_the_draft_mark_lies_under_the_ink(viewer):
    viewer.show_pages(plain_form(mark="草稿"))
    image = viewer.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(200, 700, 7) for y in range(200, 690, 7)}
    assert "#e9e9e9" in colours
    viewer.show_pages(plain_form())
    image = viewer.viewport().grab().toImage()
    assert image.pixelColor(450, 500) == QColor("#ffffff")


def test_all_pages_lie_under_each_other(viewer):
    viewer.show_pages(plain_form(3))
    assert viewer.verticalScrollBar().maximum() > 2 * 297
    seen = []
    viewer.page_seen.connect(seen.append)
    viewer.show_page(2)
    assert viewer.page == 2
    assert seen[-1] == 2


# ---- zoom ---------------------------------------------------------------------------------------------------------


def test_the_page_fits_the_width_until_another_zoom_is_chosen(viewer):
    viewer.show_pages(plain_form())
    assert viewer.fits_width
    viewer.resize(700, 700)
    narrow = viewer.zoom
    viewer.resize(800, 700)
    assert viewer.zoom > narrow
    viewer.set_zoom(1.25)
    viewer.resize(600, 500)
    assert viewer.zoom == 1.25
    viewer.set_zoom(None)
    assert viewer.fits_width


def test_zoom_goes_in_steps_from_50_to_300(viewer):
    viewer.show_pages(plain_form())
    told = []
    viewer.zoom_changed.connect(told.append)
    viewer.set_zoom(1.0)
    viewer.zoom_in()
    assert viewer.zoom == pytest.approx(1.1)
    viewer.zoom_out()
    viewer.zoom_out()
    assert viewer.zoom == pytest.approx(0.9)
    viewer.set_zoom(9.0)
    assert viewer.zoom == 3.0
    viewer.zoom_in()
    assert viewer.zoom == 3.0
    viewer.set_zoom(0.01)
    assert viewer.zoom == 0.5
    viewer.zoom_out()
    assert viewer.zoom == 0.5
    assert told[-1] == 0.5


def wheel(viewer, place, turns, held):
    event = QWheelEvent(
        QPointF(place), QPointF(viewer.mapToGlobal(place)), QPoint(), QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(viewer.viewport(), event)


def test_ctrl_and_the_wheel_zoom_around_the_pointer(viewer):
    viewer.show_pages(plain_form(2))
    viewer.set_zoom(1.0)
    place = QPoint(400, 300)
    desk = viewer._desk
    at = viewer._origin() + QPointF(place) - desk.page(0).topLeft()
    before = (at.x() / desk.scale, at.y() / desk.scale)
    wheel(viewer, place, 3, Qt.KeyboardModifier.ControlModifier)
    desk = viewer._desk
    assert viewer.zoom == pytest.approx(1.331)
    at = viewer._origin() + QPointF(place) - desk.page(0).topLeft()
    assert at.y() / desk.scale == pytest.approx(before[1], abs=0.5)
    scrolled = viewer.verticalScrollBar().value()
    wheel(viewer, place, -1, Qt.KeyboardModifier.NoModifier)
    assert viewer.zoom == pytest.approx(1.331)
    assert viewer.verticalScrollBar().value() > scrolled


def test_an_empty_desk_takes_everything_calmly(viewer):
    viewer.show_pages(None)
    viewer.set_zoom(2.0)
    viewer.zoom_in()
    viewer.show_page(1)
    assert viewer.filled is None
    assert viewer.viewport().grab().toImage().pixelColor(50, 50) == theme.colour("desk")


def test_the_zoom_box_shows_and_sets(viewer, qtbot):
    box = ZoomBox(viewer)
    qtbot.addWidget(box)
    viewer.show_pages(plain_form())
    viewer.set_zoom(1.0)
    assert box.chosen.text() == "100%"
    box.larger.click()
    assert viewer.zoom == pytest.approx(1.1)
    box.smaller.click()
    choices = {action.text(): action for action in box.chosen.menu().actions()}
    choices["150%"].trigger()
    assert viewer.zoom == 1.5
    choices["适合宽度"].trigger()
    assert viewer.fits_width


# ---- marks of the cells -------------------------------------------------------------------------------------------


def ground(owner, path):
    """The colour of a cell near its lower left corner."""
    rect = owner.view._seen(owner.view._desk.find(path))
    return owner.pixel(QPoint(round(rect.left()) + 8, round(rect.bottom()) - 4))


def test_computed_cells_are_grey_and_typed_ones_lightly_tinted(owner):
    assert ground(owner, "total") == theme.colour("plain_soft")
    tint = ground(owner, "leader")
    assert tint not in (theme.colour("plain_soft"), QColor("#ffffff"))
    assert tint.lightness() > 245


def test_nothing_is_tinted_on_a_frozen_paper(owner):
    owner.words["editable"] = False
    owner.show()
    assert ground(owner, "total") == QColor("#ffffff")
    assert ground(owner, "leader") == QColor("#ffffff")


def test_a_fault_has_a_red_frame_and_its_sentence(owner):
    owner.words["faults"] = {"phone": "联系电话应为 11 位或区号加号码"}
    owner.show()
    rect = owner.view._seen(owner.view._desk.find("phone"))
    assert owner.pixel(QPoint(round(rect.center().x()), round(rect.top()))).red() > 120
    below = QPoint(round(rect.left()) + 5, round(rect.bottom()) + 12)
    without = owner.pixel(below)
    owner.view.focus_field("phone")
    assert owner.pixel(below) != without  # the bubble
    assert "联系电话应为 11 位" in owner.view.tip(owner.view._desk.find("phone"))


def test_what_changed_since_the_last_version_is_marked(owner):
    owner.words |= {"changed": frozenset({"kind", "members"}), "editable": False}
    owner.show()
    assert ground(owner, "kind") == theme.colour("principle_soft")
    assert ground(owner, "members[1].name") == theme.colour("principle_soft")
    assert ground(owner, "leader") == QColor("#ffffff")


def test_required_cells_are_marked_while_they_are_empty(owner):
    desk, form = owner.view._desk, owner.form
    leader, phone = desk.find("leader").area, desk.find("phone").area
    assert not missing(form, PaperState(data=owner.data, editable=True), leader)
    assert missing(form, PaperState(data={}, editable=True), leader)
    assert not missing(form, PaperState(data={}, editable=True), phone)
    assert missing(form, PaperState(data={}, editable=True, required=frozenset({"phone"})), phone)
    assert not missing(form, PaperState(data={}, editable=True, required=frozenset()), leader)


def test_tool_tips_tell_label_unit_help_clause_and_source(owner):
    def tip(path):
        return owner.view.tip(owner.view._desk.find(path))

    assert tip("leader") == "负责人\n写村(居)委会主任的姓名。\n依据：吴川 三(一)2"
    assert tip("amount") == "财政专项（元）"
    assert tip("village") == "村\n来自：村资料\n双击查看数据来源。"
    assert tip("opinion_village") == "村委会意见"
    place = owner.place("leader")
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, owner.view.viewport().mapToGlobal(place))
    assert owner.view.viewportEvent(event)


def test_scroll_and_focus_stay_with_the_document(owner):
    owner.view.set_zoom(1.5)
    owner.view.focus_field("members[1].name")
    owner.view.verticalScrollBar().setValue(100)
    owner.show()
    assert owner.view.focused == "members[1].name"
    assert owner.view.verticalScrollBar().value() == 100
    owner.show(key="b")
    assert owner.view.focused == ""
    assert owner.view.verticalScrollBar().value() == 0


def test_a_field_is_brought_into_sight(owner):
    owner.view.set_zoom(2.0)
    assert owner.view.focus_field("opinion_village")
    assert owner.view.viewport().rect().contains(owner.place("opinion_village"))
    assert owner.view.hasFocus() or not owner.view.isActiveWindow()
    assert owner.view.focus_field("members")
    assert owner.view.focused == "members[0].name"
    assert not owner.view.focus_field("nothing")


def test_clear_empties_the_desk(owner):
    owner.view.focus_field("leader")
    owner.view.clear()
    assert owner.view.filled is None
    assert owner.view.focused == ""
    assert owner.view.cell_menu() is None


def hover(view, place):
    """Qt moves the system's own pointer, and tells whatever window of another test lies on top there."""
    at = QPointF(place)
    none = (Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    moved = QMouseEvent(QEvent.Type.MouseMove, at, QPointF(view.viewport().mapToGlobal(place)), *none)
    QApplication.sendEvent(view.viewport(), moved)


def test_the_pointer_tells_what_a_click_does(owner):
    for path, shape in (
        ("leader", Qt.CursorShape.IBeamCursor), ("total", Qt.CursorShape.ArrowCursor),
        ("opinion_village", Qt.CursorShape.PointingHandCursor),
    ):
        hover(owner.view, owner.place(path))
        assert owner.view.viewport().cursor().shape() == shape


# ---- the real forms -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", FORMS)
def test_every_typed_field_of_the_real_forms_can_be_reached(app, qtbot, form_id):
    form = load_form(form_id)
    view = PaperView()
    qtbot.addWidget(view)
    state = PaperState(editable=True)
    view.show_form(form, fill(form, {}, MADE_ON), state)
    reached = {spot.area.field for spot in stops(form, state, view._desk)}
    typed = {field.name for field in form.fields.values() if not field.locked and field.type not in ("opinion", "list")}
    assert typed <= reached
    shown = {spot.area.field for spot in view._desk.spots}
    assert {field.name for field in form.opinions} <= shown


@pytest.mark.parametrize("form_id", FORMS)
def test_every_typed_cell_of_the_real_forms_opens(app, qtbot, form_id):
    form = load_form(form_id)
    view = PaperView()
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show_form(form, fill(form, {}, MADE_ON), PaperState(editable=True))
    for spot in stops(form, PaperState(editable=True), view._desk):
        view.focus_field(spot.area.path)
        assert view.edit() is not None, spot.area.path
        view.commit()


# ---- the preview --------------------------------------------------------------------------------------------------


def test_the_preview_shows_pages_and_runs_what_it_is_handed(app, qtbot):
    done = []
    dialog = PreviewDialog(plain_form(2), (("PDF", lambda: done.append("pdf")), ("xlsx", lambda: done.append("xlsx"))))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == "打印预览 — 小样"
    assert dialog.page.text() == "第 1 页，共 2 页"
    dialog.viewer.show_page(1)
    assert dialog.page.text() == "第 2 页，共 2 页"
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    buttons["PDF"].click()
    buttons["xlsx"].click()
    assert done == ["pdf", "xlsx"]
    assert dialog.isVisible()
    buttons["关闭"].click()
    assert not dialog.isVisible()


def test_the_preview_of_a_wide_form_is_wide(app, qtbot):
    dialog = PreviewDialog(plain_form(landscape=True))
    qtbot.addWidget(dialog)
    assert dialog.width() > 1000
