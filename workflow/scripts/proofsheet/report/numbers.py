"""The form of numbers on a page."""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np

from proofsheet.declare.quantity import Bounds
from proofsheet.results.statistics import FEWEST, estimate


def number(value: float, spec: str) -> str:
    """A number in a format of Python's, with a real minus sign; a dash where there is none.

    Beyond Python's formats, ``p`` gives a share in percentage points, without a sign for them.
    Halves are rounded up, as readers do: 0.8625 is 86.3%. Zero has no minus sign.
    """
    if spec.endswith("p"):
        return number(value, spec[:-1] + "%").removesuffix("%")
    if math.isnan(value):
        return "–"
    exact: float | Decimal = value
    if spec[-1:] in ("f", "%") and math.isfinite(value):
        exact = Decimal(repr(float(value)))
    with localcontext(rounding=ROUND_HALF_UP):
        shown = format(exact, spec)
        if math.isfinite(value) and not set("123456789") & set(shown):
            shown = format(abs(exact), spec)  # nothing is below zero that reads as zero
    return shown.replace("-", "−")


def over_seeds(values: np.ndarray, spec: str, bounds: Bounds) -> tuple[str, str]:
    """One seed's value; both of two; of more the mean, and behind it the interval.

    :param values: one per seed.
    """
    if 1 < len(values) < FEWEST:
        return ", ".join(number(value, spec) for value in values), ""
    found = estimate(values, bounds)
    return number(found.mean, spec), interval(found.low, found.high, spec)


def interval(low: float, high: float, spec: str) -> str:
    """``0.12 to 0.15``, a percent sign behind the second alone; empty where there is none."""
    if math.isnan(low):
        return ""
    return f"{number(low, spec).removesuffix('%')} to {number(high, spec)}"
