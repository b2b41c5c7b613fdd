"""Claims: what a write-up says, in a form that can be judged.

A claim has measures or cases. Each is of one of seven kinds, which differ in the number that they
take from the kept files; :mod:`proofsheet.verdicts.claims` judges it.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, FiniteFloat, field_validator, model_validator

from proofsheet.declare.quantity import Metric, Readable, Series
from proofsheet.declare.sentence import Printed, Reference, Sentence, references
from proofsheet.declare.strict import Strict

_FRACTION = re.compile(r"[-+]?[0-9]{1,9}((\.[0-9]{1,9})?(e[-+]?[0-9]{1,2})?|/[0-9]{1,9})")


def _fraction(raw: object) -> object:
    if isinstance(raw, str) and not _FRACTION.fullmatch(raw):
        raise ValueError("write a number, or a fraction such as 9/10")
    try:
        return float(Fraction(raw)) if isinstance(raw, str) else raw
    except ZeroDivisionError:
        raise ValueError("divides by zero") from None


# A number, or a fraction as text: 10/11.
Number = Annotated[FiniteFloat, BeforeValidator(_fraction, json_schema_input_type=float | str)]
Verdict = Literal["confirmed", "contradicted", "inconclusive"]


# What an expression may be made of, and how long it may be: Python nests no deeper than its stack.
LONGEST = 500
_SIGNS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.UAdd)
_PARTS = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Load, ast.Constant)


def _parsed(expression: str) -> ast.Expression:
    """An expression of numbers, names, ``+ - * /``, brackets and ``log(…)``."""
    try:
        tree = ast.parse(expression.strip(), mode="eval")
        parts = list(ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        parts = []
    plain = all(isinstance(part, _PARTS + _SIGNS) for part in parts)
    numbers = [part.value for part in parts if isinstance(part, ast.Constant)]
    if len(expression) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters; write a shorter one")
    calls = [part for part in parts if isinstance(part, ast.Call)]
    logs = all(ast.unparse(one.func) == "log" and not one.keywords for one in calls)
    if not (parts and plain and logs and all(type(one) in (int, float) for one in numbers)):
        raise ValueError("no expression of names, numbers, + - * / ( ) and log()")
    return tree


class BaseMeasure(Strict):
    """What all kinds of measure have."""

    title: str
    """What is measured."""
    beside: bool = False
    """Whether it stands beside the others and decides nothing."""
    of_formulas: bool = False
    """Whether it is of formulas alone, the same on any data."""

    def reads(self) -> dict[str, list[Readable]]:
        """What it takes from kept files, by experiment."""
        return {}

    @property
    def experiments(self) -> list[str]:
        return list(self.reads())


class Bounded(BaseMeasure):
    """Judged by an interval: above a value, or between two. Above 0 unless declared."""

    above: Number | None = None
    """It must lie above this; a number, or a fraction as text, ``10/11``."""
    between: tuple[Number, Number] | None = None
    """It must lie between these, the lower first."""

    @model_validator(mode="after")
    def _one_bound(self) -> Bounded:
        if self.above is not None and self.between is not None:
            raise ValueError("give `above` or `between`, not both")
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError("`between` gives the lower value first")
        return self


class OfMetric(BaseMeasure):
    """Takes one metric, of one experiment or of several."""

    split: Literal["train", "val", "test", ""] = ""
    """Images that it was measured on; left out where it speaks of none, or of two splits."""
    case: str = ""
    """Which of several cases, where the experiment's task has such."""
    quantity: str
    """The metric's name in ``metrics.csv``."""

    @property
    def metric(self) -> Metric:
        return Metric(split=self.split, case=self.case, quantity=self.quantity)


class Threshold(Bounded, OfMetric):
    """A metric lies above a value, between two, or is what the write-up prints."""

    kind: Literal["threshold"]
    """A metric against a value."""
    experiment: str
    """The experiment that is measured."""
    published: str | None = None
    """The printed quantity of this experiment that the claim restates."""

    @model_validator(mode="after")
    def _bound_given(self) -> Threshold:
        given = [bound for bound in (self.above, self.between, self.published) if bound is not None]
        if len(given) != 1:
            raise ValueError("a threshold needs exactly one of `above`, `between`, `published`")
        return self

    def reads(self) -> dict[str, list[Readable]]:
        return {self.experiment: [self.metric]}


class Comparison(Bounded, OfMetric):
    """The metric of ``upper`` minus that of ``lower``, two experiments, paired by seed."""

    kind: Literal["comparison"]
    """Two experiments against each other."""
    lower: str
    """The experiment whose metric is to be the lower."""
    upper: str
    """The experiment whose metric is to be the higher."""

    @model_validator(mode="after")
    def _two(self) -> Comparison:
        if self.lower == self.upper:
            raise ValueError(f"{self.lower!r} is compared with itself; name two experiments")
        return self

    def reads(self) -> dict[str, list[Readable]]:
        return {name: [self.metric] for name in (self.lower, self.upper)}


class Ordering(OfMetric):
    """A metric grows, or ``falls``, strictly from each experiment to the next, paired by seed."""

    kind: Literal["ordering"]
    """Three or more experiments in order."""
    order: Annotated[list[str], Field(min_length=3)]
    """The experiments, lowest first."""
    falls: bool = False
    """Whether the metric is to fall from each to the next, not to grow."""

    @field_validator("order")
    @classmethod
    def _distinct(cls, order: list[str]) -> list[str]:
        if len(set(order)) < len(order):
            raise ValueError("an experiment stands twice in the order; name each once")
        return order

    def reads(self) -> dict[str, list[Readable]]:
        return {name: [self.metric] for name in self.order}


class Trend(Bounded):
    """The slope over epochs of a quantity of the history; of its negative where it ``falls``."""

    kind: Literal["trend"]
    """Where a quantity goes over epochs."""
    experiment: str
    """The experiment that is measured."""
    split: Literal["train", "val"]
    """Images that it was measured on."""
    quantity: str
    """Its name in ``history.csv``."""
    falls: bool = False
    """Whether it is to fall over epochs, not to grow."""

    @property
    def series(self) -> Series:
        return Series(split=self.split, quantity=self.quantity)

    def reads(self) -> dict[str, list[Readable]]:
        return {self.experiment: [self.series]}


class PerEpoch(BaseMeasure):
    """One series of the history lies below another, in every epoch or in at least one."""

    kind: Literal["per_epoch"]
    """Two series, epoch by epoch."""
    experiment: str
    """The experiment that is measured."""
    lower: Series
    """The series that is to lie below."""
    upper: Series
    """The series that is to lie above."""
    holds_in: Literal["every", "some"]
    """Whether in every epoch or in at least one."""

    @model_validator(mode="after")
    def _two(self) -> PerEpoch:
        if self.lower == self.upper:
            raise ValueError("a series is compared with itself; name two")
        return self

    def reads(self) -> dict[str, list[Readable]]:
        return {self.experiment: [self.lower, self.upper]}


class Arithmetic(Bounded):
    """The value of an expression over what the write-up prints of one experiment.

    Its names are the published quantities, each the last value printed. It needs no training.
    """

    kind: Literal["arithmetic"]
    """Printed numbers against each other."""
    published: str
    """The experiment of which they are printed."""
    value: str
    """The expression."""
    reading: str
    """What it is, in words."""

    @field_validator("value")
    @classmethod
    def _is_an_expression(cls, value: str) -> str:
        _parsed(value)
        return value

    def names(self) -> list[str]:
        """What the expression reads, in the order of the alphabet."""
        found = {part.id for part in ast.walk(_parsed(self.value)) if isinstance(part, ast.Name)}
        return sorted(found - {"log"})

    def compute(self, values: Mapping[str, float]) -> float:
        """The value of the expression.

        :raises ArithmeticError: where there is none.
        """
        scope: dict[str, Any] = {"__builtins__": {}, "log": math.log, **values}
        try:
            value = float(eval(compile(_parsed(self.value), "value", "eval"), scope))
        except (ValueError, TypeError) as error:  # of a logarithm
            undefined = "domain" in str(error)
            told = "a logarithm of zero or less" if undefined else str(error)
            raise ArithmeticError(told) from None
        if not math.isfinite(value):
            raise ArithmeticError("no finite number")
        return value


class Certificate(OfMetric):
    """Among random points, some (``present``) or none (``absent``) has a property.

    ``quantity`` is the share of points that have it, ``tested`` the metric with their number.
    """

    kind: Literal["certificate"]
    """Random points that prove or refute."""
    experiment: str
    """The experiment that is measured."""
    tested: str
    """The metric that counts the points."""
    witness: Literal["present", "absent"]
    """Whether some point is to have the property, or none."""

    @property
    def number_tested(self) -> Metric:
        return self.metric.model_copy(update={"quantity": self.tested})

    def reads(self) -> dict[str, list[Readable]]:
        return {self.experiment: [self.metric, self.number_tested]}


Measure = Annotated[
    Threshold | Comparison | Ordering | Trend | PerEpoch | Arithmetic | Certificate,
    Field(discriminator="kind"),
]


class Says(Strict):
    """What a report says, by verdict; for the numbers in braces see
    :mod:`proofsheet.declare.sentence`."""

    confirmed: Sentence
    """Where it holds."""
    contradicted: Sentence
    """Where it does not."""
    inconclusive: Sentence
    """Where the evidence leaves it open."""
    not_comparable: Sentence | None = None
    """Where what it says of a printed number would be held against a stand-in."""

    def by_verdict(self) -> dict[str, str]:
        """Sentences by verdict."""
        said = self.model_dump(exclude_none=True)
        return {verdict.replace("_", " "): text for verdict, text in said.items()}


class Statement(Strict):
    """Something that holds or does not, how it is judged, and what a report says of it."""

    says: Says
    """A sentence for each verdict."""
    measures: list[Measure] = Field(default_factory=list)
    """Ways to measure one statement."""
    cases: list[Measure] = Field(default_factory=list)
    """What the statement speaks of, so that one case that fails contradicts it."""

    @model_validator(mode="after")
    def _measured(self) -> Statement:
        if bool(self.measures) == bool(self.cases):
            raise ValueError("give exactly one of `measures` and `cases`")
        titles = [measure.title for measure in self.parts()]
        if twice := [title for title in titles if titles.count(title) > 1]:
            raise ValueError(f"two measures are called {twice[0]!r}; a verdict is found by it")
        if all(measure.beside for measure in self.parts()):
            raise ValueError("every measure is `beside` the others; leave one that decides")
        published = any(part.kind == "threshold" and part.published for part in self.parts())
        if published != (self.says.not_comparable is not None):
            raise ValueError(
                "`says: {not_comparable: ...}` stands beside a measure with `published`, and "
                "nowhere else"
            )
        return self

    def texts(self) -> list[tuple[tuple[str, ...], str]]:
        """All that it says, with the place of each."""
        said = self.says.model_dump(exclude_none=True)
        return [(("says", verdict), text) for verdict, text in said.items()]

    def parts(self) -> list[Measure]:
        """Measures or cases."""
        return self.measures or self.cases

    def references(self) -> list[Reference]:
        """Whatever its sentences read."""
        return [one for _, text in self.texts() for one in references(text)]

    @property
    def experiments(self) -> list[str]:
        """Those that judge it."""
        return list(dict.fromkeys(name for part in self.parts() for name in part.experiments))


class Claim(Statement):
    """A statement of the write-up."""

    text: Sentence
    """The statement; printed numbers in it stand in braces."""
    evidence: str
    """The figure or table that shows it best."""
    recorded: Verdict | None = None
    """The verdict that the write-up's own data gave, so that a build can tell when it changes."""

    @field_validator("text")
    @classmethod
    def _names_only_what_is_printed(cls, text: str) -> str:
        if not all(isinstance(one, Printed) for one in references(text)):
            raise ValueError("braces are for printed numbers here: {experiment[quantity]}")
        return text

    def texts(self) -> list[tuple[tuple[str, ...], str]]:
        return [(("text",), self.text), *super().texts()]
