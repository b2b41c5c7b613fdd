"""Every kind of figure draws what its kept files say."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest

from proofsheet.evidence import Evidence
from proofsheet.figures import (
    embedding_map,
    latent_traversal,
    loss_curves,
    loss_gaps,
    prior_samples,
    reconstructions,
    roc_curves,
    score_histograms,
)
from proofsheet.figures.style import use_style
from synthetic import write_experiment


@pytest.fixture
def evidence(tmp_path):
    history = {
        ("train", "running_loss"): [[4.0, 3.0], [6.0, 5.0]],
        ("train", "loss"): [[3.0, 2.0], [5.0, 4.0]],
        ("val", "loss"): [[3.5, 2.5], [5.5, 4.5]],
    }
    sheet = np.arange(2 * 64 * 4, dtype=np.uint8).reshape(2, 64, 1, 2, 2)
    arrays = {
        "originals": np.full((2, 3, 1, 2, 2), 255, np.uint8),
        "reconstructions": np.full((2, 3, 1, 2, 2), 0, np.uint8),
        "prior": sheet,
        "traversal": np.zeros((2, 6, 9, 1, 2, 2), np.uint8),
        "dimensions": np.tile(np.arange(6), (2, 1)),
        "dimension_kl": np.tile(np.linspace(2, 1, 6), (2, 1)),
        "fpr": np.tile([0.0, 0.5, 1.0], (2, 1)),
        "tpr": np.array([[0.2, 0.8, 1.0], [0.4, 1.0, 1.0]]),
        "edges": np.tile([-3.0, -1.0, 0.0], (2, 1)),
        "same": np.tile([1, 3], (2, 1)),
        "different": np.tile([8, 2], (2, 1)),
        "threshold": np.array([-1.0, -1.0]),
        "map": np.zeros((2, 5, 2)),
        "map_labels": np.tile(np.arange(5), (2, 1)),
    }
    write_experiment(tmp_path, "a", {("test", "roc_auc"): [0.9, 0.8]}, history, arrays)
    use_style()
    yield Evidence(tmp_path)
    plt.close("all")


def draw(kind, evidence, **options):
    return kind.draw(evidence, SimpleNamespace(experiments=["a"], **options), {"a": "Alpha"})


def test_loss_curves_show_the_mean_over_seeds(evidence):
    figure, _ = draw(loss_curves, evidence, ylabel="nats")
    axes = figure.axes[0]
    assert {line.get_label(): line.get_ydata().tolist() for line in axes.lines} == {
        "training, running": [5.0, 4.0],
        "training, after the epoch": [4.0, 3.0],
        "validation": [4.5, 3.5],
    }
    assert (axes.get_title(loc="left"), axes.get_ylabel()) == ("Alpha", "nats")


def test_lines_differ_in_style_as_well_as_in_colour(evidence):
    figure, _ = draw(loss_curves, evidence, ylabel="")
    styles = {str(line._dash_pattern) for line in figure.axes[0].lines}
    assert len(styles) == 3


def test_the_data_of_loss_curves_hold_every_seed(evidence):
    _, data = draw(loss_curves, evidence, ylabel="")
    assert len(data) == 3 * 2 * 2
    row = data[(data.seed == 1) & (data.epoch == 2) & (data.split == "val")]
    assert row.value.item() == 4.5


def test_a_loss_gap_is_validation_minus_training_from_the_first_epoch_shown(evidence):
    figure, data = draw(loss_gaps, evidence, start=2)
    lines = {line.get_label(): line.get_ydata().tolist() for line in figure.axes[0].lines[:2]}
    assert lines == {
        "minus the running training loss": [-0.5],
        "minus the training loss after the epoch": [0.5],
    }
    assert data.epoch.unique().tolist() == [2]


def test_originals_stand_above_reconstructions(evidence):
    figure, data = draw(reconstructions, evidence)
    picture = figure.axes[0].images[0].get_array()
    assert picture[:2, :2].min() == 255
    assert picture[-2:, :2].max() == 0
    assert data.mse.tolist() == [1.0, 1.0, 1.0]


def test_roc_curves_show_the_mean_and_the_area(evidence):
    figure, data = draw(roc_curves, evidence)
    assert data.tpr_mean.tolist() == pytest.approx([0.3, 0.9, 1.0])
    assert figure.axes[0].lines[0].get_label() == "Alpha, AUC 0.8500"


def test_a_negative_distance_is_shown_as_a_distance(evidence):
    figure, data = draw(
        score_histograms, evidence, axes=[SimpleNamespace(label="distance", sign=-1)]
    )
    same = data[data.pairs == "same"]
    assert same[["from", "to"]].to_numpy().tolist() == [[1.0, 3.0], [0.0, 1.0]]
    assert same["share"].tolist() == [0.25, 0.75]
    patches = figure.axes[0].patches
    # The three quarters of same-class pairs lie between distances 0 and 1.
    assert patches[0].get_data().edges.tolist() == [0.0, 1.0, 3.0]
    assert patches[0].get_data().values.tolist() == [0.75, 0.25]


def test_maps_samples_and_traversals_have_a_panel_per_experiment(evidence):
    for kind in (embedding_map, prior_samples, latent_traversal):
        figure, data = draw(kind, evidence)
        assert figure.axes[0].get_title(loc="left") == "Alpha"
        assert len(data) > 0
