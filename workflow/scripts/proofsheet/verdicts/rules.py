"""The rules by which numbers become verdicts. None of them knows where the numbers come from.

Of a claim, ``confirmed`` and ``contradicted`` are said only where the evidence rules out the other
side; everything between is ``inconclusive``. A printed number is ``reproduced`` where it could have
come from one more training of ours, ``near`` where it could not but lies within the tolerance,
``not reproduced`` otherwise, and ``open`` where trainings differ too much to say. What was measured
on data that stand in for the original's is ``not comparable`` with what the original prints.
"""

import math
from collections.abc import Sequence

from proofsheet.results.statistics import FEWEST

CONFIRMED = "confirmed"
CONTRADICTED = "contradicted"
INCONCLUSIVE = "inconclusive"
NOT_COMPARABLE = "not comparable"
REPRODUCED = "reproduced"
NEAR = "near"
NOT_REPRODUCED = "not reproduced"
OPEN = "open"

# One mark for each verdict, in reports and in the terminal; first those of claims.
MARKS = {
    CONFIRMED: "✓",
    CONTRADICTED: "×",
    INCONCLUSIVE: "?",
    REPRODUCED: "✓",
    NEAR: "≈",
    NOT_REPRODUCED: "×",
    OPEN: "?",
    NOT_COMPARABLE: "–",
}

# By its mark, the verdict on printed numbers that a write-up records.
RECORDED = {MARKS[verdict]: verdict for verdict in (REPRODUCED, NEAR, NOT_REPRODUCED, OPEN)}

# What the verdict on a printed number says of a claim that restates it.
OF_CLAIM = {
    REPRODUCED: CONFIRMED,
    NEAR: INCONCLUSIVE,
    NOT_REPRODUCED: CONTRADICTED,
    OPEN: INCONCLUSIVE,
    NOT_COMPARABLE: NOT_COMPARABLE,
}

# A search that found nothing speaks for absence once it shows, with 95 % confidence, that fewer
# than this share of the searched points can have what it looked for.
RARE = 0.05

# How near to a published number is near, beyond the rounding of what is printed, by what it counts:
# five parts in a hundred of a loss, one percentage point of a share, half a decibel.
NEAR_LOSS = 0.05
NEAR_SHARE = 0.01
NEAR_DECIBEL = 0.5

# A range for one more training that reaches further than this many tolerances to each side holds so
# many numbers that to hold the printed one means little.
WIDE = 3


def tolerance(value: float, rounding: float, scale: str) -> float:
    """How far from a published value ours may lie and still be near.

    :param value: a share in 0..1 however it was printed; anything else in its own unit.
    :param rounding: half a unit of the last digit printed, in the same unit.
    :param scale: what it counts: ``loss``, ``share`` or ``decibel``.
    """
    near = {"loss": NEAR_LOSS * abs(value), "share": NEAR_SHARE, "decibel": NEAR_DECIBEL}
    return rounding + near[scale]


def by_training(value: float, mean: float, low: float, high: float, near: float) -> str:
    """Whether a printed number could have come from one more training of ours.

    :param mean: of our trainings.
    :param low: with ``high``, the range into which one more falls, widened by the rounding of what
        is printed; NaN where fewer than three trainings leave it unknown.
    :param near: :func:`tolerance`.
    """
    if math.isnan(low) or (low <= value <= high and high - low > 2 * WIDE * near):
        return OPEN
    if low <= value <= high:
        return REPRODUCED
    return NEAR if abs(mean - value) <= near else NOT_REPRODUCED


def by_interval(low: float, high: float, above: float = 0.0, below: float = math.inf) -> str:
    """Whether what the interval ``low`` to ``high`` bounds lies between ``above`` and ``below``.

    Confirmed if the whole interval lies strictly between them, contradicted if the whole interval
    lies at or beyond one of them. NaN bounds decide nothing.
    """
    if low > above and high < below:
        return CONFIRMED
    if high <= above or low >= below:
        return CONTRADICTED
    return INCONCLUSIVE


def by_count(agree: int, seeds: int) -> str:
    """Confirmed if all seeds agree, contradicted if none does; few seeds decide nothing."""
    if seeds < FEWEST or 0 < agree < seeds:
        return INCONCLUSIVE
    return CONFIRMED if agree else CONTRADICTED


def by_witness(found: int, high: float, wanted: bool) -> str:
    """Whether something exists (``wanted``) or does not, from a search at random points.

    One witness proves that it exists. That it does not is taken for shown where none was found and
    the share of points that can have it, at most ``high``, is below :data:`RARE`.
    """
    if found:
        return CONFIRMED if wanted else CONTRADICTED
    if high >= RARE:
        return INCONCLUSIVE
    return CONTRADICTED if wanted else CONFIRMED


def overall(verdicts: Sequence[str], *, cases: bool = False) -> str:
    """One verdict on a statement from those of its parts.

    Confirmed only if every part is. Where parts are ``cases`` that the statement speaks of, one
    that is contradicted contradicts it. Where they are ways to measure one thing, it is
    contradicted if one contradicts it and none confirms it: ways that disagree leave it open.
    """
    parts = set(verdicts)
    if len(parts) == 1:
        return parts.pop()
    if CONTRADICTED in parts and (cases or CONFIRMED not in parts):
        return CONTRADICTED
    return INCONCLUSIVE
