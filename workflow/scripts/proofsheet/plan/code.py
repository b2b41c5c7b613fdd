"""Which source files a result depends on, from the import graph, without importing them."""

from functools import cache
from pathlib import Path

import grimp

LIBRARY = Path(__file__).parents[1]
SCHEMA = "proofsheet.declare"
# What every job imports and no result depends on: how a job logs, and how fast it starts.
DECIDES_NOTHING = "proofsheet.jobs"


@cache
def _graph() -> grimp.ImportGraph:
    # Imports for type annotations alone decide no result.
    return grimp.build_graph("proofsheet", exclude_type_checking_imports=True, cache_dir=None)


def sources(*modules: str) -> list[str]:
    """Files of the named library modules and of all that they import, sorted.

    Snakemake does not look into the modules that a script imports; listed as inputs of a rule,
    these files make a code edit rerun what depends on it and nothing else. What declares settings
    is left out: see :func:`schema`.

    :param modules: dotted names below ``proofsheet``, for example ``"tasks.vae.objective"``.
    """
    return sorted({path for module in modules for path in _needed_by(f"proofsheet.{module}")})


@cache
def schema() -> list[str]:
    """Files that every job imports and whose bytes decide none of its results: the declarations,
    which reach it as checked values, and what all scripts share."""
    names = {name for name in _graph().modules if name.startswith((SCHEMA, DECIDES_NOTHING))}
    for name in sorted(names):
        if not name.startswith(f"{DECIDES_NOTHING}.gpu"):
            names |= _graph().find_upstream_modules(name)
    return sorted({str(_path(name)) for name in names | _packages(*names)})


@cache
def _needed_by(module: str) -> list[str]:
    """Asked for by every job of a plan."""
    names = {module, *_graph().find_upstream_modules(module)}
    names |= _packages(*names)
    return [str(_path(name)) for name in names if not name.startswith((SCHEMA, DECIDES_NOTHING))]


def _packages(*modules: str) -> set[str]:
    """The packages that modules are in."""
    return {
        module.rsplit(".", up)[0] for module in modules for up in range(1, module.count(".") + 1)
    }


def _path(module: str) -> Path:
    path = LIBRARY.parent.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    # Relative to the project, so that another clone has the same inputs.
    return path.relative_to(LIBRARY.parents[2])
