"""One write-up: all that it declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, PositiveInt, model_validator

from proofsheet.declare.claim import Claim, Statement
from proofsheet.declare.consistency import Check
from proofsheet.declare.experiment import Experiment, Resources
from proofsheet.declare.figure import Figure
from proofsheet.declare.published import Published
from proofsheet.declare.recover import Recover
from proofsheet.declare.sentence import Mean, Reference, Sentence, references
from proofsheet.declare.strict import Seeds, Strict
from proofsheet.declare.table import Table

# Names become folders, file names and wildcards.
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=100)]


class Part(Strict):
    """A part of the report."""

    title: str
    """Its heading."""
    source: str
    """The project's file that its code link shows."""


class Defaults(Strict):
    """Keys of an experiment that all of this write-up's have unless they say otherwise."""

    seeds: Seeds | None = None
    """One training for each."""
    resources: Resources | None = None
    """What a job of a cluster asks for; single keys may be replaced."""


class Writeup(Strict):
    """What is rebuilt, shown and judged of one write-up."""

    title: str
    """The report's title."""
    course: str
    """Shown where the author names no other."""
    defaults: Defaults = Defaults()
    """Keys of an experiment that all have unless they say otherwise."""
    headline: Sentence
    """What came out, in one sentence on the page that leads to all reports."""
    parts: dict[Name, Part]
    """The report's parts, in order."""
    experiments: dict[Name, Experiment]
    """What is trained."""
    figures: dict[Name, Figure]
    """What is drawn."""
    tables: dict[Name, Table] = Field(default_factory=dict)
    """What is put into rows."""
    published: dict[str, dict[str, Published]] = Field(default_factory=dict)
    """What the write-up prints, by experiment and quantity."""
    consistency: dict[Name, list[Check]] = Field(default_factory=dict)
    """By experiment, what its printed numbers must agree in."""
    recover: dict[Name, Recover] = Field(default_factory=dict)
    """By experiment, how to search for settings that give what the write-up prints."""
    claims: dict[Name, Claim] = Field(default_factory=dict)
    """What the write-up says."""
    remarks: dict[Name, Statement] = Field(default_factory=dict)
    """What our report says beyond it, each chosen by what is measured."""

    @model_validator(mode="after")
    def _remarks_have_names_of_their_own(self) -> Writeup:
        for name in set(self.claims) & set(self.remarks):
            raise ValueError(f"remarks.{name}: a claim has this name; give it another")
        return self

    @model_validator(mode="after")
    def _figures_are_numbered_once(self) -> Writeup:
        owner: dict[PositiveInt, str] = {}
        for name, figure in self.figures.items():
            if figure.number is None:
                continue
            if figure.number in owner:
                raise ValueError(
                    f"figures.{name}.number: {figure.number} is that of {owner[figure.number]}; "
                    "give each figure of the write-up its own"
                )
            owner[figure.number] = name
        return self

    def shown(self) -> list[str]:
        """Names of all experiments that this write-up declares or shows, in order."""
        used = [
            *(name for figure in self.figures.values() for name in figure.draw.experiments),
            *(name for table in self.tables.values() for name in table.experiments),
            *(name for one in self.statements().values() for name in one.experiments),
            *self.published,
        ]
        said = [one for each in self.statements().values() for one in each.references()]
        return list(dict.fromkeys([*self.experiments, *used, *_read(said), *self.led_by()]))

    def led_by(self) -> list[str]:
        """Names of the experiments that its headline reads."""
        return _read(references(self.headline))

    def statements(self) -> dict[str, Statement]:
        """Claims and remarks."""
        return {**self.claims, **self.remarks}

    def judged(self) -> list[str]:
        """Names of the experiments by which its claims and published numbers are judged."""
        used = [name for one in self.statements().values() for name in one.experiments]
        return list(dict.fromkeys([*used, *self.published]))

    def datasets_shown(self) -> list[str]:
        """Data sets of which a figure shows images."""
        found = [name for figure in self.figures.values() for name in figure.draw.datasets]
        return list(dict.fromkeys(found))


def _read(found: Iterable[Reference]) -> list[str]:
    return [one.experiment for one in found if isinstance(one, Mean)]
