"""Claims: what a write-up says, in a form that can be judged.

A claim has measures or cases. Each is of one of seven kinds, which differ in the number that they
take from the evidence; :mod:`proofsheet.verdicts.claims` judges it.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, FiniteFloat, computed_field, model_validator

from proofsheet.declarations.strict import Strict


def _fraction(raw: object) -> object:
    try:
        return float(Fraction(raw)) if isinstance(raw, str) else raw
    except ZeroDivisionError:
        raise ValueError("divides by zero") from None


# A number, or a fraction as text: 10/11.
Number = Annotated[FiniteFloat, BeforeValidator(_fraction)]
Verdict = Literal["confirmed", "contradicted", "inconclusive"]


class Series(Strict):
    """A quantity of ``history.csv``, or of ``metrics.csv``."""

    split: str
    quantity: str


class Quantity(Series):
    """A quantity of one experiment."""

    experiment: str


class BaseMeasure(Strict):
    """What is measured is called ``title``; one that is ``beside`` the others decides nothing."""

    title: str
    beside: bool = False


class Bounded(BaseMeasure):
    """Judged by an interval: above a value, or between two. Above 0 unless declared."""

    above: Number | None = None
    between: tuple[Number, Number] | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Bounded":
        if self.above is not None and self.between is not None:
            raise ValueError("give `above` or `between`, not both")
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError("`between` gives the lower value first")
        return self


class OfOne(Quantity):
    """Measures one quantity of one experiment."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def experiments(self) -> list[str]:
        return [self.experiment]


class Threshold(Bounded, OfOne):
    """A metric lies above a value, between two, or reaches what the write-up prints."""

    kind: Literal["threshold"]
    # The printed quantity of this experiment that must be reached, as far as its rounding tells.
    published: str | None = None

    @model_validator(mode="after")
    def _bound_given(self) -> "Threshold":
        given = [bound for bound in (self.above, self.between, self.published) if bound is not None]
        if len(given) != 1:
            raise ValueError("a threshold needs exactly one of `above`, `between`, `published`")
        return self


class Comparison(Bounded):
    """The metric ``upper`` minus the metric ``lower``, paired by seed."""

    kind: Literal["comparison"]
    lower: Quantity
    upper: Quantity

    @computed_field  # type: ignore[prop-decorator]
    @property
    def experiments(self) -> list[str]:
        return list(dict.fromkeys([self.lower.experiment, self.upper.experiment]))


class Ordering(BaseMeasure):
    """A metric grows, or ``falls``, strictly from each experiment to the next, paired by seed."""

    kind: Literal["ordering"]
    experiments: Annotated[list[str], Field(min_length=3)]
    split: str
    quantity: str
    falls: bool = False


class Trend(Bounded, OfOne):
    """The slope over epochs of a quantity of the history; of its negative where it ``falls``."""

    kind: Literal["trend"]
    falls: bool = False


class PerEpoch(BaseMeasure):
    """One series of the history lies below another, in every epoch or in at least one."""

    kind: Literal["per_epoch"]
    experiment: str
    lower: Series
    upper: Series
    holds_in: Literal["every", "some"]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def experiments(self) -> list[str]:
        return [self.experiment]


class Arithmetic(Bounded):
    """The value of an expression over what the write-up prints of one experiment.

    Its names are the published quantities, each the last value printed; ``log`` is at hand.
    """

    kind: Literal["arithmetic"]
    published: str
    value: str
    # What it is, in words.
    reading: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def experiments(self) -> list[str]:
        return []  # it needs no training


class Certificate(OfOne, BaseMeasure):
    """Among random points, some (``present``) or none (``absent``) has a property.

    ``quantity`` is the share of points that have it, ``tested`` the metric with their number.
    """

    kind: Literal["certificate"]
    tested: str
    witness: Literal["present", "absent"]


Measure = Annotated[
    Threshold | Comparison | Ordering | Trend | PerEpoch | Arithmetic | Certificate,
    Field(discriminator="kind"),
]


class Claim(Strict):
    """A statement of the write-up; ``evidence`` names the figure or table that shows it best.

    ``measures`` are ways to measure one statement; ``cases`` are what a statement speaks of, so
    that one case that fails contradicts it.
    """

    text: str
    evidence: str
    measures: list[Measure] = Field(default_factory=list)
    cases: list[Measure] = Field(default_factory=list)
    # The verdict that the write-up's own data gave, so that a build can tell when it changes.
    recorded: Verdict | None = None

    @model_validator(mode="after")
    def _measured(self) -> "Claim":
        if bool(self.measures) == bool(self.cases):
            raise ValueError("give exactly one of `measures` and `cases`")
        titles = [measure.title for measure in self.parts()]
        if len(set(titles)) < len(titles):
            raise ValueError("two measures have the same title; a verdict is found by it")
        if all(measure.beside for measure in self.parts()):
            raise ValueError("every measure is `beside` the others; leave one that decides")
        return self

    def parts(self) -> list[Measure]:
        """Measures or cases."""
        return self.measures or self.cases

    @computed_field  # type: ignore[prop-decorator]
    @property
    def experiments(self) -> list[str]:
        return list(dict.fromkeys(name for part in self.parts() for name in part.experiments))
