"""Estimates over seeds."""

from typing import NamedTuple

import numpy as np

LEVEL = 0.95


class Estimate(NamedTuple):
    """A mean over ``n`` seeds with a 95 % interval; bounds are NaN where seeds tell no spread."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2


def estimate(values: np.ndarray) -> Estimate:
    """Mean and Student's t interval of independent values ``float (N,)``, one per seed.

    ``mean ± t(0.975, N − 1) · s / √N`` with the sample standard deviation ``s``: it covers the
    mean of normally distributed results 95 times in 100 for any ``N ≥ 2`` (Student 1908, "The
    probable error of a mean"). Few seeds give wide intervals, as they should. All seeds are
    measured on the same test images, so the interval speaks of new trainings, not of new images.
    One seed, or seeds that are equal to the last digit (0 of 179 images three times), tell nothing
    of the spread: there is no interval then, rather than one of width 0.
    """
    n = len(values)
    mean = float(np.mean(values))
    if n < 2 or np.ptp(values) == 0:
        return Estimate(mean, float("nan"), float("nan"), n)
    from scipy.special import stdtrit  # here, because most figures need no interval

    half = float(stdtrit(n - 1, (1 + LEVEL) / 2) * np.std(values, ddof=1) / np.sqrt(n))
    return Estimate(mean, mean - half, mean + half, n)
