import numpy as np
import pytest

from proofsheet.tasks.verify.evaluation import curves, pair_metrics


def test_the_threshold_of_the_validation_pairs_serves_all_splits():
    scores = {name: np.array([0.0, 1.0, 2.0, 3.0]) for name in ("train", "val", "test")}
    same = {
        "train": np.array([False, False, False, True]),
        "val": np.array([False, False, True, True]),
        "test": np.array([False, True, True, True]),
    }
    found = {(s, q): value for s, _, q, value in pair_metrics(scores, same, threshold=1.5)}
    assert [found[name, "accuracy"] for name in ("train", "val", "test")] == [0.75, 1.0, 0.75]
    assert found["", "accuracy_gap"] == -0.25
    assert found["", "roc_auc_gap"] == pytest.approx(0.0)


def test_the_curve_on_a_grid_passes_the_highest_rate_of_a_step():
    scores = np.array([4.0, 3.0, 2.0, 1.0])
    same = np.array([True, False, True, False])
    arrays = curves(scores, same)
    at = dict(zip(arrays["fpr"].round(3).tolist(), arrays["tpr"].tolist(), strict=True))
    assert (at[0.0], at[0.25], at[0.5], at[1.0]) == (0.5, 0.5, 1.0, 1.0)


def test_histograms_count_every_pair_once():
    generator = np.random.default_rng(0)
    scores, same = generator.normal(size=500), generator.random(500) < 0.5
    arrays = curves(scores, same)
    assert (arrays["same"].sum(), arrays["different"].sum()) == (same.sum(), (~same).sum())
