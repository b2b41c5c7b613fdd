"""Numbers that a write-up prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, PositiveInt, model_validator

from proofsheet.declare.quantity import BatchSeries, Metric, Series
from proofsheet.declare.strict import Strict


class Measured(Strict):
    """What of ours stands beside a published number.

    A metric of ``metrics.csv``; a quantity of ``history.csv``, epoch by epoch; or of
    ``steps.csv``, as means over ``every`` batches: of a number printed by epoch, the last of them.
    """

    file: Literal["metrics", "history", "steps"] = "metrics"
    """The kept file that holds it."""
    split: Literal["train", "val", "test", ""] = ""
    """Images that it was measured on; left out where it speaks of none, or of two splits."""
    quantity: str
    """Its name in that file."""
    every: PositiveInt | None = None
    """Batches to a mean, of ``steps.csv``."""

    @model_validator(mode="after")
    def _fits_its_file(self) -> Measured:
        if (self.file == "steps") != (self.every is not None):
            raise ValueError("`every` goes with `file: steps`, and only with that")
        splits = {"history": ("train", "val"), "steps": ("train",)}.get(self.file)
        if splits and self.split not in splits:
            raise ValueError(f"`file: {self.file}` is of `split: {' or '.join(splits)}`")
        return self

    def reads(self) -> Metric | Series | BatchSeries:
        """The rows of a kept file."""
        if self.file == "steps":
            return BatchSeries(quantity=self.quantity)
        kind = Series if self.file == "history" else Metric
        return kind(split=self.split, quantity=self.quantity)  # type: ignore[arg-type]


class Published(Strict):
    """One quantity of one experiment: a single ``value``, or values by epoch, or by epoch and
    batch."""

    where: str
    """Where the write-up prints it."""
    title: str
    """What it is, in words."""
    measured: Measured
    """What of ours stands beside it."""
    scale: Literal["loss", "share", "decibel"]
    """What it counts, which decides how near ours must be, however it is printed."""
    unit: Literal["", "percent"] = ""
    """How a share is printed."""
    decimals: Annotated[int, Field(ge=0, le=15)] = 0
    """Digits after the point as printed, where a number's own digits do not show them (0.330)."""
    value: FiniteFloat | None = None
    """The number as printed, where there is one."""
    epochs: dict[PositiveInt, FiniteFloat] = Field(default_factory=dict)
    """The numbers as printed, by epoch."""
    batches: dict[PositiveInt, dict[PositiveInt, FiniteFloat]] = Field(default_factory=dict)
    """The numbers as printed, by epoch and batch."""
    recorded: Literal["", "✓", "≈", "×", "?"] = ""
    """The verdict that the write-up's own data gave: reproduced, near, not reproduced or open."""

    @model_validator(mode="after")
    def _one_form(self) -> Published:
        if (self.value is not None) + bool(self.epochs) + bool(self.batches) != 1:
            raise ValueError("give exactly one of `value`, `epochs` and `batches`")
        count = len(self.printed())
        if count > 1 and self.measured.file == "metrics":
            raise ValueError("several numbers: `measured.file` must be history or steps")
        if self.batches and self.measured.file != "steps":
            raise ValueError("`batches` are measured in `file: steps`")
        if self.measured.file == "steps" and self.value is not None:
            raise ValueError(
                "`file: steps` is of `batches`, or of `epochs`; give them, or a metric"
            )
        if self.measured.file == "history" and not self.epochs:
            raise ValueError("`file: history` is of `epochs`; give them, or a metric")
        every = self.measured.every or 1
        for epoch, batch, _ in self.printed():
            if batch is not None and batch % every:
                raise ValueError(f"batches.{epoch}.{batch}: not a multiple of `every`, {every}")
        if self.unit == "percent" and self.scale != "share":
            raise ValueError("`unit: percent` is of a share; give `scale: share`")
        return self

    def printed(self) -> list[tuple[int | None, int | None, float]]:
        """Epoch, batch (either may be absent) and value of each number, in order."""
        if self.value is not None:
            return [(None, None, self.value)]
        return [
            *((epoch, None, value) for epoch, value in sorted(self.epochs.items())),
            *(
                (epoch, batch, value)
                for epoch, batches in sorted(self.batches.items())
                for batch, value in sorted(batches.items())
            ),
        ]


# Of one write-up, by experiment and quantity.
AllPublished = dict[str, dict[str, Published]]


def named(shown: object, experiments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Experiment and quantity of every published number that a figure or table may show.

    :param shown: its options as plain values; a part that names an experiment speaks of it alone.
    :param experiments: those of the whole.
    """
    if isinstance(shown, dict):
        own = shown.get("experiment")
        experiments = [own] if isinstance(own, str) else experiments
        if isinstance(quantity := shown.get("published"), str):
            yield from ((experiment, quantity) for experiment in experiments)
        shown = list(shown.values())
    for part in shown if isinstance(shown, list) else ():
        yield from named(part, experiments)
