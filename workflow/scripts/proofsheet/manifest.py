"""The digest of every file of a run."""

from pathlib import Path

from proofsheet.files import sha256


def manifest(results: Path, files: list[str]) -> dict[str, str]:
    """SHA-256 by path below ``results``, sorted."""
    return {str(Path(file).relative_to(results)): sha256(file) for file in sorted(files)}
