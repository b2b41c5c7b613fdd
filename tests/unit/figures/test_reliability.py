import numpy as np
import pytest

from synthetic import write_experiment


@pytest.fixture(autouse=True)
def trained(tmp_path):
    arrays = {
        "bin_confidence": [[0.55, np.nan, 0.75, 0.95], [0.59, 0.65, np.nan, 0.95]],
        "bin_accuracy": [[0.5, np.nan, 1.0, 1.0], [0.0, 0.0, np.nan, 0.5]],
        "bin_count": [[5, 0, 9, 30], [15, 9, 0, 30]],
    }
    for name in "abcdefg":
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)


def test_a_line_is_accuracy_against_confidence_of_all_seeds_by_their_answers(draw):
    figure, _ = draw("reliability", experiments=["a"])
    points = figure.axes[0].lines[1].get_xydata()
    # 5 at 0.55 and 15 at 0.59; 5 half right and 15 wrong. Two bins have fewer than ten answers.
    assert points[0] == pytest.approx([0.58, 0.125])
    assert points[1] == pytest.approx([0.95, 0.75])
    assert len(points) == 2


def test_the_diagonal_shows_what_is_right_as_often_as_it_claims(draw):
    figure, _ = draw("reliability", experiments=["a"])
    assert figure.axes[0].lines[0].get_xydata().tolist() == [[0.5, 0.5], [1, 1]]


def test_a_point_grows_with_the_answers_in_its_bin(draw):
    figure, _ = draw("reliability", experiments=["a"])
    # 20 answers and 60; the smallest point has size 6.
    sizes = figure.axes[0].collections[0].get_sizes() - 6
    assert sizes[1] / sizes[0] == pytest.approx(3)


def test_its_data_hold_the_counts(draw):
    _, data = draw("reliability", experiments=["a"])
    assert data["count"].tolist() == [20, 60]


def test_seven_experiments_have_a_line_each(draw, legend):
    figure, _ = draw("reliability", experiments=list("abcdefg"))
    assert legend(figure) == [f"Network {name}" for name in "abcdefg"]


def test_a_seventh_line_differs_from_the_first(draw):
    figure, _ = draw("reliability", experiments=list("abcdefg"))
    points = figure.axes[0].collections
    assert not np.array_equal(points[0].get_paths()[0].vertices, points[6].get_paths()[0].vertices)
