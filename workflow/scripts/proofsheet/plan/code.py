"""Which source files a result depends on, from the import graph, without importing them."""

import ast
import os
from functools import cache
from pathlib import Path

import grimp

LIBRARY = Path(__file__).parents[1]
# How a job logs or starts is nobody's result.
DECIDE_NOTHING = ("proofsheet.jobs", "proofsheet.startup")
# What these scripts are told are plain values, so a change in the schema retrains nothing; what
# shows results asks declarations for more than that, and is made anew.
TOLD_VALUES = ("prepare", "train", "evaluate")


@cache
def _graph() -> grimp.ImportGraph:
    # Imports for type annotations alone decide no result.
    return grimp.build_graph("proofsheet", exclude_type_checking_imports=True, cache_dir=None)


def sources(script: str, *modules: str) -> list[str]:
    """A script, and the library files that it and ``modules`` import, sorted.

    Snakemake does not look into the modules that a script imports; listed as inputs of a rule,
    these files make a code edit rerun what depends on it and nothing else. What decides no result
    is left out: see :func:`decides_nothing`.

    :param script: name of a script of a rule.
    :param modules: what it imports by a name that is declared, below ``proofsheet``, for example
        ``"tasks.vae.objective"``.
    """
    # Relative to where a build runs, so that another clone has the same inputs.
    root = os.path.relpath(LIBRARY.parent)
    return [os.path.join(root, file) for file in _sources(script, modules)]


@cache  # asked for by every job of a plan, and once more by its report
def _sources(script: str, modules: tuple[str, ...]) -> list[str]:
    """As :func:`sources`, relative to the folder that holds scripts and library."""
    names = {*_imported(script), *(f"proofsheet.{module}" for module in modules)}
    names -= {name for name in names if name.startswith(DECIDE_NOTHING)}
    needed = {one for name in names for one in _needed_by(name)}
    needed -= {one for one in needed if decides_nothing(one, script)}
    return [_path(script), *sorted(_path(name) for name in needed)]


def decides_nothing(module: str, script: str) -> bool:
    """Whether what a script makes is the same however the module is written."""
    told_only = script in TOLD_VALUES and module.startswith("proofsheet.declare")
    return told_only or module.startswith(DECIDE_NOTHING)


@cache
def _imported(script: str) -> list[str]:
    """Library modules that a script imports itself."""
    tree = ast.parse((LIBRARY.parent / f"{script}.py").read_text(encoding="utf-8"))
    found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [name for name in found if name.startswith("proofsheet.")]


@cache
def _needed_by(module: str) -> set[str]:
    names = {module, *_graph().find_upstream_modules(module)}
    return names | _packages(*names)


def _packages(*modules: str) -> set[str]:
    """The packages that modules are in."""
    return {
        module.rsplit(".", up)[0] for module in modules for up in range(1, module.count(".") + 1)
    }


@cache
def _path(module: str) -> str:
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if (LIBRARY.parent / path).is_dir() else f"{path}.py"
