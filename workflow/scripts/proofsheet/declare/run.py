"""A run: where its data come from, what it limits, and who hands the report in."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt, field_validator

from proofsheet.declare.reading import Document, require
from proofsheet.declare.strict import Seeds, Strict
from proofsheet.declare.validation import validate
from proofsheet.declare.writeup import Name
from proofsheet.paths import FOLDERS

AUTHOR_FILE = "author.yaml"
# Templates that all pages are made of.
SHARED = ("base", "index", "macros", "report")
# Keys of folders, which decide no result.
PLACES = ("root", "checkpoints")


class Limit(Strict):
    """Images kept per split, drawn once from a fixed seed; without it, all of them."""

    train: PositiveInt
    """Training images kept."""
    test: PositiveInt
    """Test images kept."""


class Embedded(Strict):
    """Data that come with a package or are drawn."""

    source: Literal["embedded"]
    """Images at hand without a download."""
    name: Literal["digits", "street_digits", "objects"]
    """Which of them."""
    limit: Limit | None = None
    """How many images are kept."""


class Torchvision(Strict):
    """A data set of torchvision's, read under ``root`` or downloaded into it."""

    source: Literal["torchvision"]
    """One of torchvision's data sets."""
    name: Literal["MNIST", "CIFAR10", "SVHN"]
    """Which of them."""
    limit: Limit | None = None
    """How many images are kept."""


class Folder(Strict):
    """A folder ``<path>/<split>/<class>/*.png|jpg``; ``stand_in`` unless it is the original."""

    source: Literal["folder"]
    """Your own images."""
    path: str
    """The folder."""
    title: Annotated[str, Field(max_length=500)]
    """What reports call the data set."""
    licence: Annotated[str, Field(max_length=500)] = "not stated"
    """Under what licence the images may be used."""
    mode: Literal["L", "RGB"] | None = None
    """Read as grey (``L``) or coloured; without it, as the files are."""
    stand_in: bool = True
    """Whether these are other images than the write-up's own."""
    limit: Limit | None = None
    """How many images are kept."""


def is_original(source: Embedded | Torchvision | Folder) -> bool:
    """Whether these are all of a write-up's own images, so that printed numbers are compared."""
    own = isinstance(source, Torchvision) or (isinstance(source, Folder) and not source.stand_in)
    return own and source.limit is None


DataSource = Annotated[Embedded | Torchvision | Folder, Field(discriminator="source")]


def _as_text(value: object) -> object:
    """YAML reads an unquoted date as a date, and 0012345 as 5349."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        raise ValueError("this is no text, and leading zeros are lost; put it in quotes")
    return value


Text = Annotated[str, Field(max_length=500), BeforeValidator(_as_text)]


def _somebody(name: str) -> str:
    if not name.strip():
        raise ValueError("blank; write who hands the report in")
    return name


class Author(Strict):
    """Who hands the report in."""

    name: Annotated[Text, AfterValidator(_somebody)]
    """As it stands on the report."""
    id: Text = ""
    """A student's number, in quotes."""
    course: Text = ""
    """Empty for the write-up's own."""
    date: Text = ""
    """As it stands on the report."""


def _for_all(seeds: object) -> object:
    return {"*": seeds} if isinstance(seeds, list) else seeds


def _no_folder(run: str) -> str:
    if run in FOLDERS:
        raise ValueError("results have a folder of that name; call the run otherwise")
    return run


def _distinct(writeups: list[str]) -> list[str]:
    if len(set(writeups)) != len(writeups):
        raise ValueError("a write-up is named twice; name each once")
    return writeups


class Run(Strict):
    """A named configuration of everything."""

    run: Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=100), AfterValidator(_no_folder)]
    """Its name, that of its file; results go to ``results/<run>/``."""
    writeups: Annotated[list[Name], Field(min_length=1), AfterValidator(_distinct)]
    """Which write-ups to build, by their file names."""
    data: dict[Name, DataSource]
    """Where the images of each data set come from."""
    root: Annotated[str, Field(min_length=1)] = "data"
    """Folder in torchvision's layout; a place, not content, so changing it reruns nothing."""
    checkpoints: str = ""
    """Folder for trainings under way, where other nodes find it; without it, the results'."""
    seeds: Annotated[dict[str, Seeds], BeforeValidator(_for_all)] = Field(default_factory=dict)
    """By experiment, name or pattern, seeds that replace the declared ones; a list is for all."""
    train: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """By experiment, training keys that replace the declared ones."""
    resources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """By experiment, what a job of a cluster asks for; it decides no result."""
    recover: str = ""
    """An experiment whose settings are searched for, in the place of a build."""
    author: Author
    """Who hands the report in; in ``author.yaml`` for all runs."""
    source_url: str = ""
    """Where code links lead: a URL with {commit} and {path}."""

    @field_validator("source_url")
    @classmethod
    def _names_what_it_leads_to(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("an address begins with https:// or http://")
        try:
            parsed = list(Formatter().parse(url))
        except ValueError:
            parsed = [("", "", "", "")]
        plain = {(name, spec, turned) for _, name, spec, turned in parsed if name is not None}
        if plain - {("commit", "", None), ("path", "", None)}:
            raise ValueError("braces are for {commit} and {path}, and nothing else")
        return url


class AuthorFile(Strict):
    """Who hands in the reports of all runs."""

    author: Author
    """Whose reports these are."""


def load_run(document: Document, known_writeups: list[str]) -> Run:
    """Check what configures a run; a document without a file may have any name."""
    run = validate(Run, document)
    mistakes = []
    # Reports and make find a run by its name; config.yaml is the file of the quick run.
    name = Path(document.where).stem
    if document.node and name not in (run.run, "config"):
        mistakes.append(
            f"{document.at(('run',))}: {run.run!r}: a run has the name of its file; write "
            f"`run: {name}`, or rename the file to {run.run}.yaml"
        )
    other = Path(document.where).with_name(f"{run.run}.yaml")
    if document.node and name != run.run and other.exists():
        mistakes.append(
            f"{document.at(('run',))}: {run.run!r}: the run of {other}; give it another name"
        )
    for pattern, keys in run.train.items():
        if "task" in keys:
            mistakes.append(
                f"{document.at(('train', pattern, 'task'))}: a run changes settings, not what is "
                "learned; declare another experiment"
            )
    for place, writeup in enumerate(run.writeups):
        at = document.at(("writeups", place))
        if writeup in SHARED:
            mistakes.append(f"{at}: {writeup!r}: all pages have a template of this name; rename it")
        elif writeup not in known_writeups:
            known = ", ".join(known_writeups)
            mistakes.append(f"{at}: {writeup!r}: no writeups/{writeup}.yaml; there are {known}")
    for dataset, source in run.data.items():
        # Not of the class, because the job that reads the images is told no title.
        if isinstance(source, Folder) and not source.title.strip():
            at = document.at(("data", dataset, "title"))
            mistakes.append(f"{at}: empty; say what the images are")
        if isinstance(source, Folder) and not os.path.isdir(source.path):
            give = "the whole path" if source.path.startswith("~") else "one"
            mistakes.append(
                f"{document.at(('data', dataset, 'path'))}: {source.path!r}: no such folder; "
                f"give {give} that holds <split>/<class>/*.png"
            )
    require(mistakes)
    return run
