"""The digest of every file that a job made, as it stands in the job's log."""

from pathlib import Path
from typing import NamedTuple

from proofsheet.files import sha256
from proofsheet.paths import below_root

# By which a log's line is known to be a record.
RECORD = "sha256"


class Record(NamedTuple):
    """What a job says of a file that it made."""

    digest: str
    log: Path

    def change(self, file: str, digest: str) -> str:
        """A line where a file is no longer what its job made; empty where it is."""
        if digest == self.digest:
            return ""
        return f"{file}: changed since it was made ({self.log}); to make it again, delete it"


def recorded(file: str) -> str:
    """The line of a log that records a file."""
    return f"{RECORD} {sha256(file)} {below_root(file)}"


def records(logs: Path) -> dict[str, Record]:
    """What all jobs of a run recorded, by path below the run's folder."""
    found = {}
    for log in sorted(logs.rglob("*.log")):
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            word, _, rest = line.partition(" ")
            if word == RECORD:
                digest, _, path = rest.partition(" ")
                found[path] = Record(digest, log)
    return found
