"""What is held against each other, and the mistakes that several checks name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from proofsheet.declare.experiment import Experiment
from proofsheet.declare.folders import Folders
from proofsheet.declare.reading import Document, Place
from proofsheet.declare.run import Run
from proofsheet.declare.writeup import Writeup

# Of more names than that a message tells those that are near.
MANY = 12


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
    same = [one for one in known if one.lower() == name.lower()]
    near = next(iter(same or get_close_matches(name, known, n=1)), "")
    if near and near not in used:
        wrong = f"{near!r}: no write-up names it; did you mean {name!r}?"
        yield f"{declared.document.at(('data', near))}: {wrong}"
    elif near:
        yield f"{at}: {name!r}: no data set of this run; did you mean {near!r}?"
    else:
        yield (
            f"{declared.document.at(('data', name))}: missing; say where {name} comes from, as in "
            f"{{source: torchvision, name: MNIST}}; {choice(name, known)}"
        )


def unknown(declared: Declared, at: str, experiment: str) -> str:
    unread = "".join(f" ({one})" for one in declared.unread)
    which = f"names experiment {experiment!r}, which no write-up declares"
    return f"{at}: {which}; {choice(experiment, declared.experiments)}{unread}"


def choice(name: str, known: Iterable[str]) -> str:
    """What a misspelt name may mean: of many those that are near, else all there are."""
    known = sorted(known)
    near = get_close_matches(name, known) if len(known) > MANY else []
    return (
        f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known) or 'none'}"
    )
