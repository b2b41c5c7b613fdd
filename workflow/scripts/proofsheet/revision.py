"""The commit at which a source file stands."""

import subprocess
from pathlib import Path


def revision(path: str) -> str:
    """The commit that last changed ``path``, or ``""`` where it is changed since or unknown.

    The file at that commit is the file at hand; unlike the newest commit, it stays the same when
    something else is committed, so nothing is rendered again.
    """
    if _git("status", "--porcelain", "--", path) != "":
        return ""
    return _git("log", "-1", "--format=%H", "--", path) or ""


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=Path(__file__).parents[3], capture_output=True, text=True
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
