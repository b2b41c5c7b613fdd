"""The drawn stand-ins for CIFAR-10 and SVHN."""

import numpy as np
import pytest
from PIL import Image

from proofsheet.data import drawing, objects, street_digits

KINDS = {"objects": objects, "street_digits": street_digits}


@pytest.fixture(scope="module", params=list(KINDS))
def few(request):
    """A data set of 60 training and 20 test images, drawn as the whole one is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "TRAIN", 60)
        patch.setattr(drawing, "TEST", 20)
        yield getattr(KINDS[request.param], request.param)


def test_the_same_images_every_time(few):
    one, two = few(), few()
    assert np.array_equal(one.train.images, two.train.images)
    assert np.array_equal(one.test.images, two.test.images)


def test_classes_in_equal_parts_and_in_colour(few):
    dataset = few()
    assert dataset.image_shape == (3, 32, 32)
    assert np.bincount(dataset.train.labels).tolist() == [6] * 10
    assert dataset.train.images.dtype == np.uint8
    assert dataset.stand_in


def test_no_image_is_in_both_splits(few):
    dataset = few()
    train, test = (
        {image.tobytes() for image in split.images} for split in (dataset.train, dataset.test)
    )
    assert len(train | test) == 80


def test_every_digit_of_every_font_leaves_ink():
    for index in range(len(street_digits._font_files())):
        font = street_digits._font(index, 40)
        assert all(font.getmask(str(digit)).getbbox() for digit in range(10))


def test_a_drawn_colour_stands_out():
    generator = np.random.default_rng(0)
    ground = np.array([128, 128, 128])
    colours = np.array([drawing.colour_apart(ground, generator) for _ in range(200)])
    assert np.abs(colours - ground).mean(axis=1).min() > 80


def test_a_photograph_is_half_the_canvas_with_channels_first():
    canvas = Image.new("RGB", (64, 64), (250, 10, 10))
    pixels = drawing.photograph(canvas, np.random.default_rng(0))
    assert pixels.shape == (3, 32, 32)
    assert pixels[0].mean() > pixels[1].mean() + 100


@pytest.mark.parametrize("name", list(KINDS))
def test_a_linear_classifier_finds_something_and_far_from_all(name):
    """Hard enough that networks can differ, and not beyond them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "TRAIN", 600)
        patch.setattr(drawing, "TEST", 200)
        dataset = getattr(KINDS[name], name)()
    train, test = (
        split.images.reshape(len(split), -1) / 255.0 for split in (dataset.train, dataset.test)
    )
    # Ridge regression onto the classes, in its dual form.
    gram = train @ train.T + 30 * np.eye(len(train))
    targets = np.eye(10)[dataset.train.labels] - 0.1
    scores = (test @ train.T) @ np.linalg.solve(gram, targets)
    right = (scores.argmax(axis=1) == dataset.test.labels).mean()
    assert 0.1 < right < 0.5
