"""The project, and a copy of it in which a contender runs."""

import shutil
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PARTS = ("Snakefile", "config", "envs", "profiles", "templates", "workflow", "writeups")


def copy_project(folder: Path) -> None:
    """Copy all that a build needs, and no results."""
    for part in PARTS:
        copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy2
        copy(PROJECT / part, folder / part)
