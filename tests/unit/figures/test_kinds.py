"""Every kind of figure draws what its kept files say."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest

from proofsheet.results.reader import Evidence
from proofsheet.figures import (
    accuracy_bars,
    batch_lines,
    class_accuracy,
    confusion,
    data_sheet,
    eigenvalues,
    embedding_map,
    history_lines,
    labelled_images,
    latent_traversal,
    loss_curves,
    loss_gaps,
    loss_of_probability,
    metric_lines,
    prior_samples,
    reconstructions,
    reliability,
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
        "noisy": np.full((2, 3, 1, 2, 2), 51, np.uint8),
        "confusion": np.array([[[3, 1], [0, 4]], [[4, 0], [0, 4]]]),
        "class_names": np.array([["cat", "dog"]] * 2),
        "mistakes": np.zeros((2, 3, 1, 2, 2), np.uint8),
        "mistakes_truth": np.array([[1, 0, -1]] * 2),
        "mistakes_predicted": np.array([[0, 1, -1]] * 2),
        "mistakes_confidence": np.array([[0.99, 0.6, 0.0]] * 2),
        "bin_confidence": np.array([[0.55, np.nan, 0.95]] * 2),
        "bin_accuracy": np.array([[0.5, np.nan, 1.0]] * 2),
        "bin_count": np.array([[1, 0, 3]] * 2),
        "pairs": np.array([["flat", "bent"]] * 2),
        "eigenvalues": np.array([[[0.0, 0.1], [-1.0, -0.5]], [[0.0, 0.2], [-0.2, 0.1]]]),
        "map": np.zeros((2, 5, 2)),
        "map_labels": np.tile(np.arange(5), (2, 1)),
    }
    metrics = {("test", "roc_auc"): [0.9, 0.8], ("test", "accuracy"): [0.7, 0.9]}
    steps = [[1.0, 3.0, 5.0, 7.0], [3.0, 5.0, 7.0, 9.0]]
    write_experiment(tmp_path, "a", metrics, history, arrays, steps)
    write_experiment(tmp_path, "b", {("test", "accuracy"): [0.5, 0.5]})
    (tmp_path / "data").mkdir()
    # Seven even and three odd numbers: a column that is full and one that is not.
    labels = np.array([0, 1, 0, 1, 0, 1, 0, 0, 0, 0])
    images = np.zeros((10, 3, 2, 2), np.uint8)
    (tmp_path / "data" / "d.json").write_text('{"classes": ["even", "odd"]}')
    np.savez(tmp_path / "data" / "d.npz", train_images=images, train_labels=labels)
    published = {
        "a": {
            "loss": [[2, None, 2.5, 0.0, 0.0]],
            "lines": [[2, 4, 6.0, 0.0, 0.0]],
            "acc": [[None, None, 0.6, 0.0, 0.0]],
        }
    }
    use_style()
    yield Evidence(tmp_path, published)
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
    assert data[data["row"] == "reconstructed"].mse.tolist() == [1.0, 1.0, 1.0]


def test_rows_of_images_can_be_named(evidence):
    rows = [SimpleNamespace(label=name, array=name) for name in ("originals", "noisy")]
    figure, data = draw(reconstructions, evidence, rows=rows)
    assert [tick.get_text() for tick in figure.axes[0].get_yticklabels()] == ["originals", "noisy"]
    assert data[data["row"] == "noisy"].mse.tolist() == pytest.approx([0.64] * 3)


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


def diamonds(axes):
    (line,) = [line for line in axes.lines if line.get_label() == "published"]
    return np.column_stack(line.get_data()).tolist()


def test_published_losses_are_points_on_the_curve(evidence):
    figure, data = draw(loss_curves, evidence, ylabel="", published="loss")
    assert diamonds(figure.axes[0]) == [[2, 2.5]]
    assert data[data.split == "published"].value.tolist() == [2.5]


def test_terms_of_one_experiment_have_a_panel_each(evidence):
    terms = [SimpleNamespace(quantity="loss", title=title) for title in ("One", "Two")]
    figure, _ = draw(loss_curves, evidence, ylabel="", terms=terms)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["One", "Two"]


def test_history_lines_show_the_mean_over_seeds(evidence):
    panel = SimpleNamespace(split="val", quantity="loss", title="T", ylabel="L")
    figure, data = draw(history_lines, evidence, panels=[panel])
    assert figure.axes[0].lines[0].get_ydata().tolist() == [4.5, 3.5]
    assert len(data) == 4


def test_metric_lines_put_experiments_at_their_settings(evidence):
    panel = SimpleNamespace(split="test", quantity="accuracy", title="T", ylabel="A")
    options = SimpleNamespace(
        experiments=["a", "b"], groups=["one"], x=[1, 10], xlabel="x", panels=[panel]
    )
    figure, data = metric_lines.draw(evidence, options, {})
    line = figure.axes[0].lines[0]
    assert line.get_xydata().tolist() == [[1, pytest.approx(0.8)], [10, 0.5]]
    assert data.x.tolist() == [1, 10]


def test_metric_lines_take_experiments_group_after_group(evidence):
    panel = SimpleNamespace(split="test", quantity="accuracy", title="T", ylabel="A")
    options = SimpleNamespace(
        experiments=["a", "b"], groups=["first", "second"], x=[1], xlabel="x", panels=[panel]
    )
    _, data = metric_lines.draw(evidence, options, {})
    assert data[["group", "experiment"]].to_numpy().tolist() == [["first", "a"], ["second", "b"]]


def test_a_row_of_a_confusion_matrix_is_a_true_class(evidence):
    figure, data = draw(confusion, evidence)
    assert figure.axes[0].images[0].get_array().tolist() == [[7 / 8, 1 / 8], [0, 1]]
    row = data[(data.truth == "cat") & (data.predicted == "dog")]
    assert row["count"].item() == 1


def test_accuracy_of_a_class_is_the_share_of_its_images(evidence):
    figure, data = draw(class_accuracy, evidence)
    assert data.accuracy.tolist() == [0.75, 1.0, 1.0, 1.0]
    assert figure.axes[0].lines[0].get_ydata().tolist() == [0.875, 1.0]


def test_mistakes_say_what_was_answered_and_what_is_true(evidence):
    figure, data = draw(labelled_images, evidence, of="mistakes")
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == ["cat, 99 %\nis dog", "dog, 60 %\nis cat", "", "", ""]
    assert data.truth.tolist() == ["dog", "cat"]


def test_bars_have_the_published_value_where_there_is_one(evidence):
    options = SimpleNamespace(
        experiments=["a", "b"], split="test", quantity="accuracy", published="acc", xlabel=""
    )
    figure, data = accuracy_bars.draw(evidence, options, {"a": "Alpha", "b": "Beta"})
    assert [bar.get_width() for bar in figure.axes[0].patches] == pytest.approx([0.8, 0.5])
    assert diamonds(figure.axes[0])[0] == [0.6, 0]
    assert np.isnan(data.published.iloc[1])


def test_reliability_is_accuracy_against_confidence(evidence):
    figure, data = draw(reliability, evidence)
    assert figure.axes[0].lines[1].get_xydata()[[0, 2]].tolist() == [[0.55, 0.5], [0.95, 1.0]]
    assert data["count"].tolist() == [1, 0, 3]


def test_losses_of_a_probability_are_the_formulas(evidence):
    options = SimpleNamespace(experiments=[])
    _, data = loss_of_probability.draw(evidence, options, {})
    row = data[data.probability.round(3) == 0.25].iloc[0]
    assert row["cross-entropy loss"] == pytest.approx(np.log(4))
    assert row["cross-entropy gradient"] == pytest.approx(0.75)
    assert row["MSE loss"] == pytest.approx(0.5625)
    assert row["MSE gradient"] == pytest.approx(2 * 0.75 * 0.25 * 0.75)


def test_lines_of_batches_stand_where_they_end(evidence):
    figure, data = draw(batch_lines, evidence, every=2, published="lines", published_batches=8)
    axes = figure.axes[0]
    assert axes.lines[0].get_xydata().tolist() == [[0.5, 3.0], [1.0, 7.0]]
    # The write-up has twice as many batches an epoch, and prints a line of its second.
    assert diamonds(axes) == [[1.5, 6.0]]
    assert len(data) == 4


def test_a_pair_with_a_negative_eigenvalue_is_set_apart(evidence):
    labels = SimpleNamespace(flat="Flat", bent="Bent")
    figure, data = draw(eigenvalues, evidence, labels=labels)
    flat, bent = (points.get_facecolor()[0].tolist() for points in figure.axes[0].collections)
    assert flat != bent
    assert data[data.pair == "bent"].eigenvalue.tolist() == [-1.0, -0.5, -0.2, 0.1]


def test_a_sheet_of_data_has_a_column_per_class(evidence):
    options = SimpleNamespace(experiments=[], data=["d"])
    _, data = data_sheet.draw(evidence, options, {})
    assert data["class"].tolist() == ["even"] * 5 + ["odd"] * 3
    assert data["row"].tolist() == [0, 2, 4, 6, 7, 1, 3, 5]
