"""How well scores tell pairs of one class from pairs of two.

``scores`` are ``float (N,)``, higher for pairs that look more alike; ``same`` is ``bool (N,)``.
Both kinds of pair must occur.
"""

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.metrics import roc_curve as every_threshold


def roc_auc(scores: np.ndarray, same: np.ndarray) -> float:
    """Area under the ROC curve, 0..1: the chance that a same-class pair outscores another.

    Ties count one half. Hanley and McNeil (1982), "The meaning and use of the area under a receiver
    operating characteristic (ROC) curve".
    """
    return float(roc_auc_score(same, scores))


def roc_curve(scores: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """False and true positive rates, each in 0..1, as the threshold falls.

    :returns: ``(fpr, tpr, thresholds)``, each ``(T + 1,)`` for ``T`` distinct scores; pairs that
        score at least the threshold are called the same. Starts at ``(0, 0, inf)``.
    """
    fpr, tpr, thresholds = every_threshold(same, scores, drop_intermediate=False)
    return fpr, tpr, thresholds


def equal_error_rate(scores: np.ndarray, same: np.ndarray) -> float:
    """Error rate, 0..1, where false accepts are as frequent as false rejects.

    The two rates are steps; between the two thresholds where they cross, both are taken to run
    straight, and the rate is where the lines meet.
    """
    fpr, tpr, _ = roc_curve(scores, same)
    gap = fpr - (1 - tpr)  # rises from −1 to 1
    after = int(np.argmax(gap >= 0))
    before = after - 1
    weight = -gap[before] / (gap[after] - gap[before])
    return float(fpr[before] + weight * (fpr[after] - fpr[before]))


def best_threshold(scores: np.ndarray, same: np.ndarray) -> float:
    """The threshold of highest accuracy, halfway to the next lower score; the highest of ties."""
    fpr, tpr, thresholds = roc_curve(scores, same)
    positives = same.sum()
    right = tpr * positives + (1 - fpr) * (len(same) - positives)
    # Compare whole counts: rates carry rounding that would break ties at random.
    best = int(np.argmax(np.rint(right)))
    if best == 0:
        return float(np.nextafter(thresholds[1], np.inf))
    lower = thresholds[best + 1] if best + 1 < len(thresholds) else thresholds[best]
    return float((thresholds[best] + lower) / 2)


def accuracy(scores: np.ndarray, same: np.ndarray, threshold: float) -> float:
    """Share of pairs, 0..1, classified correctly by whether they score at least ``threshold``."""
    return float(np.mean((scores >= threshold) == same))
