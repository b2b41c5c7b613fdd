import numpy as np

from proofsheet.data.embedded import digits


def test_all_digits_of_scikit_learn_are_in_one_split_each():
    dataset = digits()
    assert len(dataset.train) + len(dataset.test) == 1797
    assert dataset.image_shape == (1, 28, 28)
    assert dataset.stand_in


def test_splits_hold_every_class_in_its_share():
    dataset = digits()
    train, test = (np.bincount(s.labels) for s in (dataset.train, dataset.test))
    assert (np.abs(test / (train + test) - 0.2) < 0.03).all()


def test_an_enlarged_digit_still_shows_the_original():
    from sklearn.datasets import load_digits

    bunch = load_digits()
    dataset = digits()
    # Averaging the inner 20×20 pixels down to 4×4 undoes the enlarging, up to interpolation.
    images = np.concatenate([dataset.train.images, dataset.test.images])[:, 0, 4:-4, 4:-4]
    large = images.reshape(-1, 4, 5, 4, 5).mean(axis=(2, 4))
    small = bunch.images.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)) / 16 * 255
    order = np.lexsort(small.round(3).reshape(len(small), -1).T)
    assert abs(large.mean() - small.mean()) < 2
    nearest = np.abs(large[:50, None] - small[None, order]).mean(axis=(2, 3)).min(axis=1)
    assert nearest.max() < 12
