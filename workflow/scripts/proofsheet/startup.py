"""What makes a process start sooner, and nothing else: without all of it, results are the same.

``benchmarks/job_start.py`` measures what it saves.
"""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType
from typing import Any

COMPILER = "torch._dynamo"


def importing() -> None:
    """Before heavy imports: the garbage collector would look over all that an import makes, again
    and again, and find nothing. This saves a job with torch a third of a second."""
    gc.disable()


def imported() -> None:
    """After them: what was imported stays to the end, and is not looked over even then."""
    gc.freeze()
    gc.enable()


def ending() -> None:
    """Before the end: torchvision reports what the collector did not look over as leaked."""
    if "triton" in sys.modules:
        gc.unfreeze()


class _Deferred(ModuleType):
    """In the place of torch's compiler until somebody wants more of it than to be left alone."""

    def graph_break(self) -> None:
        pass

    def disable(self, function: Any = None, *arguments: Any, **options: Any) -> Any:
        return function if function is not None else (lambda wrapped: wrapped)

    def __getattr__(self, name: str) -> Any:
        if name == "__file__":  # inspect asks it of every module
            raise AttributeError(name)
        if sys.modules.get(COMPILER) is self:
            del sys.modules[COMPILER]
        return getattr(importlib.import_module(COMPILER), name)


def defer_compiler() -> None:
    """Let torch's optimisers step without loading its compiler.

    They load it at their first step only to tell it that it is not wanted, which costs over a
    second in every job.
    """
    sys.modules.setdefault(COMPILER, _Deferred(COMPILER))
