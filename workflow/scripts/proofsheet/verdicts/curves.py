"""Whether a printed curve could have come from one more training of ours.

A curve is ``K`` numbers of one training: losses by epoch, means of a hundred batches. Two questions
are asked of it, each at half of 5 %, so that of curves that do come from such a training one in
twenty is turned away: does it lie as high, and has it that shape?
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proofsheet.results.statistics import FEWEST, LEVEL


class Fit(NamedTuple):
    """How a printed curve lies among our trainings.

    ``level`` and ``shape`` are chances, 0..1, that one more training of ours would be as far off or
    farther; NaN below three trainings, or where they are all equal. ``spread`` is the standard
    deviation of a number over trainings, pooled over the curve, with ``freedom`` degrees of
    freedom.
    """

    level: float
    shape: float
    spread: float
    freedom: float

    @property
    def could_be_ours(self) -> bool:
        return min(self.level, self.shape) > (1 - LEVEL) / 2


UNKNOWN = Fit(np.nan, np.nan, np.nan, np.nan)


def fit(ours: np.ndarray, printed: np.ndarray, rounding: np.ndarray) -> Fit:
    """Hold a printed curve against ours.

    Its mean difference from ours is held against that of our trainings by Student's t for one more
    result (Hahn and Meeker 1991, "Statistical Intervals", section 4.7). What is left of the
    differences then, their squares summed, is held against the same sum of our trainings by an F
    distribution whose degrees of freedom are those of independent numbers with the same variances
    and correlations (Box 1954, "Some theorems on quadratic forms", theorem 3.1): numbers that go up
    and down together count as few. They are estimated without bias from few trainings (Srivastava
    2005, "Some tests concerning the covariance matrix", lemma 2.1).

    :param ours: ``float (K, N)``, a column for each training.
    :param printed: ``float (K,)``.
    :param rounding: ``float (K,)``, half a unit of the last digit printed; a number that was
        rounded is off by as much either way, with the variance of a uniform distribution.
    """
    points, trainings = ours.shape
    if trainings < FEWEST or not np.ptp(ours, axis=1).any():
        return UNKNOWN
    from scipy.special import fdtrc, stdtr  # here, because most jobs need neither

    m = trainings - 1
    further = 1 + 1 / trainings  # of one more training against the mean of ours
    unrounded = np.square(rounding).mean() / 3
    off, apart = printed - ours.mean(axis=1), ours - ours.mean(axis=1, keepdims=True)
    variance = np.square(apart.mean(axis=0)).sum() / m
    t = abs(off.mean()) / np.sqrt(variance * further + unrounded / points)
    level = 2 * stdtr(m, -t)
    shapes = apart - apart.mean(axis=0)
    total, freedom = _freedom(shapes, m)
    ratio = np.square(off - off.mean()).sum() / (total * further + unrounded * (points - 1))
    shape = fdtrc(freedom, m * freedom, ratio)
    pooled, of_number = _freedom(apart, m)
    return Fit(float(level), float(shape), float(np.sqrt(pooled / points)), m * of_number)


def _freedom(apart: np.ndarray, m: int) -> tuple[float, float]:
    """The trace of the covariance of ``apart``, ``float (K, N)`` about its mean, and the number of
    independent variables of equal variance that vary as it does: ``tr(Σ)² / tr(Σ²)``."""
    covariance = apart @ apart.T / m
    trace, squares = covariance.trace(), np.square(covariance).sum()
    of_square = m**2 / ((m - 1) * (m + 2)) * (squares - trace**2 / m)
    square_of = trace**2 - 2 * of_square / m
    limit = max(len(apart) - 1, 1)
    return trace, float(np.clip(square_of / of_square, 1, limit)) if of_square > 0 else limit
