"""Operators: off at first, turned on by a manager, rights by role, who reviews is not who entered, all of it logged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fupin_desktop.cli.main import parse, run_command
from fupin_desktop.cli.office import opened
from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import NotAllowed, WrongPassword
from fupin_desktop.services import change_log, documents, history, holidays, offices, operators
from fupin_desktop.services.change_log import Wanted
from fupin_desktop.services.documents.model import Opinion
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.operators import OperatorForm, Rules
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.register_office import add_household

CLERK, REVIEWER, MANAGER = OperatorRole


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching passwords and the wait after a wrong one need not take their time here."""
    monkeypatch.setattr(operators, "_COST", 1 << 4)
    monkeypatch.setattr(operators, "_WAIT_S", 0.0)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path / "data")
    yield made
    made.close()


def enter(bench: Workbench, name: str, role: OperatorRole, password: str | None = "1234") -> None:
    operators.save(bench, "", OperatorForm(name, role, password=password))


def turned_on(bench: Workbench, *, separate: bool = False) -> None:
    for name, role in (("陈经办", CLERK), ("李审核", REVIEWER), ("王管理", MANAGER)):
        enter(bench, name, role)
    operators.set_rules(bench, Rules(True, separate))


def test_they_are_off_at_first_and_need_a_manager_with_a_password(bench: Workbench) -> None:
    assert operators.rules(bench) == Rules()
    assert not bench.signs_in
    enter(bench, "王管理", MANAGER, None)
    with pytest.raises(NotAllowed, match="有密码的“管理”"):
        operators.set_rules(bench, Rules(on=True))
    key = operators.listed(bench)[0].key
    operators.save(bench, key, OperatorForm("王管理", MANAGER, password="一二三四"))
    operators.set_rules(bench, Rules(on=True))
    assert bench.signs_in
    assert operators.sign_in(bench, "王管理", "一二三四") is MANAGER
    with pytest.raises(NotAllowed, match="有密码的“管理”"):
        operators.save(bench, key, OperatorForm("王管理", MANAGER, active=False))
    with pytest.raises(NotAllowed, match="已经有一位"):
        enter(bench, "王 管理", CLERK)
    with pytest.raises(NotAllowed, match="至少要 4 位"):
        enter(bench, "短", CLERK, "123")
    operators.set_rules(bench, Rules())
    assert not bench.signs_in


def test_wrong_passwords_and_sign_ins_are_logged_and_no_secret_is_told(bench: Workbench) -> None:
    turned_on(bench)
    with pytest.raises(WrongPassword, match="李审核"):
        operators.sign_in(bench, "李审核", "4321")
    with pytest.raises(NotAllowed, match="没有名叫"):
        operators.sign_in(bench, "谁", "")
    assert bench.role is None
    operators.sign_in(bench, "李审核", "1234")
    found = change_log.rows(bench, change_log.find(bench, Wanted()))
    assert [(one.who, one.title) for one in found[:2]] == [("李审核", "登录"), ("李审核", "登录失败：密码不对")]
    told = [part for one in found for part in change_log.details(bench, one.key)]
    assert ("姓名", "李审核") in [(part.label, part.after) for part in told]
    assert not [part for part in told if "scrypt" in part.before + part.after]


def test_settings_operators_and_years_are_for_managers(bench: Workbench) -> None:
    turned_on(bench)
    office_form = offices.OfficeForm(name="别的", county="吴川市", town="塘㙍镇", clerk="陈经办", year=2026)
    acts = (
        lambda: holidays.keep(bench, {date(2027, 1, 1): False}, []),
        lambda: offices.save(bench, office_form),
        lambda: enter(bench, "新人", MANAGER),
        lambda: operators.set_rules(bench, Rules()),
    )
    for name in ("陈经办", "李审核"):
        operators.sign_in(bench, name, "1234")
        for act in acts:
            with pytest.raises(NotAllowed, match="只有“管理”可以动"):
                act()
        add_household(bench, f"{name}录的户")
    operators.sign_in(bench, "王管理", "1234")
    holidays.keep(bench, {date(2027, 1, 1): False}, [])
    done = change_log.rows(bench, change_log.find(bench, Wanted()))[0]
    operators.sign_in(bench, "陈经办", "1234")
    with pytest.raises(NotAllowed, match="只有“管理”可以动"):
        history.undo_one(bench, done.key)
    assert bench.clerk == "陈经办"


def test_who_reviews_is_not_who_entered(bench: Workbench) -> None:
    turned_on(bench, separate=True)
    operators.sign_in(bench, "李审核", "1234")
    key = office.begin(bench)
    documents.submit(bench, key)
    box, *_others = office.boxes(bench, key)
    waiting = documents.open_document(bench, key).line.waiting_for
    opinion = Opinion(True, "同意。", "张主任", bench.today)
    with pytest.raises(NotAllowed, match="是李审核自己录入的"):
        documents.give_opinion(bench, key, box, opinion)
    operators.sign_in(bench, "陈经办", "1234")
    with pytest.raises(NotAllowed, match="陈经办是“经办”"):
        documents.give_opinion(bench, key, box, opinion)
    operators.sign_in(bench, "王管理", "1234")
    documents.give_opinion(bench, key, box, opinion)
    assert documents.open_document(bench, key).line.waiting_for != waiting


def test_one_changes_the_own_password(bench: Workbench) -> None:
    turned_on(bench)
    with pytest.raises(NotAllowed, match="没有操作人员登录"):
        operators.change_password(bench, "1234", "5678")
    operators.sign_in(bench, "陈经办", "1234")
    with pytest.raises(WrongPassword, match="原来的密码不对"):
        operators.change_password(bench, "4321", "5678")
    operators.change_password(bench, "1234", "5678")
    operators.sign_in(bench, "陈经办", "5678")


def test_a_forgotten_password_is_set_anew_from_the_command_line(
    bench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned_on(bench)
    bench.close()
    (tmp_path / "新密码.txt").write_text("新的密码\n", encoding="utf-8")
    words = ["operator", "--data", str(bench.data_folder), "--new-password-file", str(tmp_path / "新密码.txt"), "--name"]
    assert run_command(parse([*words, "谁"])) == 3
    assert run_command(parse([*words, "王管理"])) == 0
    assert "已重设“王管理”的密码" in capsys.readouterr().out
    again = open_workbench(bench.data_folder, clock=bench.clock)
    assert operators.sign_in(again, "王管理", "新的密码") is MANAGER
    titles = [one.title for one in change_log.rows(again, change_log.find(again, Wanted()))]
    again.close()
    assert titles[1] == "在命令行重设“王管理”的密码"


def test_the_command_line_asks_who_works_and_roles_hold(
    bench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    turned_on(bench, separate=True)
    bench.close()
    right, wrong = tmp_path / "密码.txt", tmp_path / "错的.txt"
    right.write_text("1234\n", encoding="utf-8")
    wrong.write_text("4321\n", encoding="utf-8")
    words = ["export", "--data", str(bench.data_folder), "--out", str(tmp_path / "名册.xlsx")]
    for who, told in (
        ([], "命令没有说是谁在办"), (["--operator", "谁"], "没有名叫“谁”"), (["--operator", "李审核"], "“李审核”的密码不对"),
        (["--operator", "李审核", "--operator-password-file", str(wrong)], "“李审核”的密码不对"),
    ):
        assert run_command(parse([*who, *words])) == 3
        assert told in capsys.readouterr().err
    assert not (tmp_path / "名册.xlsx").exists()
    assert run_command(parse(["--operator", "李审核", "--operator-password-file", str(right), *words])) == 0
    monkeypatch.setenv("FUPIN_OPERATOR", "陈经办")
    monkeypatch.setenv("FUPIN_OPERATOR_PASSWORD_FILE", str(right))
    assert run_command(parse(words)) == 0
    options = parse(["check", "--data", str(bench.data_folder)])
    with opened(options) as signed:
        assert (signed.clerk, signed.role) == ("陈经办", CLERK)
        with pytest.raises(NotAllowed, match="只有“管理”可以动"):
            operators.set_rules(signed, Rules())
    with opened(options, signed_in=False) as again:
        told_of = [(one.who, one.title) for one in change_log.rows(again, change_log.find(again, Wanted()))][:5]
    assert told_of[:2] == [("陈经办", "登录")] * 2
    assert ("李审核", "登录失败：密码不对") in told_of
