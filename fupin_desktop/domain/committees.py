"""How the committee of a village or community is called (村委会, 居委会)."""

from __future__ import annotations

_COMMUNITY, _VILLAGE = "社区", "村"


def committee(village: str) -> str:
    """Its short name: 低岭村委会; a 社区 has its 居委会."""
    if village.endswith("委会"):
        return village
    if village.endswith(_COMMUNITY):
        return f"{village}居委会"
    return f"{village.removesuffix(_VILLAGE)}村委会"


def full_committee(village: str) -> str:
    """Its full name, as it signs: 低岭村民委员会; a 社区 has its 居民委员会."""
    if village.endswith("委员会"):
        return village
    return f"{committee(village).removesuffix('委会')}民委员会"
