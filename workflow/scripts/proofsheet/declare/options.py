"""Types that the options of a figure are made of; its function names them as annotations."""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from proofsheet.declare.quantity import Array, Metric, Series
from proofsheet.declare.strict import Strict

__all__ = [
    "Array",
    "Experiments",
    "ImageRow",
    "Metric",
    "MetricPanel",
    "Panels",
    "ScorePanel",
    "Series",
    "SeriesPanel",
    "Settings",
    "Term",
    "Titles",
]


_Number = int | float
_Positive = Annotated[_Number, Field(gt=0)]


def _distinct(experiments: list[str]) -> list[str]:
    if len(set(experiments)) < len(experiments):
        raise ValueError("an experiment stands twice; name each once")
    return experiments


Experiments = Annotated[list[str], Field(min_length=1), AfterValidator(_distinct)]


def _once(at: dict[_Number, str]) -> dict[_Number, str]:
    _distinct(list(at.values()))
    return at


# By the label of a line, experiments at each value of a setting, on a logarithmic scale.
Settings = Annotated[
    dict[str, Annotated[dict[_Positive, str], Field(min_length=1), AfterValidator(_once)]],
    Field(min_length=1),
]
# Of panels, at least one.
Titles = Annotated[dict[str, str], Field(min_length=1)]
_Panel = TypeVar("_Panel")
Panels = Annotated[list[_Panel], Field(min_length=1)]


class SeriesPanel(Series):
    """A panel of a quantity over epochs."""

    title: str
    ylabel: str


class MetricPanel(Metric):
    """A panel of a metric."""

    title: str
    ylabel: str


class Term(Strict):
    """A term of a loss, and the published quantity whose values are drawn as points."""

    quantity: str
    title: str
    published: str | None = None

    def reads(self) -> list[Series]:
        return [
            Series(split="train", quantity=f"running_{self.quantity}"),
            Series(split="train", quantity=self.quantity),
            Series(split="val", quantity=self.quantity),
        ]


class ScorePanel(Strict):
    """A histogram of one experiment's scores; its sign is −1 where a score is minus a distance."""

    experiment: str
    label: str
    sign: Literal[-1, 1]


class ImageRow(Array):
    """A row of images, and what stands beside it."""

    label: str
