"""What a job is told beside its files: one of these, as one line of JSON.

Those of figures and tables stand beside what they declare, so that drawing one imports little.
"""

from __future__ import annotations

import shlex
from typing import Any, Literal

from pydantic import Field

from proofsheet.declare.claim import Claim, Statement
from proofsheet.declare.experiment import AnyEvaluation, AnyTraining
from proofsheet.declare.published import AllPublished
from proofsheet.declare.run import Author, DataSource
from proofsheet.declare.strict import Strict
from proofsheet.declare.writeup import Writeup
from proofsheet.files import canonical


class PrepareJob(Strict):
    """What decides the bytes of a data set."""

    source: DataSource
    """Without the words and the place of a person's own images."""
    images: str
    """A digest of a person's own images, so that another one prepares anew."""


class TrainJob(Strict):
    """All that decides the weights, but for the seed."""

    train: AnyTraining
    may_diverge: bool = False
    """Whether a loss that is not finite is a result, as of a candidate of a search."""


OwnImages = dict[str, dict[Literal["title", "licence"], str]]
"""By data set, what a person says of images of their own."""


class EvaluateJob(Strict):
    """Options of the evaluation."""

    evaluate: AnyEvaluation


class VerdictsJob(Strict):
    """What one write-up says, what our report says of it, and what it prints."""

    claims: dict[str, Claim]
    remarks: dict[str, Statement]
    published: AllPublished
    titles: dict[str, str]
    datasets: dict[str, str]


class CodeLink(Strict):
    """A part's source: its path, the commit at which it stands, and an address."""

    path: str
    commit: str
    url: str


class Commands(Strict):
    """What commands that a page prints say of its run."""

    run: str
    configfile: str
    overrides: dict[str, Any]

    def make(self, words: str) -> str:
        """A command of the Makefile."""
        run = [] if self.run == "quick" else [f"RUN={self.run}"]
        further = self._overrides()
        return " ".join([words, *run, *([f"ARGS={shlex.quote(further)}"] if further else [])])

    def again(self, path: str) -> str:
        """The command that makes a kept file again."""
        named = [] if self.run == "quick" else [f"--configfile {self.configfile}"]
        words = [f".venv/bin/snakemake results/{self.run}/{path} --force --cores 1", *named]
        return " ".join([*words, *filter(None, [self._overrides()])])

    def _overrides(self) -> str:
        keys = (f"{key}={canonical(value)}" for key, value in self.overrides.items())
        return shlex.join(["--config", *keys]) if self.overrides else ""


class ReportJob(Strict):
    """A write-up with all experiments that it shows, its own and others'."""

    name: str
    commands: Commands
    writeup: Writeup
    author: Author
    own_images: OwnImages
    links: dict[str, CodeLink]
    commit: str
    notes: dict[str, str]
    """By figure, what its kind says of seeds."""


class IndexJob(Strict):
    """The write-ups of a run, without what their pages show."""

    run: str
    author: Author
    own_images: OwnImages
    writeups: dict[str, Writeup]
    thumbnails: dict[str, str]
    """By write-up, its first figure."""
    not_made: dict[str, str] = Field(default_factory=dict)
    """Why, by title of a write-up that failed."""
