import numpy as np
import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    # Four images of one pixel; the second seed's are black.
    first = np.array([0, 51, 102, 255], np.uint8).reshape(4, 1, 1, 1)
    arrays = {"prior": np.stack([first, np.zeros_like(first)])}
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("prior_samples", experiments=["a"])


def test_images_of_the_first_seed_make_a_square(drawn):
    figure, _ = drawn
    # A white line lies between them.
    assert figure.axes[0].images[0].get_array().tolist() == [
        [0, 255, 51],
        [255, 255, 255],
        [102, 255, 255],
    ]


def test_its_data_are_mean_greys(drawn):
    _, data = drawn
    assert data.mean_grey.tolist() == pytest.approx([0, 0.2, 0.4, 1])


def test_a_panel_has_the_experiments_title(drawn):
    figure, _ = drawn
    assert figure.axes[0].get_title(loc="left") == "Network a"
