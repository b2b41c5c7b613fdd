"""The digest of every file of a run, as the job that made it recorded it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from proofsheet.errors import ProofsheetError
from proofsheet.files import sha256
from proofsheet.paths import below_root

# By which a log's line is known to be a record.
RECORD = "sha256"


class Record(NamedTuple):
    """What a job says of a file that it made."""

    digest: str
    log: Path


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


def manifest(files: Iterable[str], logs: Path) -> dict[str, str]:
    """SHA-256 by path below the run's folder.

    A file whose log is gone is taken as it is.

    :param logs: the folder of all jobs' logs.
    :raises ProofsheetError: a line for each file that is not what its job made.
    """
    made = records(logs)
    found, changed = {}, []
    for file in files:
        path = below_root(file)
        found[path] = sha256(file)
        if path in made and made[path].digest != found[path]:
            changed.append(
                f"{file}: changed since it was made ({made[path].log}); to make it again, delete it"
            )
    if changed:
        raise ProofsheetError("\n".join(changed))
    return found


class Difference(NamedTuple):
    """A file that is not as the manifest says."""

    path: str
    how: str
    log: Path | None
    """Of the job that made it."""


def differences(listed: dict[str, str], root: Path) -> list[Difference]:
    """What of a manifest is missing below a run's folder, or has other bytes."""
    made = records(root / "logs")
    found = []
    for path, digest in listed.items():
        how = _how(root / path, digest)
        if how:
            found.append(Difference(path, how, made[path].log if path in made else None))
    return found


def _how(file: Path, digest: str) -> str:
    if not file.is_file():
        return "missing"
    return "" if sha256(file) == digest else "changed"
