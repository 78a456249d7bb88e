"""The mark on a method that takes the place of its base's; ``typing_extensions`` has it, and takes 3 ms to load.

Type checkers see its own; what runs here is as empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override as override
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        """The method as it is."""
        return method
