"""The commit at which a source file stands."""

import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[3]


def revision(path: str, project: Path = PROJECT) -> str:
    """The commit that last changed ``path``, or ``""`` where it is changed since or unknown.

    The file at that commit is the file at hand; unlike the newest commit, it stays the same when
    something else is committed, so nothing is rendered again.
    """
    if _git(project, "status", "--porcelain", "--", path) != "":
        return ""
    return _git(project, "log", "-1", "--format=%H", "--", path) or ""


def _git(project: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
