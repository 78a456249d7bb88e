"""Places: towns (镇街) and administrative villages (行政村)."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import Kind, area, flag, integer, money, text


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
    cultivated_milli: Mapped[int | None] = area("耕地面积", at_most=None)
    focus_village: Mapped[bool | None] = flag("重点村")
    demonstration: Mapped[bool | None] = flag("产业扶贫示范村")
    base_possible: Mapped[bool | None] = flag("有条件建基地")
    secretary: Mapped[str | None] = text("党支部书记", later=True)
    first_secretary: Mapped[str | None] = text("第一书记", later=True)
    board_place: Mapped[str | None] = text("公示栏地点", later=True)
    email: Mapped[str | None] = text("联系邮箱", later=True)
    note: Mapped[str] = text("备注")


class VillageYear(Keyed):
    """What holds of a village in one year (清远 二11, 吴川 三(二)1)."""

    __tablename__ = "village_years"
    __table_args__ = (UniqueConstraint("village_key", "year"),)
    noun = "village_years"

    village_key: Mapped[str] = reference("villages", index=False)
    year: Mapped[int] = integer("年度", default=0, derived=True)
    collective_income_fen: Mapped[int | None] = money("村集体年收入", aliases=("村集体经济收入", "村集体收入"))
    per_head_income_fen: Mapped[int | None] = money("村人均可支配收入", summed=False)
    main_output_fen: Mapped[int | None] = money("主导产业产值")
    farm_output_fen: Mapped[int | None] = money("农业总产值")
    main_households: Mapped[int | None] = integer("从事主导产业户数", unit="户", summed=True)
    industry_document: Mapped[str] = text("产业扶贫文件", help="本年印发的产业扶贫文件的文号。")
    note: Mapped[str] = text("备注")
