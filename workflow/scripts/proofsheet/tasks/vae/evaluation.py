"""How good the images of a VAE are."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from torch import Tensor

from proofsheet.data.splits import Images
from proofsheet.errors import ProofsheetError
from proofsheet.losses.kl import kl_per_dimension
from proofsheet.losses.reconstruction import reconstruction_loss
from proofsheet.metrics.images import psnr, relative_sharpness, sharpness, ssim
from proofsheet.models.vae import Vae
from proofsheet.tasks.classify.evaluation import first_of_each, predict
from proofsheet.tasks.random_state import Purpose, stream
from proofsheet.tasks.task import Measurements, Row, TrainedModel, to_uint8

if TYPE_CHECKING:
    from proofsheet.declare.tasks.vae import VaeEvaluation

GRID = 8  # prior samples per side
TRAVERSED = 6  # latent dimensions
TRAVERSAL = np.linspace(-3, 3, 9)  # standard deviations of the prior
# A reconstruction that keeps less than half of its original's sharpness counts as blurred.
BLURRED_BELOW = 0.5


def evaluate(
    trained: TrainedModel, settings: VaeEvaluation, seed: int, classifier: TrainedModel | None
) -> Measurements:
    """Compare test images with their reconstructions from the posterior mean.

    Metrics of ``test``, means over images: ``bce`` (nats) and ``mse`` summed over pixels and
    ``kl`` (nats), so that both losses are read on one scale; ``psnr`` (dB), ``ssim``,
    ``sharpness`` (relative to the original, of those not of one colour), ``blurred`` (share of
    them that keeps less than half of it) and ``images_with_detail``, how many they are;
    ``legibility``, the share of reconstructions that the classifier reads,
    ``legibility_originals``, the same of originals, and ``illegible``, the share of the originals
    classified correctly whose reconstruction is not.

    Arrays: ``originals`` and ``reconstructions`` ``(classes, C, H, W)``, the first test image of
    every class; ``prior`` ``(64, C, H, W)``; ``traversal`` ``(6, 9, C, H, W)`` along the
    ``dimensions`` ``(6,)`` of largest KL ``dimension_kl`` ``(6,)``. Images are ``uint8`` in 0..255.
    """
    if classifier is None:
        raise ProofsheetError(
            "the evaluation of a VAE needs a classifier; declare evaluate.classifier"
        )
    test = trained.images["test"]
    model = cast(Vae, trained.model)
    kl, logits = reconstruct(model, test)
    read = (
        predict(classifier.model, test),
        predict(classifier.model, Images(grey_levels(logits), test.labels)),
    )
    metrics = [*image_metrics(test, logits), ("test", "", "kl", float(kl.sum(dim=1).mean()))]
    metrics += legibility(test.labels, *read)
    firsts = first_of_each(test.labels)
    arrays = {
        "originals": test.pixels[firsts].numpy(),
        "reconstructions": grey_levels(logits[firsts]).numpy(),
        **explore(model, kl.mean(dim=0), seed),
    }
    return Measurements(metrics, arrays)


def reconstruct(model: Vae, images: Images) -> tuple[Tensor, Tensor]:
    """KL terms ``(N, Z)``, and logits ``(N, C, H, W)`` decoded from posterior means."""
    kls, logits = [], []
    with torch.no_grad():
        for batch in images.in_order():
            mean, log_variance = model.encode(batch)
            kls.append(kl_per_dimension(mean, log_variance))
            logits.append(model.decode(mean))
    return torch.cat(kls), torch.cat(logits)


def grey_levels(logits: Tensor) -> Tensor:
    """Decoded images in the 256 levels of the originals, ``uint8`` in 0..255."""
    return to_uint8(logits.sigmoid())


def image_metrics(test: Images, logits: Tensor) -> list[Row]:
    originals = test.scaled(torch.arange(len(test)))
    reconstructions = logits.sigmoid()
    has_edges = sharpness(originals) > 0  # an image of one colour has no sharpness to keep
    sharp = relative_sharpness(originals[has_edges], reconstructions[has_edges])
    values = {
        "bce": reconstruction_loss(logits, originals, "bce", "sum"),
        "mse": reconstruction_loss(logits, originals, "mse", "sum"),
        "psnr": psnr(originals, reconstructions).mean(),
        "ssim": ssim(originals, reconstructions).mean(),
        "sharpness": sharp.mean(),
        "blurred": (sharp < BLURRED_BELOW).double().mean(),
        "images_with_detail": has_edges.sum(),
    }
    return [("test", "", name, float(value)) for name, value in values.items()]


def legibility(labels: Tensor, originals: Tensor, reconstructions: Tensor) -> list[Row]:
    """Shares from the classifier's answers, each ``int64 (N,)``."""
    right = originals == labels
    still = reconstructions == labels
    return [
        ("test", "", "legibility", float(still.double().mean())),
        ("test", "", "legibility_originals", float(right.double().mean())),
        ("test", "", "illegible", float((right & ~still).sum() / right.sum())),
    ]


def explore(model: Vae, kl: Tensor, seed: int) -> dict[str, np.ndarray]:
    """Images decoded from the prior, and along the dimensions that carry most information."""
    size = len(kl)
    used = kl.argsort(descending=True, stable=True)[:TRAVERSED]
    latent = torch.randn(GRID**2, size, generator=stream(seed, Purpose.PRIOR_SAMPLES))
    steps = torch.zeros(len(used), len(TRAVERSAL), size)
    for row, dimension in enumerate(used):
        steps[row, :, dimension] = torch.tensor(TRAVERSAL, dtype=torch.float32)
    with torch.no_grad():
        prior = grey_levels(model.decode(latent))
        traversal = grey_levels(model.decode(steps.flatten(0, 1))).unflatten(0, steps.shape[:2])
    return {
        "prior": prior.numpy(),
        "traversal": traversal.numpy(),
        "dimensions": used.numpy(),
        "dimension_kl": kl[used].numpy(),
    }
