"""The digest of every file of a run."""

from collections.abc import Iterable

from proofsheet.files import sha256
from proofsheet.paths import below_root


def manifest(files: Iterable[str]) -> dict[str, str]:
    """SHA-256 by path below the run's folder."""
    return {below_root(file): sha256(file) for file in files}
