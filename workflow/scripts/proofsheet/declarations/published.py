"""Numbers that a write-up prints."""

from typing import Literal

from pydantic import Field, model_validator

from proofsheet.declarations.strict import Strict


class Published(Strict):
    """One quantity of one experiment: a single ``value``, or values by epoch, or by epoch and
    batch."""

    where: str
    unit: Literal["", "percent"] = ""
    value: float | None = None
    epochs: dict[int, float] = Field(default_factory=dict)
    batches: dict[int, dict[int, float]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_form(self) -> "Published":
        if (self.value is not None) + bool(self.epochs) + bool(self.batches) != 1:
            raise ValueError("give exactly one of `value`, `epochs` and `batches`")
        return self

    def rows(self) -> list[tuple[int | None, int | None, float]]:
        """Epoch, batch (either may be absent) and value, as shares where printed in percent."""
        scale = 100 if self.unit == "percent" else 1
        rows: list[tuple[int | None, int | None, float]] = []
        if self.value is not None:
            rows.append((None, None, self.value / scale))
        rows += [(epoch, None, value / scale) for epoch, value in self.epochs.items()]
        rows += [
            (epoch, batch, value / scale)
            for epoch, batches in self.batches.items()
            for batch, value in batches.items()
        ]
        return rows
