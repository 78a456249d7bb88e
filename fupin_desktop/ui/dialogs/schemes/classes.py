"""户类别和批次: the office's own classes of household in a scheme, and caps that hold for its batch alone."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.ui.dialogs.schemes.fields import number, words
from fupin_desktop.ui.dialogs.schemes.grid import Grid
from fupin_desktop.ui.dialogs.schemes.pages import NO_LIMIT, Page
from fupin_desktop.ui.models.scheme_draft import SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.labels import label

_FRESH_CLASS = {"name": "", "value": HouseholdClass.OUT_OF_POVERTY.value}


class ClassesPage(Page):
    """Own classes with what they count as; caps of the batch."""

    def __init__(self, draft: SchemeDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent=parent)
        hbox((self._classes(), 1), (self._batch(), 1), on=self, spacing=12)

    def _classes(self) -> QVBoxLayout:
        columns = (
            GridColumn("name", "本地类别", "text", 18),
            GridColumn("value", "归入", "choice", 14, tuple(HouseholdClass)),
        )
        own = Grid(self.draft, columns, _FRESH_CLASS, title="本地的户类别，归入五类之一", add="加一类", rows=5)
        own.bind(("classes",))
        told = (
            "如 低保户、特困户、未消除风险。写在这里的，系数、分类标准、封顶和先后顺序里都可以用；"
            "农户“本地类别”栏登记的按这里认。"
        )
        return vbox(label(told, "note", wrap=True), (self.put(own), 1))

    def _batch(self) -> QVBoxLayout:
        draft = self.draft
        box = self.group("只看本批的封顶 (与“封顶和取整”里的同时有效)", [
            ("本批每户最多(元)", number(draft, ("caps", "batch", "per_household"), hint=NO_LIMIT)),
            ("本批每人最多(元)", number(draft, ("caps", "batch", "per_person"), hint=NO_LIMIT)),
            ("不连前批的户类别", words(draft, ("caps", "batch_classes"), hint="连前批一起算时，这些类别只算本批")),
        ])
        column = vbox(box)
        for key, heading, title in (
            ("batch_by_class", "每户最多(元)", "本批每户的，按户类别另定"),
            ("batch_per_person_by_class", "每人最多(元)", "本批每人的，按户类别另定"),
        ):
            columns = (GridColumn("name", "户类别", "text", 16), GridColumn("value", heading, "number", 14))
            grid = Grid(draft, columns, {"name": HouseholdClass.MONITORED.label, "value": ""}, title=title, rows=2)
            grid.bind((key,))
            column.addWidget(self.put(grid), 1)
        return column
