"""The commit at which source files stand."""

import os
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[4]


def revision(*paths: str, project: Path = PROJECT) -> str:
    """The commit that is checked out; ``""`` where it does not have one of ``paths`` as it is.

    Not the one that last changed them: of that a clone without history knows nothing.
    """
    everything = ("--porcelain", "--untracked-files=all", "--ignored")
    if _git(project, "status", *everything, "--", *paths) != "":
        return ""
    return _git(project, "rev-parse", "HEAD") or ""


def why_unknown(project: Path = PROJECT) -> str:
    """Why no commit is known of any file; empty where one is."""
    try:
        done = run_git(project, "rev-parse", "HEAD")
    except FileNotFoundError:
        return "there is no git here"
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[0]


def _git(project: Path, *arguments: str) -> str | None:
    try:
        done = run_git(project, *arguments)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def run_git(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Git in the project, whosever it is and whatever repository the environment names: who runs
    its code trusts it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-c", f"safe.directory={project}", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
