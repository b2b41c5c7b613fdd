"""The digest of every file of a run, held against what the job that made it recorded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from proofsheet.errors import ProofsheetError
from proofsheet.files import sha256
from proofsheet.paths import below_root

if TYPE_CHECKING:
    from proofsheet.jobs.records import Record


def manifest(files: Iterable[str], made: dict[str, Record]) -> dict[str, str]:
    """SHA-256 by path below the run's folder.

    A file whose log is gone is taken as it is.

    :param made: what all jobs recorded.
    :raises ProofsheetError: a line for each file that is not what its job made.
    """
    found, changed = {}, []
    for file in files:
        path = below_root(file)
        found[path] = sha256(file)
        if path in made and (wrong := made[path].change(file, found[path])):
            changed.append(wrong)
    if changed:
        raise ProofsheetError("\n".join(changed))
    return found


def differences(listed: dict[str, str], root: Path) -> dict[str, str]:
    """What of a manifest is ``"missing"`` below a run's folder, or has other bytes."""
    how = {path: _how(root / path, digest) for path, digest in listed.items()}
    return {path: word for path, word in how.items() if word}


def _how(file: Path, digest: str) -> str:
    if not file.is_file():
        return "missing"
    return "" if sha256(file) == digest else "changed"
