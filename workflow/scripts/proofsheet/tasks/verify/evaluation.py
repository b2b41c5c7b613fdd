"""How well a verifier tells pairs of one class from pairs of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits
from torch import Tensor

from proofsheet.data.splits import Images
from proofsheet.metrics.verification import (
    accuracy,
    best_threshold,
    equal_error_rate,
    roc_auc,
    roc_curve,
)
from proofsheet.models.embedding import Embedding
from proofsheet.tasks.pairs import sample_pairs
from proofsheet.tasks.random_state import Purpose, stream
from proofsheet.tasks.task import Measurements, Row, TrainedModel
from proofsheet.tasks.verify.objective import Verification, objective

if TYPE_CHECKING:
    from proofsheet.declare.tasks.verify import VerifyEvaluation, VerifyTraining

HISTOGRAM_BINS = 60
CURVE_POINTS = 501


def evaluate(
    trained: TrainedModel, settings: VerifyEvaluation, seed: int, classifier: TrainedModel | None
) -> Measurements:
    """Verify balanced pairs of every split; the pairs are the same for all seeds and losses.

    Metrics of ``train``, ``val`` and ``test``: ``accuracy`` at the threshold that is best on the
    validation pairs, ``roc_auc`` and ``eer``, all 0..1. ``accuracy_gap`` and ``roc_auc_gap`` are
    training minus validation; the threshold is chosen on validation pairs, so the accuracy gap
    is on the small side.

    Arrays: ``fpr`` and ``tpr`` ``(501,)`` of the test pairs; ``edges`` ``(61,)`` and the counts
    ``same`` and ``different`` ``(60,)`` of their scores; ``threshold`` ``()``; of the
    first seed ``map`` ``(M, 2)`` and ``map_labels`` ``(M,)``, a t-SNE of test embeddings (van der
    Maaten and Hinton 2008).
    """
    verification = objective(cast("VerifyTraining", trained.settings), trained.classes)
    scores: dict[str, np.ndarray] = {}
    same: dict[str, np.ndarray] = {}
    for number, split in enumerate(("train", "val", "test")):
        images = trained.images[split]
        generator = stream(settings.pairs_seed, Purpose.VERIFICATION_PAIRS, number)
        pairs = sample_pairs(images.labels, settings.pairs, generator)
        scores[split] = score(trained, verification, images, pairs)
        same[split] = (images.labels[pairs[:, 0]] == images.labels[pairs[:, 1]]).numpy()
    threshold = best_threshold(scores["val"], same["val"])
    metrics = pair_metrics(scores, same, threshold)
    arrays = {"threshold": np.array(threshold), **curves(scores["test"], same["test"])}
    return Measurements(metrics, arrays, lambda: embedding_map(trained, settings.map_images))


def score(
    trained: TrainedModel, verification: Verification, images: Images, pairs: Tensor
) -> np.ndarray:
    """Score of every pair, ``float64 (N,)``; each image is embedded once."""
    model = cast(Embedding, trained.model)
    embedded = embed(model, images)
    with torch.no_grad():
        scores = verification.score(model, embedded[pairs[:, 0]], embedded[pairs[:, 1]])
    return scores.double().numpy()


def embed(model: Embedding, images: Images) -> Tensor:
    """Embeddings ``(N, E)`` of all images."""
    with torch.no_grad():
        return torch.cat([model(batch) for batch in images.in_order()])


def pair_metrics(
    scores: dict[str, np.ndarray], same: dict[str, np.ndarray], threshold: float
) -> list[Row]:
    metrics: list[Row] = []
    for split in scores:
        metrics += [
            (split, "", "accuracy", accuracy(scores[split], same[split], threshold)),
            (split, "", "roc_auc", roc_auc(scores[split], same[split])),
            (split, "", "eer", equal_error_rate(scores[split], same[split])),
        ]
    value = {(split, quantity): number for split, _, quantity, number in metrics}
    for quantity in ("accuracy", "roc_auc"):
        gap = value["train", quantity] - value["val", quantity]
        metrics.append(("", "", f"{quantity}_gap", gap))
    return metrics


def curves(scores: np.ndarray, same: np.ndarray) -> dict[str, np.ndarray]:
    """The ROC curve on an even grid of false positive rates, and score histograms."""
    fpr, tpr, _ = roc_curve(scores, same)
    grid = np.linspace(0, 1, CURVE_POINTS)
    # Of several true positive rates at one false positive rate, the curve passes the highest.
    reached = np.searchsorted(fpr, grid, side="right") - 1
    edges = np.linspace(scores.min(), scores.max(), HISTOGRAM_BINS + 1)
    return {
        "fpr": grid,
        "tpr": tpr[reached],
        "edges": edges,
        "same": np.histogram(scores[same], edges)[0],
        "different": np.histogram(scores[~same], edges)[0],
    }


def embedding_map(trained: TrainedModel, count: int) -> dict[str, np.ndarray]:
    """Two-dimensional map of up to ``count`` test embeddings."""
    test = trained.images["test"]
    count = min(count, len(test))
    embedded = embed(cast(Embedding, trained.model), test)[:count].numpy()
    # t-SNE asks for fewer neighbours than images; 30 is its usual number.
    tsne = TSNE(init="pca", random_state=0, perplexity=min(30, (count - 1) / 3))
    with threadpool_limits(limits=1):  # sums over threads would depend on the machine
        positions = tsne.fit_transform(embedded)
    return {"map": positions, "map_labels": test.labels[:count].numpy()}
