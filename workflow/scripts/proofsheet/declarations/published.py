"""Numbers that a write-up prints."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, NonNegativeInt, PositiveInt, model_validator

from proofsheet.declarations.strict import Strict
from proofsheet.verdicts.rules import MARKS, nearness


class Measured(Strict):
    """What of ours stands beside a published number.

    A metric of ``metrics.csv``; a quantity of ``history.csv``, epoch by epoch; or of
    ``steps.csv``, as means over ``every`` batches.
    """

    file: Literal["metrics", "history", "steps"] = "metrics"
    split: str
    quantity: str
    every: PositiveInt | None = None

    @model_validator(mode="after")
    def _steps_are_averaged(self) -> "Measured":
        if (self.file == "steps") != (self.every is not None):
            raise ValueError("`every` goes with `file: steps`, and only with that")
        return self


class Published(Strict):
    """One quantity of one experiment: a single ``value``, or values by epoch, or by epoch and
    batch."""

    where: str
    title: str
    measured: Measured
    unit: Literal["", "percent"] = ""
    # Digits after the point as printed, where a number's own digits do not show them (0.330).
    decimals: NonNegativeInt = 0
    value: FiniteFloat | None = None
    epochs: dict[int, FiniteFloat] = Field(default_factory=dict)
    batches: dict[int, dict[int, FiniteFloat]] = Field(default_factory=dict)
    # The verdicts that the write-up's own data gave, a mark for each number in order.
    recorded: Annotated[str, Field(pattern=f"^[{''.join(MARKS.values())}]*$")] = ""

    @model_validator(mode="after")
    def _one_form(self) -> "Published":
        if (self.value is not None) + bool(self.epochs) + bool(self.batches) != 1:
            raise ValueError("give exactly one of `value`, `epochs` and `batches`")
        count = len(self._printed())
        if self.recorded and len(self.recorded) != count:
            raise ValueError(f"`recorded` has {len(self.recorded)} marks for {count} numbers")
        if count > 1 and self.measured.file == "metrics":
            raise ValueError("several numbers: `measured.file` must be history or steps")
        return self

    def rows(self) -> list[tuple[int | None, int | None, float, float, float]]:
        """Epoch, batch (either may be absent), value, rounding and nearness, as shares where
        printed in percent.

        The rounding is half a unit of the last digit printed: how far the value can be from what
        it was rounded from. For nearness see :func:`proofsheet.verdicts.rules.nearness`.
        """
        scale = 100 if self.unit == "percent" else 1
        rows = []
        for epoch, batch, printed in self._printed():
            value = printed / scale
            rounding = 0.5 * 10.0 ** -self._decimals(printed) / scale
            rows.append((epoch, batch, value, rounding, nearness(value, rounding, self.unit)))
        return rows

    def texts(self) -> list[str]:
        """Each number as printed: ``0.330``, ``92.32 %``."""
        sign = " %" if self.unit == "percent" else ""
        return [f"{value:.{self._decimals(value)}f}{sign}" for _, _, value in self._printed()]

    def _decimals(self, value: float) -> int:
        exponent = Decimal(repr(value)).normalize().as_tuple().exponent
        assert isinstance(exponent, int)  # a finite number
        return max(self.decimals, -exponent)

    def _printed(self) -> list[tuple[int | None, int | None, float]]:
        if self.value is not None:
            return [(None, None, self.value)]
        rows: list[tuple[int | None, int | None, float]] = [
            (epoch, None, value) for epoch, value in self.epochs.items()
        ]
        rows += [
            (epoch, batch, value)
            for epoch, batches in self.batches.items()
            for batch, value in batches.items()
        ]
        return rows
