"""One build of a run at a time, and none beside jobs that a killed build left behind.

Snakemake's own lock, which the profile turns off, outlives a build that is killed, and the end of
any build in a folder removes those of all.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from proofsheet.errors import ProofsheetError

BUILD, JOBS = ".build.lock", ".jobs.lock"


class Lock:
    """Of a run's folder, held by the process that builds it."""

    def __init__(self, root: Path):
        self.root = root
        self._held: IO[str] | None = None

    def take(self, tell: Callable[[str], None] = print) -> None:
        """Hold it until :meth:`release`, or until this process ends.

        :param tell: called with a line where jobs of a build that was killed are waited for.
        :raises ProofsheetError: where another process holds it, or the folder is read-only.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self._held = (self.root / BUILD).open("a+")
        except OSError as error:
            raise ProofsheetError(
                f"{error.filename}: {error.strerror}; results need a folder that may be written"
            ) from None
        if not _taken(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB):
            self._held.seek(0)
            other = self._held.read().strip() or "unknown"
            self.release()
            raise ProofsheetError(
                f"{self.root}: another build of this run is at work (process {other}); wait for "
                "it, or end it"
            )
        self._held.truncate(0)
        self._held.write(str(os.getpid()))
        self._held.flush()
        with (self.root / JOBS).open("a+") as jobs:
            if not _taken(jobs, fcntl.LOCK_EX | fcntl.LOCK_NB):
                tell(f"{self.root}: waiting for jobs of a build that was killed")
                _taken(jobs, fcntl.LOCK_EX)

    def release(self) -> None:
        if self._held:
            self._held.close()
            self._held = None


@contextmanager
def at_work(log: Path) -> Iterator[None]:
    """While a job runs, that it does.

    :param log: the job's, below the run's folder ``logs``.
    """
    roots = [parent.parent for parent in log.parents if parent.name == "logs"]
    if not roots:  # not of a run
        yield
        return
    with (roots[-1] / JOBS).open("a+") as jobs:
        _taken(jobs, fcntl.LOCK_SH)
        yield


def _taken(file: IO[str], how: int) -> bool:
    """Whether a lock was had; where a file system has none, as if it was."""
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
