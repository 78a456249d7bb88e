"""Preview, files, batches."""

from fupin_desktop.errors import Cancelled
from fupin_desktop.services import documents
from tests.services.documents import office
from tests.ui.documents.desk import settle


def test_the_paper_is_previewed_and_written(tab, answers, window, tmp_path):
    seen = []
    answers.dialogs.append(lambda dialog: seen.append(len(dialog.viewer.filled.pages)))
    window.menus.actions["preview_application"].trigger()
    assert seen[0] >= 1
    for operation, name in (("pdf", "one.pdf"), ("xlsx", "one.xlsx"), ("pdf_copy", "copy.pdf")):
        answers.answers += [tmp_path / name, False]
        tab.paper.asked.emit(operation)
        settle(window)
        assert (tmp_path / name).stat().st_size > 1000
    assert "(对外)" in [text for what, text in answers.asked if what == "save"][-1]


def test_many_are_written_into_a_folder(tab, bench, answers, window, tmp_path):
    office.begin(bench, office.TOWN)
    tab.reload()

    def drive(dialog):
        assert dialog.all_listed
        dialog.xlsx.setChecked(True)
        dialog.go.click()

    answers.dialogs.append(drive)
    answers.answers += [tmp_path / "out", False]
    tab.document_actions.export()
    settle(window)
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".pdf", ".pdf", ".xlsx", ".xlsx"]


def test_only_the_chosen_are_written(tab, bench, answers, window, tmp_path):
    office.begin(bench, office.TOWN)
    office.begin(bench, office.VILLAGE, office.village_key(bench, "那罗村"))
    tab.reload()
    tab.records.view.selectAll()
    assert len(tab.records.chosen) == 3

    def drive(dialog):
        assert not dialog.all_listed
        dialog.pdf.setChecked(False)
        assert not dialog.go.isEnabled()
        dialog.pdf.setChecked(True)
        dialog.go.click()

    answers.dialogs.append(drive)
    answers.answers += [tmp_path / "out", False]
    tab.document_actions.export()
    settle(window)
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_without_a_document_there_is_nothing_to_print(window):
    said = []
    window.shell.said.connect(said.append)
    window.menus.actions["application_pdf"].trigger()
    assert said == ["先选一份申报表。"]


def test_an_export_that_is_cancelled_keeps_what_is_written_and_says_nothing(
    tab, bench, answers, window, tmp_path, monkeypatch,
):
    office.begin(bench, office.TOWN)
    tab.reload()
    write = documents.write_many

    def cancelled_after_one(bench, keys, folder, kinds, _report, *, copy):
        def report(done, _total, _text):
            if done:
                raise Cancelled

        return write(bench, keys, folder, kinds, report, copy=copy)

    monkeypatch.setattr(documents, "write_many", cancelled_after_one)
    answers.dialogs.append(lambda dialog: dialog.go.click())
    answers.answers.append(tmp_path / "out")
    tab.document_actions.export()
    settle(window)
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert answers.told == []
