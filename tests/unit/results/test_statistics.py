import math

import numpy as np
import pytest

from proofsheet.results.statistics import estimate, predict, share_bounds, slopes


def test_interval_of_a_textbook_case():
    # Mean 5, s = 1, n = 4: the quantile t(0.975, 3) is 3.182 in any table.
    values = np.array([4.0, 4.5, 5.5, 6.0])
    s = math.sqrt((1 + 0.25 + 0.25 + 1) / 3)
    found = estimate(values)
    assert found.mean == 5.0
    assert found.high == pytest.approx(5 + 3.1824 * s / 2, abs=1e-4)
    assert found.low == pytest.approx(5 - 3.1824 * s / 2, abs=1e-4)


@pytest.mark.parametrize("seeds", [2, 3, 5, 10])
def test_interval_covers_the_truth_95_times_in_100(seeds):
    generator = np.random.default_rng(seeds)
    samples = generator.normal(3.0, 2.0, (4_000, seeds))
    covered = [found.low <= 3.0 <= found.high for found in map(estimate, samples)]
    # Four standard errors of a share of 4,000.
    assert np.mean(covered) == pytest.approx(0.95, abs=0.014)


def test_one_seed_has_no_interval():
    found = estimate(np.array([1.5]))
    assert found.mean == 1.5
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_seeds_without_any_spread_have_an_interval_of_width_0():
    assert estimate(np.array([1.5, 1.5, 1.5])) == (1.5, 1.5, 1.5, 3)


@pytest.mark.parametrize("seeds", [2, 3, 5, 10])
def test_a_prediction_covers_the_next_value_95_times_in_100(seeds):
    generator = np.random.default_rng(seeds)
    samples = generator.normal(3.0, 2.0, (4_000, seeds + 1))
    covered = []
    for sample in samples:
        found = predict(sample[:-1])
        covered.append(found.low <= sample[-1] <= found.high)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.014)


@pytest.mark.parametrize(
    ("found", "tested", "low", "high"),
    # Clopper and Pearson's own intervals, as in tables; the first two are 1 - 0.025^(1/n).
    [
        (0, 10, 0.0, 0.30850),
        (10, 10, 0.69150, 1.0),
        (1, 10, 0.00253, 0.44502),
        (5, 10, 0.18709, 0.81291),
    ],
)
def test_exact_bounds_of_a_share(found, tested, low, high):
    assert share_bounds(found, tested) == pytest.approx((low, high), abs=1e-5)


def test_slopes_are_those_of_straight_lines():
    epochs = np.arange(1, 6)
    series = np.stack([3 * epochs + 1, -2 * epochs, np.full(5, 7)], axis=1)
    assert slopes(series) == pytest.approx([3, -2, 0])


def test_one_epoch_has_no_slope():
    assert np.isnan(slopes(np.array([[1.0, 2.0]]))).all()


def test_the_slope_of_points_beside_a_line_is_the_least_squares_one():
    # Sum of (t - 2)(y - mean) over sum of (t - 2)²: (-1)(-1) + 1·1 over 2, whatever is between.
    assert slopes(np.array([[1.0], [9.0], [3.0]])) == pytest.approx([1.0])
