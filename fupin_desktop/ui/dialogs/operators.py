"""操作人员: who signs in at the start or in between, the page of the settings, one operator's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QTableWidgetItem,
    QWidget,
)

from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import Situation
from fupin_desktop.services import operators
from fupin_desktop.services.operators import OperatorForm, OperatorLine, Rules
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.plain_table import plain_table

_WHAT = (
    "几个人用同一份数据时，可以登记各人的姓名和角色，打开程序先选人、输密码，每一步操作都记下是谁。一个人的单位不用启用。"
    "“管理”才能改设置、操作人员、年度和处理个人资料。这一页的改动立即生效。"
)
_SEPARATE = "审核人不得是经办人(申报表的意见、发放批次的审核)"
_HEADINGS = ("姓名", "角色", "密码", "情况")


class SignInDialog(QDialog):
    """Whoever begins to work; the name and password are tried before it closes.

    Args:
        parent: The window; None at the start.
        leave: What the other button says.
        people: Who can be chosen; None takes those at work.
    """

    def __init__(
        self, bench: Workbench, parent: QWidget | None = None, leave: str = "退出",
        people: Sequence[OperatorLine] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("选择操作人员")
        self.setMinimumWidth(380)
        self._bench = bench
        listed = operators.listed(bench, active=True) if people is None else people
        self._people = {one.name: one for one in listed}
        self.name, self.secret, self.note = QComboBox(), QLineEdit(), label("", tone="must", wrap=True)
        for name, one in self._people.items():
            fonts.ensure(name)
            self.name.addItem(f"{name}({one.role.label})", name)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.go_on = button("进入", self.enter, "primary")
        self.go_on.setDefault(True)
        form = QFormLayout()
        form.addRow("操作人员", self.name)
        form.addRow("密码", self.secret)
        row = hbox(STRETCH, button(leave, self.reject), self.go_on)
        vbox(
            label(bench.heading or "产业扶贫工作台", "title", wrap=True), form, self.note, row, on=self,
            margins=(20, 18, 20, 14), spacing=12,
        )  # fmt: skip
        self.name.currentIndexChanged.connect(lambda _place: self._named())
        self._named()

    def choose(self, name: str) -> None:
        """Offer an operator first, such as the one who was at work."""
        self.name.setCurrentIndex(max(0, self.name.findData(name)))

    def _named(self) -> None:
        one = self._people.get(self.name.currentData() or "")
        asked = one is not None and one.has_password
        self.secret.clear()
        self.secret.setEnabled(asked)
        self.secret.setPlaceholderText("" if asked else "没有设密码")
        say(self.note, "")
        if asked:
            self.secret.setFocus()

    def enter(self) -> None:
        """Try it."""
        try:
            operators.sign_in(self._bench, self.name.currentData() or "", self.secret.text())
        except Situation as situation:
            say(self.note, f"{situation.happened}{situation.todo}")
            self.secret.selectAll()
            self.secret.setFocus()
        else:
            self.accept()


def sign_in(shell: Shell, parent: QWidget | None = None) -> bool:
    """Let another operator go on with the work; whether one did."""
    return shell.ask.run(SignInDialog(shell.bench, parent or shell.window, "取消"))


class OperatorsPage(QWidget):
    """The page of the settings: rules and list.

    Args:
        signed_in: Called when operators were turned on, so that somebody signs in.
    """

    def __init__(self, shell: Shell, signed_in: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._shell, self._signed_in = shell, signed_in
        self._lines: Sequence[OperatorLine] = ()
        self.on, self.separate = QCheckBox("启用操作人员"), QCheckBox(_SEPARATE)
        self.table = plain_table(_HEADINGS, (150, 80, 80), name="操作人员", single=True, opens=self.change_one)
        self.add, self.change = button("新增…", self.enter_new), button("修改…", self.change_one)
        self.own = button("修改我的密码…", self.change_own)
        column = vbox(on=self, margins=0, spacing=8)
        row = hbox(self.add, self.change, self.own, STRETCH)
        for widget in (label(_WHAT, "note", wrap=True), self.on, self.separate, self.table):
            column.addWidget(widget, 1 if widget is self.table else 0)
        column.addLayout(row)
        self.fill()
        self.on.clicked.connect(self._rule)
        self.separate.clicked.connect(self._rule)

    def fill(self) -> None:
        """Read everything again."""
        bench = self._shell.bench
        now = self._shell.read(lambda: operators.rules(bench)) or Rules()
        self.on.setChecked(now.on)
        self.separate.setChecked(now.separate)
        self.separate.setEnabled(now.on)
        self.own.setEnabled(bench.role is not None)
        self.show_lines(self._shell.read(lambda: operators.listed(bench)) or ())

    def show_lines(self, lines: Sequence[OperatorLine]) -> None:
        """Show these operators."""
        self._lines = lines
        self.table.setRowCount(len(self._lines))
        for place, one in enumerate(self._lines):
            texts = (one.name, one.role.label, "有" if one.has_password else "没有", "在用" if one.active else "已停用")
            fonts.ensure("".join(texts))
            for column, text in enumerate(texts):
                self.table.setItem(place, column, QTableWidgetItem(text))
        self.change.setEnabled(bool(lines))
        if lines and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)

    def _rule(self) -> None:
        bench, wanted = self._shell.bench, Rules(self.on.isChecked(), self.separate.isChecked())
        before = self._shell.read(lambda: operators.rules(bench)) or Rules()
        self._shell.do(
            lambda: operators.set_rules(bench, wanted), lambda _change: self._ruled(begun=wanted.on and not before.on),
            self.fill,
        )

    def _ruled(self, *, begun: bool) -> None:
        """The rules are kept; where operators were turned on, somebody signs in."""
        self.fill()
        if begun and self._signed_in is not None:
            self._signed_in()
            self.fill()

    def enter_new(self) -> None:
        """新增."""
        self._edit(None)

    def change_one(self) -> None:
        """修改."""
        place = self.table.currentRow()
        if 0 <= place < len(self._lines):
            self._edit(self._lines[place])

    def _edit(self, one: OperatorLine | None) -> None:
        self._shell.ask.run(OperatorDialog(self._shell, one, self))
        self.fill()

    def change_own(self) -> None:
        """修改我的密码."""
        from fupin_desktop.ui.dialogs.password import NewPasswordDialog

        bench = self._shell.bench

        def change(former: str, new: str, taken: Callable[[], object]) -> None:
            self._shell.do(lambda: operators.change_password(bench, former, new), lambda _change: taken())

        text = f"{bench.clerk}的密码。"
        self._shell.ask.run(NewPasswordDialog("修改我的密码", text, change, former=True, parent=self))


class OperatorDialog(QDialog):
    """One operator.

    Args:
        one: The one changed; None for a new one.
        parent: The window it belongs to.
    """

    def __init__(self, shell: Shell, one: OperatorLine | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("修改操作人员" if one is not None else "新增操作人员")
        self.setMinimumWidth(420)
        self._shell, self._one = shell, one
        self.name, self.role, self.active = QLineEdit(), QComboBox(), QCheckBox("在用(调走的去掉勾，记录留着)")
        self.secret, self.again, self.note = QLineEdit(), QLineEdit(), label("", tone="must", wrap=True)
        for role in OperatorRole:
            self.role.addItem(role.label, role.value)
        for field in (self.secret, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        kept = one is not None and one.has_password
        self.secret.setPlaceholderText("不改就空着" if kept else "可以不设；“管理”必须设")
        self.active.setChecked(one is None or one.active)
        if one is not None:
            fonts.ensure(one.name)
            self.name.setText(one.name)
            self.role.setCurrentIndex(self.role.findData(one.role.value))
        form = QFormLayout()
        form.addRow("姓名", self.name)
        form.addRow("角色", self.role)
        form.addRow("新密码", self.secret)
        form.addRow("再输一遍", self.again)
        form.addRow("", self.active)
        row = hbox(STRETCH, button("取消", self.reject), button("保存", self.save, "primary"))
        vbox(form, self.note, row, on=self, margins=(20, 18, 20, 14), spacing=12)

    def save(self) -> None:
        """保存."""
        if self.secret.text() != self.again.text():
            say(self.note, "两次输入的密码不一样。")
            return
        bench, key = self._shell.bench, self._one.key if self._one is not None else ""
        form = OperatorForm(
            self.name.text(), OperatorRole(self.role.currentData()), self.active.isChecked(), self.secret.text() or None
        )
        self._shell.do(lambda: operators.save(bench, key, form), lambda _change: self.accept())
