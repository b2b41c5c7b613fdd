import pytest

from synthetic import write_experiment

PANELS = [
    {"split": "val", "quantity": "loss", "title": "Loss", "ylabel": "nats"},
    {"split": "train", "quantity": "accuracy", "title": "Accuracy", "ylabel": "share"},
]


@pytest.fixture(autouse=True)
def trained(tmp_path):
    for name in "abcdefg":
        history = {
            ("val", "loss"): [[3.5, 2.5], [5.5, 4.5]],
            ("train", "accuracy"): [[0.5, 0.75], [0.0, 0.25]],
        }
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.0, 0.0]}, history)


def test_lines_are_means_over_seeds(draw):
    figure, _ = draw("history_lines", experiments=["a"], panels=PANELS)
    assert figure.axes[0].lines[0].get_xydata().tolist() == [[1, 4.5], [2, 3.5]]


def test_each_panel_shows_its_own_quantity(draw):
    figure, _ = draw("history_lines", experiments=["a"], panels=PANELS)
    assert figure.axes[1].lines[0].get_ydata().tolist() == [0.25, 0.5]
    assert [axes.get_ylabel() for axes in figure.axes] == ["nats", "share"]


def test_its_data_hold_every_seed_of_every_panel(draw):
    _, data = draw("history_lines", experiments=["a", "b"], panels=PANELS)
    found = data[(data.experiment == "b") & (data.quantity == "accuracy") & (data.seed == 1)]
    assert found.value.tolist() == [0.0, 0.25]


def test_seven_experiments_have_a_line_each(draw, legend):
    figure, _ = draw("history_lines", experiments=list("abcdefg"), panels=PANELS)
    assert len(figure.axes[0].lines) == 7
    assert legend(figure) == [f"Network {name}" for name in "abcdefg"]
