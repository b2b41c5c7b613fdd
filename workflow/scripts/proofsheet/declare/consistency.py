"""What printed numbers must agree in, whatever was trained.

``names`` are those that a check reads, with the scale that each must have.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt, model_validator

from proofsheet.declare.strict import Strict


class Whole(Strict):
    """A share of images is that of a whole number of them."""

    kind: Literal["whole"]
    """Which of the checks."""
    share: str
    """The published share."""
    images: PositiveInt
    """Of how many images it is."""

    def names(self) -> dict[str, str]:
        return {self.share: "share"}


class Sum(Strict):
    """A total is the sum of its weighted parts."""

    kind: Literal["sum"]
    """Which of the checks."""
    total: str
    """The published total."""
    parts: Annotated[dict[str, PositiveFloat], Field(min_length=2)]
    """By published part, its weight."""

    @model_validator(mode="after")
    def _parts_are_others(self) -> Sum:
        if self.total in self.parts:
            raise ValueError(f"{self.total} is the total and a part of it; leave it out")
        return self

    def names(self) -> dict[str, str]:
        return dict.fromkeys([self.total, *self.parts], "")


class CrossEntropy(Strict):
    """A mean cross-entropy lies between what an accuracy allows and what guessing gives."""

    kind: Literal["cross-entropy"]
    """Which of the checks."""
    loss: str
    """The published loss, in nats."""
    classes: Annotated[int, Field(ge=2)]
    """Of how many classes."""
    accuracy: str = ""
    """The published share of right answers on the same images, where there is one."""

    def names(self) -> dict[str, str]:
        return {self.loss: "loss", **dict.fromkeys(filter(None, [self.accuracy]), "share")}


Check = Annotated[Whole | Sum | CrossEntropy, Field(discriminator="kind")]
