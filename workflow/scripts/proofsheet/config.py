"""What a run configures: where data come from, what it limits, who hands the report in."""

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PositiveInt

from proofsheet.declarations.strict import Seeds, Strict
from proofsheet.errors import ProofsheetError
from proofsheet.validation import validate


class Limit(Strict):
    """Images kept per split, drawn once from a fixed seed; without it, all of them."""

    train: PositiveInt
    test: PositiveInt


class Embedded(Strict):
    source: Literal["embedded"]
    name: Literal["digits", "street_digits", "objects"]
    limit: Limit | None = None


class Torchvision(Strict):
    source: Literal["torchvision"]
    name: Literal["MNIST", "CIFAR10", "SVHN"]
    limit: Limit | None = None


class Folder(Strict):
    """A folder ``<path>/<split>/<class>/*.png|jpg``; ``stand_in`` unless it is the original."""

    source: Literal["folder"]
    path: str
    title: str
    licence: str = "not stated"
    mode: Literal["L", "RGB"] | None = None
    stand_in: bool = True
    limit: Limit | None = None


DataSource = Annotated[Embedded | Torchvision | Folder, Field(discriminator="source")]


def _as_text(value: object) -> object:
    """YAML reads an unquoted date as a date, and 0012345 as 5349."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        raise ValueError("put it in quotes, or leading zeros are lost")
    return value


Text = Annotated[str, BeforeValidator(_as_text)]


class Author(Strict):
    name: Text
    id: Text = ""
    course: Text = ""
    date: Text = ""


def _for_all(seeds: object) -> object:
    return {"*": seeds} if isinstance(seeds, list) else seeds


AUTHOR_FILE = "config/author.yaml"


class Config(Strict):
    run: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    writeups: Annotated[list[str], Field(min_length=1)]
    data: dict[str, DataSource]
    # Folder in torchvision's layout; a place, not content, so changing it reruns nothing.
    root: str = "data"
    # By experiment, by name or pattern; a list is for all of them.
    seeds: Annotated[dict[str, Seeds], BeforeValidator(_for_all)] = Field(default_factory=dict)
    train: dict[str, dict[str, Any]] = Field(default_factory=dict)
    resources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    author: Author
    # Where the reports' code links lead: a URL with {commit} and {path}.
    source_url: str = ""


def load_config(raw: dict[str, Any], known_writeups: list[str], where: str) -> Config:
    """Check a Snakemake configuration; ``where`` names its file in error messages."""
    validate(Author, raw.get("author") or {}, f"{AUTHOR_FILE}: author")
    config = validate(Config, raw, where)
    # Reports and make find a run by its name; config.yaml is the file of the quick run.
    if Path(where).stem not in (config.run, "config"):
        raise ProofsheetError(
            f"{where}: run: {config.run!r}: a run has the name of its file; write "
            f"`run: {Path(where).stem}`, or rename the file to {config.run}.yaml"
        )
    for name in config.writeups:
        if name not in known_writeups:
            raise ProofsheetError(
                f"{where}: writeups: {name!r}: no such write-up; there are "
                f"{', '.join(known_writeups)}"
            )
    for dataset, source in config.data.items():
        if isinstance(source, Folder) and not Path(source.path).is_dir():
            raise ProofsheetError(
                f"{where}: data.{dataset}.path: {source.path!r}: no such folder; "
                "give one that holds <split>/<class>/*.png"
            )
    return config
