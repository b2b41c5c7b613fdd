"""What a process is started with from outside, and what of it may decide nothing."""

import os
from pathlib import Path

from proofsheet.errors import ProofsheetError
from proofsheet.plan.code import LIBRARY


def own_surroundings(scripts: Path) -> None:
    """Let every script that Snakemake starts import this library before any other of its name, and
    draw as if matplotlib were configured nowhere.

    Snakemake puts a script's folder at the end of the import path, where an installed package of
    the same name would win.

    :param scripts: the workflow's folder of scripts.
    :raises ProofsheetError: where the library that runs here is another one already.
    """
    if LIBRARY.parent.resolve() != scripts.resolve():
        raise ProofsheetError(
            f"{LIBRARY}: imported before this workflow's own library in {scripts}; uninstall it, "
            "or start Python without it"
        )
    further = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    paths = [str(scripts), *(path for path in further if path != str(scripts))]
    os.environ |= {
        "PYTHONPATH": os.pathsep.join(paths),
        "MATPLOTLIBRC": os.devnull,  # not a person's own
        "MPLBACKEND": "agg",  # not a notebook's
    }
