"""Who works with the program in an office with several clerks."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.storage.base import Keyed
from fupin_desktop.storage.fields import Style, choice, text


class Operator(Keyed):
    """Somebody who works with the program (操作人员).

    ``secret`` is the password as :mod:`services.operators` stretches it (scrypt, with its salt), empty for none; it is
    never shown. ``active`` is false for somebody who has left: the changes keep their name.
    """

    __tablename__ = "operators"
    noun = "operators"
    lasting = True

    name: Mapped[str] = text("姓名", required=True, style=Style.NAME)
    role: Mapped[str] = choice("角色", OperatorRole, default=OperatorRole.CLERK, required=True)
    active: Mapped[bool] = mapped_column(default=True, nullable=False)
    secret: Mapped[str] = mapped_column(Text, default="", nullable=False)
