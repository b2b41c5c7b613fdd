"""Which source files a result depends on, from the import graph, without importing them."""

import sys
from functools import cache
from pathlib import Path

import grimp

LIBRARY = Path(__file__).parent


@cache
def _graph() -> grimp.ImportGraph:
    if str(LIBRARY.parent) not in sys.path:
        sys.path.append(str(LIBRARY.parent))
    # Imports for type annotations alone decide no result.
    return grimp.build_graph("proofsheet", exclude_type_checking_imports=True, cache_dir=None)


def sources(*modules: str) -> list[str]:
    """Files of the named library modules and of all that they import, sorted.

    Snakemake does not look into the modules that a script imports; listed as inputs of a rule,
    these files make a code edit rerun what depends on it and nothing else.

    :param modules: dotted names below ``proofsheet``, for example ``"tasks.vae"``.
    """
    return sorted({path for module in modules for path in _needed_by(f"proofsheet.{module}")})


@cache
def _needed_by(module: str) -> list[str]:
    """Asked for by every job of a plan."""
    return [str(_path(name)) for name in {module, *_graph().find_upstream_modules(module)}]


def _path(module: str) -> Path:
    path = LIBRARY.parent.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    # Relative to the project, so that another clone has the same inputs.
    return path.relative_to(LIBRARY.parents[2])
