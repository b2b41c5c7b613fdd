"""The commit at which source files stand."""

import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[4]


def revision(*paths: str, project: Path = PROJECT) -> str:
    """The commit that last changed any of ``paths``; ``""`` where one has changed since.

    The files at that commit are the files at hand; unlike the newest commit, it stays the same when
    something else is committed, so nothing is rendered again.
    """
    if _git(project, "status", "--porcelain", "--", *paths) != "":
        return ""
    return _git(project, "log", "-1", "--format=%H", "--", *paths) or ""


def _git(project: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
