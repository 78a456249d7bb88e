"""Situations the clerk can meet, each told in plain Chinese.

A situation is something that happens in a well-working program: a full disk, a pulled stick, a damaged workbook. It
carries three sentences: what happened, what is safe, what to do next. Anything else that is raised is a bug.
"""

from __future__ import annotations

import errno

from fupin_desktop.override import override

_CAUSES = {
    errno.EACCES: "没有权限，或者正被别的程序占用", errno.EPERM: "没有权限", errno.EROFS: "那里是只读的",
    errno.EBUSY: "正被别的程序占用", errno.EISDIR: "是文件夹", errno.ENOENT: "找不到", errno.ENOTDIR: "找不到",
    errno.ENOSPC: "磁盘已满", errno.EFBIG: "文件太大", errno.ENAMETOOLONG: "名字太长",
    errno.EINVAL: "名字或内容不合要求", errno.EIO: "磁盘读写出错", errno.ENODEV: "磁盘已断开",
    errno.ENXIO: "磁盘已断开", errno.EMFILE: "打开的文件太多",
}  # fmt: skip
"""What the system says in English, on a Chinese Windows too."""


def cause_of(fault: OSError) -> str:
    """Why a file could not be read or written, in Chinese and without a full stop."""
    return _CAUSES.get(fault.errno or 0) or f"系统错误 {fault.errno or fault}"


class Situation(Exception):  # noqa: N818 - situations, not errors of the program
    """A situation to be told to the clerk; never a bug.

    Attributes:
        happened: What happened, one Chinese sentence.
        safe: What is safe (data already kept, file untouched).
        todo: What the clerk does next.
    """

    safe = "已保存的数据没有变动。"
    todo = "请按提示处理后再试一次。"

    def __init__(self, happened: str, *, safe: str | None = None, todo: str | None = None) -> None:
        super().__init__(happened)
        self.happened = happened
        if safe is not None:
            self.safe = safe
        if todo is not None:
            self.todo = todo

    @override
    def __str__(self) -> str:
        return f"{self.happened}{self.safe}{self.todo}"

    @override
    def __reduce__(self) -> tuple[object, ...]:
        """How it comes over from another process: whole, whatever its class is made with."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[Situation], arguments: tuple[object, ...]) -> Situation:
    made = kind.__new__(kind)
    made.args = arguments
    return made


class DiskFull(Situation):
    """No room left where a file was being written."""

    todo = "请清理磁盘空间，或换一个位置再试。"


class PlaceGone(Situation):
    """The folder or stick (U盘) being written to or read from has gone."""

    todo = "请重新插好U盘或检查文件夹，然后再试一次。"


class FileBusy(Situation):
    """Another program holds the file open (Excel or WPS, as a rule)."""

    todo = "请在 Excel 或 WPS 里关闭这个文件，然后再试一次。"


class NotWritable(Situation):
    """No permission to write there."""

    todo = "请换一个有写入权限的文件夹。"


class DataReadOnly(NotWritable):
    """The data lie where this user of the PC cannot write: on a write-protected medium, in somebody else's folder."""

    safe = "什么也没有改动。"
    todo = "要修改，请用“文件 → 更改数据文件夹…”把数据抄到本机硬盘上，或换有权限的用户打开。"


class FileMissing(Situation):
    """A file that was named does not exist."""

    todo = "请检查文件名和位置。"


class UnreadableFile(Situation):
    """A file is damaged, of another kind than its name says, protected, or hostile."""

    todo = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿 (*.xlsx)”后再导入。"


class PasswordWanted(UnreadableFile):
    """A file opens with a password only, and none or a wrong one was given."""

    todo = "请输入打开密码；忘了密码的，请向给表的单位要一份没有密码的。"


class BadDefinition(Situation):
    """A policy, scheme or form file breaks a rule of its format.

    Attributes:
        file: The file's name.
        key: The key at fault, dotted, e.g. ``item[2].rate``.
    """

    todo = "请按提示修改这个文件后再试。"

    def __init__(self, file: str, key: str, rule: str) -> None:
        super().__init__(f"文件“{file}”的“{key}”有误：{rule}。")
        self.file = file
        self.key = key
        self.rule = rule


class DataFileBusy(Situation):
    """Another running copy of the program holds the data file."""

    todo = "请切换到已经打开的窗口，或关闭它以后再试。"


class DataFileNewer(Situation):
    """The data file was written by a newer version of the program."""

    todo = "请安装新版程序后再打开这个数据文件。"


class DataFileDamaged(Situation):
    """The open-time check found the data file damaged."""

    safe = "原文件没有被改动，备份仍在“备份”文件夹里。"
    todo = "请从最近的备份恢复。"


class PaperChanged(Situation):
    """A paper that was settled for good is not as it was any more (its checksum differs)."""

    safe = "已经停下，没有打开、打印或写出这份文件。"
    todo = "请和盖章的纸质原件核对，从定稿以后的备份里恢复；查“工具 → 数据体检…”看还有没有别的。"


class DataLocked(Situation):
    """The data file is encrypted, and nobody has typed the password yet."""

    safe = "数据完好，没有密码谁也打不开。"
    todo = "请输入密码；忘记密码的，用保险柜里的恢复码打开。"


class WrongPassword(Situation):
    """A password or recovery code is not the one."""

    safe = "数据没有变动。"
    todo = "请看清大小写和输入法再试；忘记密码的，用恢复码打开。"


class DataFileReplaced(Situation):
    """The data file was deleted, moved or replaced by another one while the window was open."""

    safe = "这一步没有保存；打开的内容还在，可以另存一份。"
    todo = "请先把打开的内容另存一份，再查看数据文件夹里发生了什么，然后重新打开程序。"


class PrinterTrouble(Situation):
    """A printer refuses a job or stops in the middle of it."""

    todo = "请检查打印机是否开机、联网、有纸，再打印一次；也可以先保存为 PDF。"


class MissingGlyph(Situation):
    """No font of the chain has a character that must be printed."""

    todo = "请核对这个字；确为生僻字的，请联系县(市)技术人员补充字库。"


class NotAllowed(Situation):
    """An operation that a must rule (不得) or the state of a record forbids."""


class YearClosed(NotAllowed):
    """Something of a closed year was to be changed.

    Attributes:
        year: The year.
    """

    todo = "确需更正的，请用“文件 → 重新打开年度…”写明原因后再改；做新的工作，请切换到新的年度。"

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年度已经关闭，只能查看和打印。")
        self.year = year


class NotInForce(Situation):
    """A policy value is asked for a day before it was set, or a clause that no stored document has."""


class SamePerson(Situation):
    """Two people of one name cannot be told apart in a list that goes public."""

    todo = "请在农户台账里核对这几户是不是同一人，并改正身份证号。"


class Cancelled(Exception):  # noqa: N818 - the clerk's wish, not an error
    """The clerk cancelled long work; everything stays as it was before it."""
