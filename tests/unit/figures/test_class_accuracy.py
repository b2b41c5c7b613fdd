import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    arrays = {
        "confusion": [[[3, 1], [0, 4]], [[4, 0], [0, 4]]],
        "class_names": [["cat", "dog"]] * 2,
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("class_accuracy", experiments=["a"])


def test_a_point_is_the_mean_share_of_a_classs_images(drawn):
    figure, _ = drawn
    assert figure.axes[0].lines[0].get_xydata().tolist() == [[0, 0.875], [1, 1.0]]


def test_a_line_runs_from_the_lowest_to_the_highest_seed(drawn):
    figure, _ = drawn
    lines = [line[:, 1].tolist() for line in figure.axes[0].collections[0].get_segments()]
    assert lines == [[0.75, 1.0], [1.0, 1.0]]


def test_its_data_hold_every_seed(drawn):
    _, data = drawn
    assert data[["seed", "class", "accuracy"]].to_numpy().tolist() == [
        [0, "cat", 0.75],
        [0, "dog", 1.0],
        [1, "cat", 1.0],
        [1, "dog", 1.0],
    ]
