"""Real handwritten digits that come inside a package: a stand-in for MNIST."""

import numpy as np
from PIL import Image

from proofsheet.data.dataset import Dataset, Split, stratified_order

SIDE = 28  # pixels, MNIST's size
BORDER = 4  # pixels of background around the digit, as MNIST has
TEST_SHARE = 0.2


def digits() -> Dataset:
    """1,797 handwritten 8×8 digits of scikit-learn, enlarged to MNIST's 28×28.

    The digits are real, written by 13 people, and are the test part of UCI's "Optical Recognition
    of Handwritten Digits"; the resolution is lower than MNIST's. Splits are stratified and fixed;
    a writer's digits are in both.
    """
    from sklearn.datasets import load_digits

    bunch = load_digits()
    images = np.stack([_enlarge(image) for image in bunch.images])[:, None]
    labels = bunch.target.astype(np.int64)
    order = stratified_order(labels, seed=0)
    test_size = round(len(order) * TEST_SHARE)
    whole = Split(images, labels)
    return Dataset(
        train=whole.take(np.sort(order[test_size:])),
        test=whole.take(np.sort(order[:test_size])),
        classes=[str(digit) for digit in range(10)],
        title="scikit-learn digits, enlarged from 8×8 to 28×28",
        source="sklearn.datasets.load_digits (UCI Optical Recognition of Handwritten Digits)",
        licence="CC BY 4.0",
        stand_in=True,
    )


def _enlarge(image: np.ndarray) -> np.ndarray:
    """``float (8, 8)`` in 0..16 to ``uint8 (28, 28)`` in 0..255, bicubic inside a border."""
    small = Image.fromarray(np.round(image / 16 * 255).astype(np.uint8))
    inner = SIDE - 2 * BORDER
    large = np.zeros((SIDE, SIDE), np.uint8)
    resized = small.resize((inner, inner), Image.Resampling.BICUBIC)
    large[BORDER:-BORDER, BORDER:-BORDER] = np.asarray(resized)
    return large
