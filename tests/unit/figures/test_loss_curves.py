import pytest

from synthetic import printed, write_experiment

LOSSES = {
    ("train", "running_loss"): [[4.0, 3.0], [6.0, 5.0]],
    ("train", "loss"): [[3.0, 2.0], [5.0, 4.0]],
    ("val", "loss"): [[3.5, 2.5], [5.5, 4.5]],
}
KL = {
    ("train", "running_kl"): [[0.4, 0.3], [0.6, 0.5]],
    ("train", "kl"): [[0.3, 0.2], [0.5, 0.4]],
    ("val", "kl"): [[0.3, 0.1], [0.5, 0.3]],
}


@pytest.fixture(autouse=True)
def trained(tmp_path):
    for name in "ab":
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.0, 0.0]}, {**LOSSES, **KL})


def test_lines_are_means_over_seeds(draw):
    figure, _ = draw("loss_curves", experiments=["a"], ylabel="nats")
    assert {line.get_label(): line.get_ydata().tolist() for line in figure.axes[0].lines} == {
        "training, running": [5.0, 4.0],
        "training, after the epoch": [4.0, 3.0],
        "validation": [4.5, 3.5],
    }


def test_a_band_runs_from_the_lowest_to_the_highest_seed(draw):
    figure, _ = draw("loss_curves", experiments=["a"], ylabel="nats")
    running = figure.axes[0].collections[0].get_paths()[0].vertices
    assert set(running[running[:, 0] == 2][:, 1]) == {3.0, 5.0}


def test_a_panel_has_the_experiments_title_and_the_unit(draw):
    figure, _ = draw("loss_curves", experiments=["a", "b"], ylabel="nats")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Network a", "Network b"]
    assert figure.axes[0].get_ylabel() == "nats"


def test_lines_differ_in_style_as_well_as_in_colour(draw):
    figure, _ = draw("loss_curves", experiments=["a"], ylabel="")
    assert len({str(line._dash_pattern) for line in figure.axes[0].lines}) == 3


def test_its_data_hold_every_seed(draw):
    _, data = draw("loss_curves", experiments=["a"], ylabel="")
    assert len(data) == 3 * 2 * 2
    row = data[(data.seed == 1) & (data.epoch == 2) & (data.split == "val")]
    assert row.value.item() == 4.5


def test_published_losses_are_points_at_their_epochs(draw, diamonds):
    prints = {"a": {"loss": printed(epochs={1: 3.5, 2: 2.5})}}
    figure, data = draw("loss_curves", prints, experiments=["a"], ylabel="", published="loss")
    assert diamonds(figure.axes[0]) == [[1, 3.5], [2, 2.5]]
    assert data[data.split == "published"].value.tolist() == [3.5, 2.5]


def test_each_term_has_a_panel_of_its_own_lines(draw):
    terms = [{"quantity": "loss", "title": "Loss"}, {"quantity": "kl", "title": "Kullback-Leibler"}]
    figure, _ = draw("loss_curves", experiments=["a"], ylabel="", terms=terms)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Loss", "Kullback-Leibler"]
    assert figure.axes[1].lines[1].get_ydata().tolist() == pytest.approx([0.4, 0.3])


def test_published_points_stand_in_the_panel_of_their_term(draw, diamonds):
    terms = [
        {"quantity": "loss", "title": "Loss"},
        {"quantity": "kl", "title": "KL", "published": "kl"},
    ]
    prints = {"a": {"kl": printed(epochs={2: 0.2})}}
    figure, _ = draw("loss_curves", prints, experiments=["a"], ylabel="", terms=terms)
    assert diamonds(figure.axes[1]) == [[2, 0.2]]
    assert "published" not in [line.get_label() for line in figure.axes[0].lines]
