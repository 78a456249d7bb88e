"""Places: towns (镇街) and administrative villages (行政村)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import Kind, flag, integer, text


class Town(Keyed):
    """A town or street office with the county it belongs to."""

    __tablename__ = "towns"
    noun = "villages"

    code: Mapped[str] = text("镇(街)代码", length=12, index=True)
    name: Mapped[str] = text("镇(街)", required=True, aliases=("镇", "乡(镇)", "乡镇", "镇街", "街道", "乡(镇)名称"))
    county: Mapped[str] = text("市(县)", aliases=("县", "县(市、区)", "县区", "县(市)"))
    county_code: Mapped[str] = text("市(县)代码", length=6)


class Village(Keyed):
    """An administrative village with what its applications say of it; poor villages are marked (吴川 三(二)7)."""

    __tablename__ = "villages"
    noun = "villages"

    town_key: Mapped[str] = reference("towns")
    code: Mapped[str] = text("行政村代码", length=12, index=True)
    name: Mapped[str] = text(
        "行政村", required=True, index=True, aliases=("村", "村名", "行政村名称", "村(居)委会", "村(居)", "村委会")
    )
    position: Mapped[int] = integer("排列顺序", default=0)
    assisting_unit: Mapped[str] = text("对口帮扶单位")
    phone: Mapped[str] = text("村委会电话", Kind.PHONE)
    main_product: Mapped[str] = text("主导产业")
    leader: Mapped[str] = text("村(居)负责人")
    leader_phone: Mapped[str] = text("负责人电话", Kind.PHONE)
    team_leader: Mapped[str] = text("驻村工作队负责人")
    team_phone: Mapped[str] = text("驻村工作队电话", Kind.PHONE)
    poor_village: Mapped[bool | None] = flag("省定贫困村")
    total_households: Mapped[int | None] = integer("总户数", unit="户")
    total_persons: Mapped[int | None] = integer("总人口", unit="人")
    note: Mapped[str] = text("备注")
