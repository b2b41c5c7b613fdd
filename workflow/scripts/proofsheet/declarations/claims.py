"""Claims: what a write-up says, in a form that can be judged."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from proofsheet.declarations.strict import Strict

OneExperiment = Annotated[list[str], Field(min_length=1, max_length=1)]


class Measure(Strict):
    """A quantity of ``metrics.csv``, and what it is called in the table of verdicts."""

    title: str
    split: str
    quantity: str
    # For orderings: the quantity falls from each experiment to the next.
    falls: bool = False
    # For thresholds: the value that the quantity must exceed.
    above: float | None = None


class BaseClaim(Strict):
    """A statement of the write-up; ``evidence`` names the figure or table that shows it best."""

    text: str
    evidence: str


class Ordering(BaseClaim):
    """The quantity grows strictly from each experiment to the next."""

    kind: Literal["ordering"]
    experiments: Annotated[list[str], Field(min_length=2)]
    measures: Annotated[list[Measure], Field(min_length=1)]


class Threshold(BaseClaim):
    """The quantity lies above a stated value."""

    kind: Literal["threshold"]
    experiments: OneExperiment
    measures: Annotated[list[Measure], Field(min_length=1)]

    @model_validator(mode="after")
    def _values_given(self) -> "Threshold":
        if any(measure.above is None for measure in self.measures):
            raise ValueError("each measure of a threshold needs `above`")
        return self


class Series(Strict):
    """A quantity of ``history.csv``."""

    split: str
    quantity: str


class EpochMeasure(Strict):
    title: str
    lower: Series
    upper: Series


class PerEpoch(BaseClaim):
    """One series lies below another, in every epoch or in at least one."""

    kind: Literal["per_epoch"]
    experiments: OneExperiment
    measures: Annotated[list[EpochMeasure], Field(min_length=1)]
    holds_in: Literal["every", "some"]


Claim = Annotated[Ordering | Threshold | PerEpoch, Field(discriminator="kind")]
