import pytest

from synthetic import write_experiment

PLACES = [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]


@pytest.fixture
def drawn(tmp_path, draw):
    arrays = {"map": [PLACES, [[9.0, 9.0]] * 3], "map_labels": [[7, 7, 2], [0, 0, 0]]}
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)
    return draw("embedding_map", experiments=["a"])


def test_a_point_is_an_image_of_the_first_seed(drawn):
    figure, _ = drawn
    assert figure.axes[0].collections[0].get_offsets().tolist() == PLACES


def test_images_of_a_class_have_one_colour(drawn):
    figure, _ = drawn
    one, other, third = figure.axes[0].collections[0].get_facecolor().tolist()
    assert one == other
    assert one != third


def test_a_class_is_named_in_the_middle_of_its_images(drawn):
    figure, _ = drawn
    named = {text.get_text(): text.get_position() for text in figure.axes[0].texts}
    assert named == {"7": (1.0, 2.0), "2": (4.0, 5.0)}


def test_its_data_are_places_and_classes(drawn):
    _, data = drawn
    assert data[["x", "y", "label"]].to_numpy().tolist() == [[0, 1, 7], [2, 3, 7], [4, 5, 2]]
