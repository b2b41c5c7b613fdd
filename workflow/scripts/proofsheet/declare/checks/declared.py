"""What is held against each other, and the mistakes that several checks name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from proofsheet.declare.experiment import Experiment
from proofsheet.declare.folders import Folders
from proofsheet.declare.reading import Document
from proofsheet.declare.run import Run
from proofsheet.declare.writeup import Writeup


class Declared(NamedTuple):
    """What is held against each other, with the documents that say where each part stands."""

    run: Run
    document: Document
    writeups: dict[str, Writeup]
    documents: dict[str, Document]
    experiments: dict[str, Experiment]
    origins: dict[str, Document]
    """What declares each experiment; of some, a write-up that is not built."""
    folders: Folders


def dataset(declared: Declared, name: str) -> Iterator[str]:
    known = declared.run.data
    if name not in known:
        yield (
            f"{declared.document.at(('data', name))}: missing; say where {name} comes "
            "from, for example {source: torchvision, name: MNIST} "
            f"(there are {', '.join(sorted(known))})"
        )


def unknown(declared: Declared, at: str, experiment: str) -> str:
    known = ", ".join(sorted(declared.experiments))
    return f"{at}: names experiment {experiment!r}, which no write-up declares; there are {known}"
