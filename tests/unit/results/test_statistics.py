import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofsheet.declare.quantity import ANY, NOT_NEGATIVE, SHARE
from proofsheet.results.statistics import estimate, predict, share_bounds, slopes


def test_interval_of_a_textbook_case():
    # Mean 5, s = 1, n = 4: the quantile t(0.975, 3) is 3.182 in any table.
    values = np.array([4.0, 4.5, 5.5, 6.0])
    s = math.sqrt((1 + 0.25 + 0.25 + 1) / 3)
    found = estimate(values)
    assert found.mean == 5.0
    assert found.high == pytest.approx(5 + 3.1824 * s / 2, abs=1e-4)
    assert found.low == pytest.approx(5 - 3.1824 * s / 2, abs=1e-4)


@pytest.mark.parametrize("seeds", [3, 5, 10])
def test_interval_covers_the_truth_95_times_in_100(seeds):
    generator = np.random.default_rng(seeds)
    samples = generator.normal(3.0, 2.0, (4_000, seeds))
    covered = [found.low <= 3.0 <= found.high for found in map(estimate, samples)]
    # Four standard errors of a share of 4,000.
    assert np.mean(covered) == pytest.approx(0.95, abs=0.014)


@pytest.mark.parametrize("bounds", [ANY, SHARE, NOT_NEGATIVE])
@pytest.mark.parametrize("values", [[0.5], [0.25, 0.75], [0.5, 0.5, 0.5]])
@pytest.mark.parametrize("rule", [estimate, predict])
def test_few_seeds_and_equal_ones_have_a_mean_and_no_interval(rule, values, bounds):
    found = rule(np.array(values), bounds)
    assert (found.mean, found.n) == (0.5, len(values))
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_nothing_measured_has_no_mean():
    found = estimate(np.array([]))
    assert found.n == 0
    assert math.isnan(found.mean)


@pytest.mark.parametrize("seeds", [3, 5, 10])
def test_a_prediction_covers_the_next_value_95_times_in_100(seeds):
    generator = np.random.default_rng(seeds)
    samples = generator.normal(3.0, 2.0, (4_000, seeds + 1))
    covered = []
    for sample in samples:
        found = predict(sample[:-1])
        covered.append(found.low <= sample[-1] <= found.high)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.014)


# Shares

# Shares whose arcsin √p is 30, 45 and 60 degrees: mean π/4 and s = π/12; sin² of an angle φ is
# (1 − cos 2φ) / 2.
ANGLES = np.array([0.25, 0.5, 0.75])
T = 4.3027  # t(0.975, 2) in any table


@pytest.mark.parametrize(
    ("rule", "factor"), [(estimate, math.sqrt(1 / 3)), (predict, math.sqrt(4 / 3))]
)
def test_a_share_has_its_interval_in_angles(rule, factor):
    half = T * math.pi / 12 * factor
    low, high = max(math.pi / 4 - half, 0), min(math.pi / 4 + half, math.pi / 2)
    expected = (0.5, (1 - math.cos(2 * low)) / 2, (1 - math.cos(2 * high)) / 2, 3)
    assert rule(ANGLES, SHARE) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("rule", [estimate, predict])
@given(st.lists(st.floats(0, 1).map(lambda value: round(value, 3)), min_size=3, max_size=6))
def test_no_share_has_an_interval_beyond_0_and_1(rule, values):
    found = rule(np.array(values), SHARE)
    assert not found.low < 0
    assert not found.high > 1


def test_all_right_but_once_is_still_a_share():
    found = estimate(np.array([1.0, 1.0, 0.98]), SHARE)
    assert found.low < 0.98
    assert found.high == 1


@pytest.mark.parametrize("seeds", [3, 5, 10])
def test_a_share_covers_the_truth_95_times_in_100(seeds):
    # Shares near 1, as accuracies are; in angles they are normal about 1.4 with deviation 0.03.
    generator = np.random.default_rng(seeds)
    samples = np.sin(generator.normal(1.4, 0.03, (4_000, seeds))) ** 2
    truth = math.sin(1.4) ** 2
    found = [estimate(sample, SHARE) for sample in samples]
    assert np.mean([one.low <= truth <= one.high for one in found]) == pytest.approx(
        0.95, abs=0.014
    )


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


def test_seeds_that_differ_by_rounding_alone_have_no_interval():
    # 0.2 − 0.1, 0.3 − 0.2 and 0.4 − 0.3 are 0.1 but for their last bits.
    values = np.array([0.2, 0.3, 0.4]) - np.array([0.1, 0.2, 0.3])
    assert len(set(values.tolist())) > 1
    assert math.isnan(estimate(values).low)


def test_what_cannot_be_negative_has_no_negative_interval():
    values = np.array([0.0, 0.0, 1.0])
    assert estimate(values).low < 0
    assert estimate(values, NOT_NEGATIVE) == estimate(values)._replace(low=0.0)
