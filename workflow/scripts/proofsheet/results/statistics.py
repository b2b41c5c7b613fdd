"""Estimates over seeds."""

import math
from typing import NamedTuple

import numpy as np

from proofsheet.declare.quantity import ANY, SHARE, Bounds

LEVEL = 0.95


FEWEST = 3  # seeds that tell of a spread
ROUNDING = 1e-9  # of a value: less is no spread


class Estimate(NamedTuple):
    """A mean over ``n`` seeds with a 95 % interval; bounds are NaN where there is none."""

    mean: float
    low: float
    high: float
    n: int


def estimate(values: np.ndarray, bounds: Bounds = ANY) -> Estimate:
    """Mean and Student's t interval of independent values ``float (N,)``, one per seed.

    ``mean ± t(0.975, N − 1) · s / √N`` with the sample standard deviation ``s``: it covers the
    mean of normally distributed results 95 times in 100 (Student 1908, "The probable error of a
    mean"). Few seeds give wide intervals, as they should. All seeds are measured on the same test
    images, so the interval speaks of new trainings, not of new images.

    There is no interval from fewer than three seeds, nor from seeds that are equal to the last
    digit: their spread is below what the measure resolves.

    :param bounds: between what values can lie, and the interval does. That of shares, in 0..1, is
        that of ``arcsin √p`` (Anscombe 1948, "The transformation of Poisson, binomial and
        negative-binomial data"), transformed back.
    """
    return _interval(values, 1 / max(len(values), 1), bounds)


def predict(values: np.ndarray, bounds: Bounds = ANY) -> Estimate:
    """Mean, and the interval for one further value of the same kind, as :func:`estimate` takes
    them.

    ``mean ± t(0.975, N − 1) · s · √(1 + 1/N)`` covers one further normally distributed result 95
    times in 100 (Hahn and Meeker 1991, "Statistical Intervals", section 4.7).
    """
    return _interval(values, 1 + 1 / max(len(values), 1), bounds)


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


def _interval(values: np.ndarray, spread: float, bounds: Bounds) -> Estimate:
    n = len(values)
    mean = float(np.mean(values)) if n else math.nan
    if n < FEWEST or np.ptp(values) <= ROUNDING * np.abs(values).max():
        return Estimate(mean, math.nan, math.nan, n)
    from scipy.special import stdtrit  # here, because most figures need no interval

    scaled = np.arcsin(np.sqrt(values)) if bounds == SHARE else values
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2) * np.std(scaled, ddof=1) * np.sqrt(spread))
    low, high = float(np.mean(scaled)) - half, float(np.mean(scaled)) + half
    if bounds == SHARE:
        low, high = (float(np.sin(np.clip(end, 0, np.pi / 2)) ** 2) for end in (low, high))
        low, high = min(low, mean), max(high, mean)  # of many skewed shares it may lie beside it
    return Estimate(mean, max(low, bounds[0]), min(high, bounds[1]), n)
