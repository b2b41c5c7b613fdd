"""What a write-up prints, as numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

from proofsheet.declare.published import Published


class Number(NamedTuple):
    """One printed number: a share in 0..1 where it was printed in percent."""

    epoch: int | None
    batch: int | None
    value: float
    rounding: float
    """Half a unit of the last digit printed: how far it can be from what it was rounded from."""
    text: str
    """As printed: ``0.330``, ``92.32%``."""


# Where a write-up prints nothing.
NOTHING = Number(None, None, math.nan, 0.0, "")


def numbers(declared: Published) -> list[Number]:
    """The numbers of one published quantity, in the order printed."""
    percent = declared.unit == "percent"
    scale = 100 if percent else 1
    found = []
    for epoch, batch, printed in declared.printed():
        decimals = max(declared.decimals, _decimals(printed))
        text = f"{printed:.{decimals}f}{'%' if percent else ''}"
        rounding = 0.5 * 10.0**-decimals / scale
        found.append(Number(epoch, batch, printed / scale, rounding, text))
    return found


def _decimals(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a finite number
    return -exponent
