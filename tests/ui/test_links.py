"""Every number, due item and link leads somewhere: each is followed through the window to the rows it promises."""

import ast
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import fupin_desktop
from fupin_desktop.services import documents, funds, home, registers
from fupin_desktop.services.funds import tracing
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Query, cards, registry

PRODUCERS = {
    "services/documents/behind.py": "rows behind a value",
    "services/fund_papers/bindings.py": "rows behind a value",
    "services/funds/tracing.py": "rows behind a sum of the ledger",
    "services/home.py": "the first page",
    "services/waiting.py": "the first page",
    "services/waiting_money.py": "the first page",
    "services/targets.py": "the targets board, followed in test_boards",
    "services/village_comparison.py": "the comparison, followed in test_boards",
    "services/first_look.py": "the first page as it was kept",
    "ui/window/actions.py": "the search of the window",
    "services/years/closing.py": "what is open in a year",
    "services/reports/due.py": "the first page",
    "services/yearly_days.py": "fixed days of the year on the first page",
    "services/handovers.py": "what the first page tells of the stick",
    "services/reports/document.py": "rows behind a value",
    "services/registers/cards.py": "what a card leads to",
    "services/projects/posted.py": "the notices on a project's card, such targets as those of the first page",
    "ui/tabs/registers/card_parts.py": "the awards on a household's card, followed in test_asked_about",
    "ui/tabs/awards/actions.py": "money of a scheme",
    "ui/tabs/documents/actions.py": "compares only",
    "ui/tabs/funds/ledger_actions.py": "the paper of an entry",
    "ui/tabs/funds/papers.py": "the entries of a plan",
    "ui/tabs/publicity/paying.py": "the pool behind a finished list for it, followed in test_publicity",
}
"""Where targets are made; each kind is followed below."""


def test_every_module_that_makes_a_target_is_followed_here():
    root = Path(fupin_desktop.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)] if "Target(" in text else []
        if any(isinstance(call.func, ast.Name) and call.func.id == "Target" for call in calls):
            found.add(path.relative_to(root).as_posix())
    assert {name for name in found if not name.startswith("ui/shots/")} == set(PRODUCERS)


def follow(window, target):
    """Follow a link as a click on it does."""
    window.shell.wanted.emit(target)
    for _ in range(3):
        window.shell.tasks.wait()
        QApplication.processEvents()
    check(window, target)


def check(window, target):
    """The tab, the register, the rows and the record that a target promises are in front."""
    tab = window.current_tab
    assert window.tab_keys[window.strip.currentIndex()] == target.tab, target
    if target.tab in ("households", "ledgers"):
        _check_register(tab, target)
    elif target.tab == "publicity":
        assert (tab.state.current.kind, tab.state.current.subject.key) == (target.filter, target.key), target
    elif target.tab == "awards":
        assert not target.key or tab.state.key == target.key, target
    elif target.filter.partition(":")[0] == "ledger":
        _check_ledger(tab, target)
    elif target.tab in ("funds", "applications", "reports"):
        documents_tab = tab.papers if target.tab == "funds" else tab
        assert not target.key or documents_tab.state.key == target.key, target


def _check_register(tab, target):
    front = tab.state.front
    assert front.register.name == (target.register or "households"), target
    if target.key:
        assert front.model.key_at(tab.table.at.row) == target.key, target
        assert tab.table.chosen_rows() == [(tab.table.at.row, tab.table.at.row)]
        return
    if target.filter.startswith(cards.ABOUT):
        about = tuple(target.filter.removeprefix(cards.ABOUT).split("="))
        assert front.model.rowCount() == registers.count(tab.shell.bench, Query(front.register, 2026, about=about)) > 0
        assert tab.filters.chips[0].count("：") == 1
        return
    query = Query(
        front.register, tab.shell.bench.year, filters=front.register.conditions(target.filter),
        village=target.village or None,
    )
    assert not target.filter or query.filters, f"no such filter: {target}"
    assert front.model.rowCount() == registers.count(tab.shell.bench, query), target


def _check_ledger(tab, target):
    page = tab.ledger
    assert tab.view is page, target
    if target.filter == "ledger:plan":
        assert page.entries.bar.mark is not None, target
        assert page.entries.bar.mark[1] == target.key, target
    else:
        assert page.state.source_key == target.key, target


def test_everything_on_the_first_page_leads_to_its_rows(desk, sample):
    page = home.overview(sample, sample.today)
    targets = [*(one.target for one in page.figures), *(one.target for one in page.funds),
               *(one.target for one in page.due)]
    assert len(targets) > 12
    assert {target.tab for target in targets} >= {"households", "awards", "funds", "applications", "publicity"}
    for target in dict.fromkeys(targets):
        if target.tab != "home":
            follow(desk, target)


def test_every_card_of_a_register_leads_to_what_it_names(desk, sample):
    followed = set()
    for register in registry.grouped("ledgers"):
        for row in registers.window(sample, Query(register, sample.year), 0, 3):
            card = cards.card(sample, register, row.key)
            targets = [*(link.target for link in card.links if link.count), *card.shown.values()]
            for target in targets:
                if (target.tab, target.register, target.filter.partition("=")[0]) not in followed:
                    followed.add((target.tab, target.register, target.filter.partition("=")[0]))
                    follow(desk, target)
    assert ("ledgers", "entities", "") in followed
    assert ("ledgers", "projects", "about:entity_key") in followed


def test_targets_of_the_first_page_itself_open_what_they_name(desk, answers):
    opened = []
    answers.dialogs = [lambda dialog: opened.append(dialog.windowTitle())] * 3
    for target in (Target("home", "clause:清远 三(三)"), Target("home", "office"), Target("home", "forms:")):
        desk.open_target(target)
    assert len(opened) == 3


def test_rows_behind_every_value_of_a_document_of_each_form_and_state_lead_to_their_register(desk, sample):
    followed = set()
    for tab in ("applications", "funds"):
        lines = {(line.form_id, line.state): line for line in documents.lines(sample, sample.year, tab=tab)}
        for line in lines.values():
            document = documents.open_document(sample, line.key)
            for name, field in document.form.fields.items():
                if not field.locked:
                    continue
                target = documents.rows_behind(sample, line.key, name).target
                if target.tab != "home" and target not in followed and target.filter != "village":
                    followed.add(target)
                    follow(desk, target)
    assert any(target.village for target in followed)
    assert {target.tab for target in followed} >= {"households", "funds"}


def test_sums_of_the_ledger_lead_to_their_entries(desk, sample):
    sources = funds.balances(sample, sample.year, sample.today)
    for key in ("", *(one.key for one in sources)):
        for column in tracing.COLUMNS:
            follow(desk, tracing.behind(sample, key, column).target)


def test_what_the_search_finds_is_gone_to_in_its_register(desk, sample):
    texts = [registers.window(sample, Query(one, sample.year), 7, 1)[0] for one in (HOUSEHOLDS, PERSONS)]
    for row, one in zip(texts, (HOUSEHOLDS, PERSONS), strict=True):
        keys = [info.key for info in registers.columns(one)]
        number = row.cells[keys.index("head_id_number" if one is HOUSEHOLDS else "id_number")]
        found = desk.actions_of_window.find(number)
        assert found, number
        for each in found:
            follow(desk, each.value)


def test_a_card_leads_to_the_scheme_of_its_award(desk, sample):
    from fupin_desktop.services.household_card import household_awards

    keys = registers.all_keys(sample, Query(HOUSEHOLDS, sample.year))
    award = next(award for key in keys for award in household_awards(sample, key))
    follow(desk, Target("awards", key=award.scheme))


def test_a_record_filtered_out_is_gone_to_all_the_same(desk, sample):
    key = registers.all_keys(sample, Query(HOUSEHOLDS, sample.year))[300]
    tab = desk.show_tab("households")
    tab.state.search("没有这样的人")
    follow(desk, Target("households", key=key))
    tab.state.show(PERSONS)
    follow(desk, Target("households", key=key))


def test_another_year_reaches_the_count_line_and_the_export(desk, sample, answers, tmp_path):
    tab = desk.show_tab("households")
    desk.shell.tasks.wait()
    tab.settle()
    assert "参与 548 户" in tab.filters.count.text()
    place = [f"{year}" for year in range(desk.shell.today.year + 1, desk.shell.today.year - 6, -1)].index("2025")
    answers.answers = [place]
    desk.actions_of_window.years.choose()
    desk.shell.tasks.wait()
    tab.settle()
    desk.shell.tasks.wait()
    assert tab.state.front.query.year == 2025
    taking = registers.count(sample, Query(HOUSEHOLDS, 2025, filters=HOUSEHOLDS.conditions("participating")))
    assert f"参与 {taking:,} 户" in tab.filters.count.text()
    assert taking != 548
    path = tmp_path / "名册.csv"
    answers.answers = [path, False]
    tab.register_actions.export()
    desk.shell.tasks.wait()
    keys = list(tab.state.front.layout.shown)
    lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len([line for line in lines if line.split(",")[keys.index("kind")] in ("参与", "分散参与")]) == taking


def test_a_clicked_tab_and_a_followed_link_take_the_keyboard_to_the_rows(desk):
    for key, of in (
        ("households", lambda tab: tab.table), ("ledgers", lambda tab: tab.table), ("awards", lambda tab: tab.table),
        ("applications", lambda tab: tab.records.view), ("reports", lambda tab: tab.records.view),
        ("funds", lambda tab: tab.view.records.view), ("publicity", lambda tab: tab.rounds.view),
    ):  # fmt: skip
        place = desk.strip.tabRect(desk.tab_keys.index(key)).center()
        QTest.mouseClick(desk.strip, Qt.MouseButton.LeftButton, pos=place)
        desk.shell.tasks.wait()
        QApplication.processEvents()
        assert QApplication.focusWidget() is of(desk.tab(key)), key
    desk.open_target(Target("households", "missing:account"))
    assert QApplication.focusWidget() is desk.tab("households").table
