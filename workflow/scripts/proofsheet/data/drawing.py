"""What drawn data sets share: backgrounds, textures, a camera, and the loop over images."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import distribution

import numpy as np
from PIL import Image, ImageFilter

from proofsheet.data.dataset import Dataset, Split

SIDE = 32  # pixels of a finished image, as SVHN and CIFAR-10 have
CANVAS = 64  # pixels while drawing; halved at the end, which smooths the edges
TRAIN, TEST = 2_000, 500

Painter = Callable[[int, np.random.Generator], Image.Image]


def draw_dataset(paint: Painter, seed: int, **facts: str | list[str]) -> Dataset:
    """2,000 training and 500 test images, the classes in equal parts and in turn.

    :param paint: from a class's label and a generator of random numbers to a canvas, RGB, 64×64.
    :param seed: with the split and its number, an image's generator starts from it: an image is
        the same however many others are drawn.
    :param facts: title, source, licence and classes of the data set.
    """
    splits = []
    for part, count in enumerate((TRAIN, TEST)):
        labels = np.arange(count) % len(facts["classes"])
        images = [
            photograph(paint(int(label), generator), generator)
            for number, label in enumerate(labels)
            for generator in [np.random.default_rng([seed, part, number])]
        ]
        splits.append(Split(np.stack(images), labels))
    train, test = splits
    return Dataset(train=train, test=test, stand_in=True, **facts)  # type: ignore[arg-type]


def photograph(canvas: Image.Image, generator: np.random.Generator) -> np.ndarray:
    """``uint8 (3, 32, 32)``: a canvas seen by a cheap camera, out of focus, noisy, badly lit."""
    blurred = canvas.filter(ImageFilter.GaussianBlur(generator.uniform(0, 1.5)))
    pixels = np.asarray(blurred.resize((SIDE, SIDE), Image.Resampling.BOX), float)
    contrast, brightness = generator.uniform(0.7, 1.1), generator.uniform(-25, 25)
    pixels = (pixels - 128) * contrast + 128 + brightness
    pixels += generator.normal(0, generator.uniform(1, 9), pixels.shape)
    return np.moveaxis(pixels.round().clip(0, 255).astype(np.uint8), 2, 0)


def background(generator: np.random.Generator) -> Image.Image:
    """A canvas with a piece of a photograph, its colours shifted."""
    photos = _photographs()
    photo = photos[generator.integers(len(photos))]
    side = int(generator.integers(30, 120))
    left = int(generator.integers(photo.width - side))
    top = int(generator.integers(photo.height - side))
    piece = photo.crop((left, top, left + side, top + side)).resize((CANVAS, CANVAS))
    shifted = np.asarray(piece, float) * generator.uniform(0.5, 1.3, 3)
    return Image.fromarray(shifted.clip(0, 255).astype(np.uint8))


def colour_apart(from_colour: np.ndarray, generator: np.random.Generator) -> tuple[int, ...]:
    """A random colour, on average over red, green and blue at least 80 levels from another."""
    while True:
        colour = generator.integers(0, 256, 3)
        if np.abs(colour - from_colour).mean() > 80:
            return tuple(int(level) for level in colour)


@cache
def _photographs() -> list[Image.Image]:
    """The two photographs that scikit-learn brings (CC BY 2.0): a temple roof, a flower."""
    # The files themselves: to import what reads them takes as long as all that is drawn on them.
    folder = distribution("scikit-learn").locate_file("sklearn/datasets/images")
    return [Image.open(f"{folder}/{name}.jpg").convert("RGB") for name in ("china", "flower")]
