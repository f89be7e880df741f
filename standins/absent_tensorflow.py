"""Stands where TensorFlow's modules would: they can be imported, and nothing in them can be used.

Rasa imports TensorFlow whatever its configuration says, and uses it in a few components only.
Every name found here is a class that can be subclassed, subscripted and named in annotations, as
happens while modules are imported; whoever makes an instance or calls one gets one clear error.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

MODULES = ("keras", "tensorflow", "tensorflow_hub", "tensorflow_text")
"""The top-level modules that the stand-ins bring."""

_HOW = "install with `make setup STOCK=1`, and train again"


class TensorFlowMissingError(ImportError):
    """Something that needs TensorFlow was used; the message says what to do.

    An ImportError, because libraries that can do without TensorFlow expect that one.
    """

    def __init__(self, name: str) -> None:
        """Name what was used, as in `tensorflow.constant`."""
        super().__init__(f"this component needs TensorFlow: {_HOW} (it used {name}).", name=name)


class _AbsentType(ABCMeta):
    """The type of all names: further names in them exist too, and calling one is an error."""

    def __getattr__(cls, name: str) -> Any:
        if _is_special(name):
            raise AttributeError(name)
        return _absent(f"{cls._full_name()}.{name}")

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        raise TensorFlowMissingError(cls._full_name())

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def _full_name(cls) -> str:
        return f"{cls.__module__}.{cls.__qualname__}"


def _absent(full_name: str) -> type:
    module, _, name = full_name.rpartition(".")
    return _AbsentType(name, (), {"__module__": module, "__doc__": "Absent."})


class _AbsentModule(ModuleType):
    """A module in which every name exists."""

    def __getattr__(self, name: str) -> Any:
        if _is_special(name):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = _absent(f"{self.__name__}.{name}")
        # The same name is the same class each time: it may be compared, or be a base twice.
        setattr(self, name, found)
        return found


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


class _Finder(MetaPathFinder, Loader):
    """Finds a module under every name below the stand-ins' own."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in MODULES:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name, "Absent.")

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to execute."""


_FINDER = _Finder()


def take_place(name: str) -> None:
    """Turn the stand-in module of this name, which is being imported, into an absent one."""
    if _FINDER not in sys.meta_path:
        sys.meta_path.append(_FINDER)
    sys.modules[name].__class__ = _AbsentModule
