import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofsheet.metrics.verification import (
    accuracy,
    best_threshold,
    equal_error_rate,
    roc_auc,
    roc_curve,
)


@st.composite
def scored_pairs(draw):
    """Scores from few values, so that ties occur, with both kinds of pair."""
    size = draw(st.integers(2, 30))
    scores = draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
    same = draw(st.lists(st.booleans(), min_size=size - 2, max_size=size - 2))
    return np.array(scores, float), np.array([True, False, *same])


@given(scored_pairs())
def test_auc_counts_how_often_a_same_pair_outscores_another(pairs):
    scores, same = pairs
    wins = [1.0 if a > b else 0.5 if a == b else 0.0 for a in scores[same] for b in scores[~same]]
    assert roc_auc(scores, same) == pytest.approx(sum(wins) / len(wins))


@given(scored_pairs())
def test_curve_holds_the_rates_at_every_threshold(pairs):
    scores, same = pairs
    for fpr, tpr, threshold in zip(*roc_curve(scores, same), strict=True):
        accepted = scores >= threshold
        assert tpr == pytest.approx((accepted & same).sum() / same.sum())
        assert fpr == pytest.approx((accepted & ~same).sum() / (~same).sum())


@given(scored_pairs())
def test_no_threshold_is_more_accurate_than_the_best(pairs):
    scores, same = pairs
    best = accuracy(scores, same, best_threshold(scores, same))
    candidates = [*scores, scores.max() + 1]
    assert best == pytest.approx(max(accuracy(scores, same, value) for value in candidates))


def test_threshold_lies_between_scores_not_on_one():
    scores, same = np.array([0.0, 1.0, 3.0, 4.0]), np.array([False, False, True, True])
    assert best_threshold(scores, same) == 2.0


@given(scored_pairs())
def test_equal_error_rate_lies_between_the_rates_around_the_crossing(pairs):
    scores, same = pairs
    fpr, tpr, _ = roc_curve(scores, same)
    at_most = min(max(f, 1 - t) for f, t in zip(fpr, tpr, strict=True))
    at_least = max(min(f, 1 - t) for f, t in zip(fpr, tpr, strict=True))
    assert at_least - 1e-12 <= equal_error_rate(scores, same) <= at_most + 1e-12


def test_equal_error_rate_of_a_known_case():
    # One of four same pairs scores low, one of four others high.
    scores = np.array([0.9, 0.8, 0.7, 0.2, 0.75, 0.3, 0.15, 0.1])
    same = np.array([True, True, True, True, False, False, False, False])
    assert equal_error_rate(scores, same) == pytest.approx(0.25)


def test_perfect_and_reversed_scores():
    scores, same = np.arange(6.0), np.array([False] * 3 + [True] * 3)
    assert (roc_auc(scores, same), equal_error_rate(scores, same)) == (1.0, 0.0)
    assert (roc_auc(-scores, same), equal_error_rate(-scores, same)) == (0.0, 1.0)
