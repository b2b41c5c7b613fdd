import numpy as np
import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    # Two dimensions and three steps, of images of one pixel.
    first = np.array([[10, 20, 30], [40, 50, 60]], np.uint8).reshape(2, 3, 1, 1, 1)
    arrays = {
        "traversal": np.stack([first, np.zeros_like(first)]),
        "dimensions": [[4, 1], [0, 2]],
        "dimension_kl": [[2.5, 1.25], [0.0, 0.0]],
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("latent_traversal", experiments=["a"])


def test_a_row_of_images_is_a_dimension_of_the_first_seed(drawn):
    figure, _ = drawn
    picture = figure.axes[0].images[0].get_array()
    assert picture[::2, ::2].tolist() == [[10, 20, 30], [40, 50, 60]]


def test_a_row_is_named_by_what_its_dimension_carries(drawn):
    figure, _ = drawn
    names = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert names == ["2.50 nats", "1.25 nats"]


def test_its_data_say_which_dimensions_these_are(drawn):
    _, data = drawn
    assert data[["dimension", "kl_nats"]].to_numpy().tolist() == [[4, 2.5], [1, 1.25]]
