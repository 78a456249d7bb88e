"""PySide6 loaded for a quick start: what only its error messages and its documentation need waits until then.

PySide6 describes its functions to Python in modules of its own (``shibokensupport.signature``), which take a quarter of
its loading. The program asks for none of it, except where a function of Qt's is called wrongly, which is a bug.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any

from fupin_desktop.ui import qt_enums

if TYPE_CHECKING:
    from importlib.abc import Loader  # which would load how resources are read

_DEFERRED = frozenset(
    f"shibokensupport.signature.{name}"
    for name in ("errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
)
"""The modules that PySide6 reaches through Python alone; into ``mapping`` it looks by itself."""
_SWITCHES = "shibokensupport.feature"
"""Asked for each module that is loaded meanwhile; see :func:`load`."""
_filling = RLock()


def load() -> None:
    """Load PySide6, which is not loaded yet.

    It also wraps Python's import, to look in the source of each module imported from then on for a switch
    (``from __feature__ import``) that this program does not use; the import it keeps aside is put back.
    """
    qt_enums.install()
    sys.meta_path.insert(0, _Deferring)
    try:
        with _bound_late():
            import PySide6.QtWidgets  # noqa: F401 - loads the others it rests on
    finally:
        sys.meta_path.remove(_Deferring)
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


@contextmanager
def _bound_late() -> Iterator[None]:
    """Let Linux look for a library's functions when they are first called: Qt's have thousands that no start calls."""
    if sys.platform == "win32":  # which binds all of them, and cannot be told otherwise
        yield
        return
    usual = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        yield
    finally:
        sys.setdlopenflags(usual)


class _Deferring:
    """Finds the deferred modules where PySide6 has them as files, and leaves their contents for later.

    Where they are not files PySide6 has them in itself and finds them first.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As Python's import asks for; None for every other module."""
        way = _Later if name in _DEFERRED else _Sourceless if name == _SWITCHES else None
        found = PathFinder.find_spec(name, path, target) if way is not None else None
        if way is not None and found is not None and found.loader is not None:
            found.loader = way(found.loader)  # type: ignore[assignment]  # it does what one has to do
        return found


class _Loads:
    """Makes a module as ever.

    Args:
        loader: What loads it else.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """A module made as ever."""
        return self._loader.create_module(spec)


class _Sourceless(_Loads):
    """Loads the module that looks for switches in sources, without what reads those: it finds none."""

    def exec_module(self, module: ModuleType) -> None:
        """Run it; for it alone ``inspect`` is something else."""

        def bring(name: str, *words: Any) -> Any:
            return _NO_SOURCES if name == "inspect" else builtins.__import__(name, *words)

        vars(module)["__builtins__"] = {**vars(builtins), "__import__": bring}
        self._loader.exec_module(module)


class _NoSources:
    """In place of ``inspect``, which takes a dozen modules with it."""

    @staticmethod
    def getsource(_thing: object) -> str:
        """There is none.

        Raises:
            TypeError: As of what is built in.
        """
        raise TypeError


_NO_SOURCES = _NoSources()


class _Later(_Loads):
    """Loads a module when the first of its names is asked for."""

    def exec_module(self, module: ModuleType) -> None:
        """Nothing yet; names that Python itself looks for (``__path__``) are no reason to begin."""

        def fill(name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            with _filling:
                if module.__dict__.get("__getattr__") is fill:
                    del module.__dict__["__getattr__"]
                    self._loader.exec_module(module)
            return getattr(module, name)

        module.__dict__["__getattr__"] = fill
