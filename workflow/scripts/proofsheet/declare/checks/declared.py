"""What is held against each other, and the mistakes that several checks name."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from proofsheet.declare.experiment import Experiment
from proofsheet.declare.folders import Folders
from proofsheet.declare.reading import Document, Place
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
    unread: list[str]
    """Why another write-up cannot be read, which may declare what is missing here."""
    folders: Folders


def blamed(declared: Declared, *places: tuple[Document, Place]) -> str:
    """Of places that do not fit together one that the run changed, or else the last."""
    found = [document.at(place) for document, place in places]
    changed = [at for at in found if at.startswith(declared.document.where)]
    return (changed or found)[-1]


def dataset(declared: Declared, name: str, at: str) -> Iterator[str]:
    """A mistake of the run, but where the write-up calls it otherwise than all else does."""
    known = declared.run.data
    if name in known:
        return
    used = {experiment.train.data for experiment in declared.experiments.values()}
    near = get_close_matches(name, used & known.keys(), n=1)
    if near:
        yield f"{at}: {name!r}: no data set of this run; did you mean {near[0]!r}?"
    else:
        yield (
            f"{declared.document.at(('data', name))}: missing; say where {name} comes "
            "from, for example {source: torchvision, name: MNIST} "
            f"(there are {', '.join(sorted(known)) or 'none'})"
        )


def unknown(declared: Declared, at: str, experiment: str) -> str:
    known = ", ".join(sorted(declared.experiments))
    unread = "".join(f" ({one})" for one in declared.unread)
    which = f"names experiment {experiment!r}, which no write-up declares"
    return f"{at}: {which}; there are {known}{unread}"
