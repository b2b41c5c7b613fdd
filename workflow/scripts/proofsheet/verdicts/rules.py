"""The rules by which numbers become verdicts. None of them knows where the numbers come from.

``confirmed`` and ``contradicted`` are said only where the evidence rules out the other side;
everything between is ``inconclusive``. What was measured on data that stand in for the original's
is ``not comparable`` with a number that the original prints.
"""

import math
from collections.abc import Sequence

from proofsheet.results.statistics import FEWEST

CONFIRMED = "confirmed"
CONTRADICTED = "contradicted"
INCONCLUSIVE = "inconclusive"
NOT_COMPARABLE = "not comparable"
VERDICTS = (CONFIRMED, CONTRADICTED, INCONCLUSIVE, NOT_COMPARABLE)

# One mark for each verdict: in reports, in the terminal, and where a write-up records them.
MARKS = {CONFIRMED: "✓", CONTRADICTED: "×", INCONCLUSIVE: "?", NOT_COMPARABLE: "–"}

# A search that found nothing speaks for absence once it shows, with 95 % confidence, that fewer
# than this share of the searched points can have what it looked for.
RARE = 0.05

# How near to a published number counts as the same, beyond the rounding of what is printed, by what
# it counts: five parts in a hundred of a loss, one percentage point of a share, half a decibel.
NEAR_LOSS = 0.05
NEAR_SHARE = 0.01
NEAR_DECIBEL = 0.5


def tolerance(value: float, rounding: float, scale: str) -> float:
    """How far from a published value ours may lie and still count as the same.

    :param value: a share in 0..1 however it was printed; anything else in its own unit.
    :param rounding: half a unit of the last digit printed, in the same unit.
    :param scale: what it counts: ``loss``, ``share`` or ``decibel``.
    """
    near = {"loss": NEAR_LOSS * abs(value), "share": NEAR_SHARE, "decibel": NEAR_DECIBEL}
    return rounding + near[scale]


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
