import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    arrays = {
        "pairs": [["flat", "bent"]] * 2,
        "eigenvalues": [[[0.0, 0.1], [-1.0, -0.5]], [[0.0, 0.2], [-0.2, 0.1]]],
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("eigenvalues", experiment="a", labels={"flat": "Flat", "bent": "Bent"})


def test_a_dot_is_an_eigenvalue_of_a_pair_over_all_seeds(drawn):
    figure, _ = drawn
    flat, bent = (dots.get_offsets()[:, 0].tolist() for dots in figure.axes[0].collections)
    assert (flat, bent) == ([0.0, 0.1, 0.0, 0.2], [-1.0, -0.5, -0.2, 0.1])


def test_dots_lie_around_the_line_of_their_pair(drawn):
    figure, _ = drawn
    lines = [dots.get_offsets()[:, 1].round().tolist() for dots in figure.axes[0].collections]
    assert lines == [[0] * 4, [1] * 4]
    assert [tick.get_text() for tick in figure.axes[0].get_yticklabels()] == ["Flat", "Bent"]


def test_a_pair_with_a_negative_eigenvalue_is_set_apart(drawn):
    figure, _ = drawn
    flat, bent = (dots.get_facecolor()[0].tolist() for dots in figure.axes[0].collections)
    assert flat != bent


def test_its_data_name_the_pair_of_each_eigenvalue(drawn):
    _, data = drawn
    assert data[data.pair == "bent"].eigenvalue.tolist() == [-1.0, -0.5, -0.2, 0.1]
