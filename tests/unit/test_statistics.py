import math

import numpy as np
import pytest

from proofsheet.statistics import estimate


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


@pytest.mark.parametrize("values", [[1.5], [1.5, 1.5, 1.5]])
def test_seeds_that_tell_no_spread_have_no_interval(values):
    found = estimate(np.array(values))
    assert found.mean == 1.5
    assert math.isnan(found.low)
    assert math.isnan(found.high)
