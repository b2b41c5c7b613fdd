"""Numbers that cannot be: bounds and prints in another unit, counts that count something else.

Each mistake is a key, with the keys below it, and what is wrong there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from proofsheet.declare.claim import Certificate, Comparison, Measure, PerEpoch, Threshold, Trend
from proofsheet.declare.published import Published
from proofsheet.declare.quantity import COUNTED, COUNTS, SHARE, Bounds, bounds_of, scale_of
from proofsheet.declare.reading import Place

Mistakes = Iterator[tuple[Place, str]]


def measured(measure: Measure) -> Mistakes:
    """Of a measure: a bound beyond all values judges nothing."""
    if isinstance(measure, Certificate):
        yield from _counted(measure)
    if isinstance(measure, PerEpoch):
        lower, upper = scale_of(measure.lower.quantity), scale_of(measure.upper.quantity)
        if lower and upper and lower != upper:
            yield ("upper",), f"a {upper}, and lower is a {lower}; compare two of a kind"
    if not isinstance(measure, Threshold | Comparison | Trend):
        return
    low, high = bounds_of(measure.quantity)
    if not isinstance(measure, Threshold):  # a difference
        low, high = (-1, 1) if (low, high) == SHARE else (-math.inf, math.inf)
    there = f"of {measure.quantity} it is {_among((low, high))}"
    if measure.above is not None and not low <= measure.above < high:
        yield ("above",), f"{measure.above:g}: {there}; give one of these"
    for bound in measure.between or ():
        if not low <= bound <= high:
            yield ("between",), f"{bound:g}: {there}; give two of these"


def _counted(measure: Certificate) -> Mistakes:
    counts = COUNTED.get(measure.quantity)
    if counts is None:
        known = ", ".join(COUNTED)
        yield ("quantity",), f"{measure.quantity!r}: no share of points; there are {known}"
    elif measure.tested != counts:
        of = f"does not count those of {measure.quantity}"
        yield ("tested",), f"{measure.tested!r}: {of}; write {counts}"


def printed(published: Published) -> Mistakes:
    """Of a printed number: a slip of unit or sign would only be called not reproduced."""
    quantity, scale = published.measured.quantity, scale_of(published.measured.quantity)
    if scale and scale != published.scale:
        yield ("scale",), f"{published.scale!r}: {quantity} is a {scale}; write {scale}"
        return
    highest = {"loss": math.inf, "share": 100.0 if published.unit else 1.0, "decibel": 1_000.0}
    high = highest[published.scale]
    low = 0.0 if scale in ("loss", "share") else -high
    unit = " percent" if published.unit else ""
    for epoch, batch, value in published.printed():
        if not low <= value <= high:
            form = "batches" if batch is not None else "value" if epoch is None else "epochs"
            place = (form, *(one for one in (epoch, batch) if one is not None))
            there = f"{quantity} is a {published.scale}, {_among((low, high))}{unit}"
            yield place, f"{value:g}: {there}; correct it, `unit` or `scale`"


def shown(form: str, quantity: str) -> Iterator[str]:
    """Of a format: only a share has percent."""
    scale = scale_of(quantity)
    if form.endswith(("%", "p")) and (scale in ("loss", "decibel") or quantity in COUNTS):
        of = f"a {scale} and " if scale in ("loss", "decibel") else ""
        yield f"{form!r}: {quantity} is {of}no share; write .2f"


def _among(bounds: Bounds) -> str:
    low, high = bounds
    return f"at least {low:g}" if high == math.inf else f"{low:g} to {high:g}"
