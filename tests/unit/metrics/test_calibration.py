import numpy as np
import pytest

from proofsheet.metrics.calibration import reliability


def test_error_by_hand():
    # Two bins: four answers at 0.6 of which half are right, one at 0.975, right.
    confidence = np.array([0.61, 0.62, 0.63, 0.64, 0.975])
    right = np.array([True, False, True, False, True])
    error, bins = reliability(confidence, right)
    assert error == pytest.approx(4 / 5 * 0.125 + 1 / 5 * 0.025)
    assert bins["bin_count"].tolist() == [0, 0, 4, 0, 0, 0, 0, 0, 0, 1]
    assert np.isnan(bins["bin_accuracy"][0])


def test_honest_probabilities_have_no_error():
    generator = np.random.default_rng(0)
    confidence = generator.uniform(0.5, 1, 200_000)
    error, _ = reliability(confidence, generator.random(200_000) < confidence)
    assert error < 0.01
