"""Whether probabilities mean what they say."""

import numpy as np

BINS = 10


def reliability(confidence: np.ndarray, right: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    """Expected calibration error, and the reliability diagram behind it.

    Guo, Pleiss, Sun, Weinberger (2017), "On Calibration of Modern Neural Networks", equations 2 and
    3: the answers of two classes are sorted by confidence into ten bins of equal width over ½..1;
    the error is the mean distance between a bin's accuracy and its mean confidence, weighted by
    its answers.

    :param confidence: ``float (N,)`` in ½..1, the probability given to the predicted class.
    :param right: ``bool (N,)``, whether that class is the true one.
    :returns: the error in 0..½, and ``bin_confidence`` and ``bin_accuracy`` (NaN where a bin is
        empty) and ``bin_count``, each ``(10,)``.
    """
    place = np.clip(((confidence - 0.5) * 2 * BINS).astype(int), 0, BINS - 1)
    count = np.bincount(place, minlength=BINS)
    with np.errstate(invalid="ignore"):
        mean_confidence = np.bincount(place, confidence, BINS) / count
        accuracy = np.bincount(place, right, BINS) / count
    filled = count > 0
    gaps = np.abs(accuracy - mean_confidence)[filled]
    error = float((count[filled] * gaps).sum() / count.sum())
    bins = {"bin_confidence": mean_confidence, "bin_accuracy": accuracy, "bin_count": count}
    return error, bins
