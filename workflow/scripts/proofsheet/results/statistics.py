"""Estimates over seeds."""

from typing import NamedTuple

import numpy as np

LEVEL = 0.95


class Estimate(NamedTuple):
    """A mean over ``n`` seeds with a 95 % interval; bounds are NaN where there is one seed."""

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
    One seed tells nothing of the spread and has no interval. Seeds that are equal to the last digit
    have one of width 0, the limit of ever less spread.
    """
    return _interval(values, 1 / len(values))


def predict(values: np.ndarray) -> Estimate:
    """Mean, and the interval for one further value of the same kind, as :func:`estimate` takes
    them.

    ``mean ± t(0.975, N − 1) · s · √(1 + 1/N)`` covers one further normally distributed result 95
    times in 100 (Hahn and Meeker 1991, "Statistical Intervals", section 4.7).
    """
    return _interval(values, 1 + 1 / len(values))


def share_bounds(found: int, tested: int) -> tuple[float, float]:
    """Exact 95 % bounds of a share of which ``found`` in ``tested`` were seen.

    Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of
    the binomial". They cover the share at
    least 95 times in 100, for any share.
    """
    from scipy.stats import binomtest  # here, because few jobs need it and it takes half a second

    bounds = binomtest(found, tested).proportion_ci(LEVEL, method="exact")
    return float(bounds.low), float(bounds.high)


def slopes(series: np.ndarray) -> np.ndarray:
    """Least-squares slopes over the rows of ``float (T, N)``, per row, one for each column; NaN
    where there is one row."""
    if len(series) < 2:
        return np.full(series.shape[1], np.nan)
    time = np.arange(len(series)) - (len(series) - 1) / 2
    return time @ series / np.square(time).sum()


def _interval(values: np.ndarray, spread: float) -> Estimate:
    n = len(values)
    mean = float(np.mean(values))
    if n < 2:
        return Estimate(mean, float("nan"), float("nan"), n)
    from scipy.special import stdtrit  # here, because most figures need no interval

    quantile = float(stdtrit(n - 1, (1 + LEVEL) / 2))
    half = quantile * float(np.std(values, ddof=1) * np.sqrt(spread))
    return Estimate(mean, mean - half, mean + half, n)
