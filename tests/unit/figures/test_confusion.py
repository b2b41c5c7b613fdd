import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    arrays = {
        "confusion": [[[3, 1], [0, 4]], [[4, 0], [0, 4]]],
        "class_names": [["cat", "dog"]] * 2,
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("confusion", experiments=["a"])


def test_a_row_is_the_shares_of_a_true_class_over_all_seeds(drawn):
    figure, _ = drawn
    assert figure.axes[0].images[0].get_array().tolist() == [[7 / 8, 1 / 8], [0, 1]]


def test_shares_are_written_in_percent_where_they_are(drawn):
    figure, _ = drawn
    written = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    # Across is the answer, down the truth; halves of 7/8 and 1/8 are rounded up, as in the text.
    assert written == {(0, 0): "88", (1, 0): "13", (1, 1): "100"}


def test_a_share_that_would_be_written_as_none_is_left_out(tmp_path, draw):
    """Half a percent, as 1 of 200."""
    arrays = {"confusion": [[[199, 1], [0, 4]]], "class_names": [["cat", "dog"]]}
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0]}, arrays=arrays)
    figure, _ = draw("confusion", experiments=["a"])
    assert "0" not in [text.get_text() for text in figure.axes[0].texts]


def test_axes_say_which_is_the_truth(drawn):
    axes = drawn[0].axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted class", "true class")


def test_its_data_are_counts(drawn):
    _, data = drawn
    assert data[["truth", "predicted", "count"]].to_numpy().tolist() == [
        ["cat", "cat", 7],
        ["cat", "dog", 1],
        ["dog", "cat", 0],
        ["dog", "dog", 8],
    ]
