import numpy as np
import pytest

from proofsheet.files import write_arrays, write_json


@pytest.fixture
def drawn(tmp_path, draw):
    # Eight even and two odd numbers: a column that is full and one that is not. Each image is
    # one pixel, as grey as its place.
    labels = np.array([0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    images = np.arange(10, dtype=np.uint8).reshape(10, 1, 1, 1)
    write_json(tmp_path / "data" / "d.json", {"classes": ["even", "odd"]})
    write_arrays(tmp_path / "data" / "d.npz", {"train_images": images, "train_labels": labels})
    return draw("data_sheet", dataset="d")


def test_a_column_is_the_first_images_of_a_class(drawn):
    figure, _ = drawn
    picture = figure.axes[0].images[0].get_array()
    assert picture[::2, 0].tolist() == [0, 2, 4]


def test_a_small_class_leaves_white_places(drawn):
    figure, _ = drawn
    picture = figure.axes[0].images[0].get_array()
    assert picture[::2, 2].tolist() == [1, 3, 255]


def test_a_column_is_named(drawn):
    figure, _ = drawn
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["even", "odd"]


def test_its_data_say_which_images_are_shown(drawn):
    _, data = drawn
    assert data["class"].tolist() == ["even"] * 3 + ["odd"] * 2
    assert data["row"].tolist() == [0, 2, 4, 1, 3]
