import numpy as np
import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    greys = np.array([10, 20, 30], np.uint8)
    images = np.broadcast_to(greys.reshape(1, 3, 1, 1, 1), (2, 3, 1, 2, 2))
    arrays = {
        "class_names": [["cat", "dog"]] * 2,
        "mistakes": images,
        "mistakes_truth": [[1, 0, -1], [0, 1, 0]],  # the third place is empty
        "mistakes_predicted": [[0, 0, -1], [1, 0, 1]],
        "mistakes_confidence": [[0.99, 0.6, 0.0], [1.0, 1.0, 1.0]],
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("labelled_images", experiment="a", of="mistakes")


def test_a_title_is_the_answer_and_the_truth_where_that_differs(drawn):
    figure, _ = drawn
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == ["cat, 99%\nis dog", "cat, 60%", "", "", ""]


def test_a_picture_is_the_image_that_its_title_speaks_of(drawn):
    figure, _ = drawn
    pictures = [axes.images[0].get_array().max() for axes in figure.axes if axes.images]
    assert pictures == [10, 20]


def test_its_data_are_those_of_the_first_seed(drawn):
    _, data = drawn
    assert data.to_numpy().tolist() == [["dog", "cat", 0.99], ["cat", "cat", 0.6]]


def test_beside_a_long_name_there_is_no_room_for_more(tmp_path, draw):
    arrays = {
        "class_names": [["automobile-like thing", "dog"]],
        "mistakes": np.zeros((1, 1, 1, 2, 2), np.uint8),
        "mistakes_truth": [[1]],
        "mistakes_predicted": [[0]],
        "mistakes_confidence": [[0.99]],
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0]}, arrays=arrays)
    figure, _ = draw("labelled_images", experiment="a", of="mistakes")
    assert figure.axes[0].get_title() == "automobile-like thing,\n99%\nis dog"
