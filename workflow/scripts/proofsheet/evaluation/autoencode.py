"""How well an autoencoder keeps an image, cleans it, and classifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from torch import Tensor

from proofsheet.evaluation.classify import classification_arrays, classification_metrics
from proofsheet.evaluation.kept import Metric, Seed, Trained
from proofsheet.metrics.components import Components
from proofsheet.metrics.images import psnr
from proofsheet.models.autoencoder import Autoencoder
from proofsheet.random_state import Purpose, seed_torch, stream
from proofsheet.splits import Images
from proofsheet.tasks.autoencode import Autoencoding, with_noise
from proofsheet.training import EVALUATION_BATCH

if TYPE_CHECKING:
    from proofsheet.declarations.training import Autoencode, AutoencodeEvaluation

# Of pixel values in 0..1. The write-up does not say what its reconstruction accuracy counts.
CLOSE = 0.05
# Batches whose gradients are compared.
GRADIENT_BATCHES = 20


def evaluate(
    trained: Trained, settings: AutoencodeEvaluation, seed: int, reader: Trained | None
) -> Seed:
    """Reconstructions of clean and of noisy test images, classification, and the terms' shares.

    Metrics of ``val`` and ``test``: ``close``, the share of pixel values off by less than 0.05.
    Of ``test``: ``psnr`` (dB) of the reconstructions; ``denoised_psnr`` of those of noisy images
    and ``noisy_psnr`` of the noisy images themselves, all against the clean ones;
    ``pca_psnr`` and ``pca_denoised_psnr``, the same with principal components of training images
    in the place of the network, as many as its code has numbers; ``denoising_gain``,
    ``gain_over_pca`` and ``denoising_gain_over_pca`` are differences of these. With a
    classifier, its metrics and arrays too, and of ``train`` ``loss_share`` and ``gradient_share``,
    see :func:`shares`.

    Arrays: ``originals``, ``reconstructions``, ``noisy``, ``denoised``, ``pca_denoised``
    ``uint8 (classes, C, H, W)``, the first test image of every class.
    """
    test = trained.images["test"]
    model = cast(Autoencoder, trained.model)
    clean = test.scaled(torch.arange(len(test)))
    generator = stream(0, Purpose.TEST_NOISE)  # the same noise for all seeds and experiments
    noisy = with_noise(clean, settings.noise, generator)
    seed_torch(0, Purpose.COMPONENTS)
    training = trained.images["train"]
    code_size = int(model.encode(clean[:1]).shape[1])
    components = Components(training.scaled(torch.arange(len(training))), code_size)
    images = {
        "originals": clean,
        "reconstructions": reconstruct(model, clean),
        "noisy": noisy,
        "denoised": reconstruct(model, noisy),
        "pca_denoised": components.project(noisy).clamp(0, 1),
        "pca": components.project(clean).clamp(0, 1),
    }
    metrics = [
        *quality(images),
        *closeness(model, trained.images["val"], "val"),
        ("test", "close", close(clean, images["reconstructions"])),
    ]
    firsts = [int((test.labels == label).nonzero()[0]) for label in test.labels.unique()]
    arrays = {name: _grey_levels(pictures[firsts]) for name, pictures in images.items()}
    if cast("Autoencode", trained.settings).loss.weight:
        with torch.no_grad():
            logits = torch.cat([model(batch) for batch in test.batches(EVALUATION_BATCH)])
        metrics += classification_metrics(logits, test.labels, len(trained.classes))
        metrics += shares(model, trained, seed)
        arrays.update(classification_arrays(logits, test, trained.classes))
    return Seed(metrics, arrays)


def reconstruct(model: Autoencoder, images: Tensor) -> Tensor:
    """``float (N, C, H, W)`` in 0..1."""
    with torch.no_grad():
        decoded = [model.decode(model.encode(batch)) for batch in images.split(EVALUATION_BATCH)]
    return torch.cat(decoded).sigmoid()


def quality(images: dict[str, Tensor]) -> list[Metric]:
    value = {name: float(psnr(images["originals"], shown).mean()) for name, shown in images.items()}
    values = {
        "psnr": value["reconstructions"],
        "noisy_psnr": value["noisy"],
        "denoised_psnr": value["denoised"],
        "pca_psnr": value["pca"],
        "pca_denoised_psnr": value["pca_denoised"],
        "denoising_gain": value["denoised"] - value["noisy"],
        "gain_over_pca": value["reconstructions"] - value["pca"],
        "denoising_gain_over_pca": value["denoised"] - value["pca_denoised"],
    }
    return [("test", name, number) for name, number in values.items()]


def closeness(model: Autoencoder, images: Images, split: str) -> list[Metric]:
    clean = images.scaled(torch.arange(len(images)))
    return [(split, "close", close(clean, reconstruct(model, clean)))]


def close(originals: Tensor, reconstructions: Tensor) -> float:
    """Share of pixel values, 0..1, that are off by less than :data:`CLOSE`."""
    return float(((originals - reconstructions).abs() < CLOSE).double().mean())


def shares(model: Autoencoder, trained: Trained, seed: int) -> list[Metric]:
    """How much of the loss and of its pull on the encoder is due to classification, 0..1.

    ``loss_share`` is ``w·L_c / (L_r + w·L_c)``; ``gradient_share`` is
    ``‖∇ w·L_c‖ / (‖∇ L_r‖ + ‖∇ w·L_c‖)``, Euclidean norms over the encoder's weights, whose
    gradients are of single batches; both are means over twenty training batches, after training.
    """
    settings = cast("Autoencode", trained.settings)
    objective = Autoencoding(settings.loss)
    images = trained.images["train"]
    rows = objective.draw(images.labels, len(images), stream(seed, Purpose.GRADIENT_ROWS))
    weights = list(model.encoder.parameters())
    found = []
    for batch in rows.split(settings.batch_size)[:GRADIENT_BATCHES]:
        terms = objective.terms(model, *images.batch(batch))
        parts = terms["reconstruction"], settings.loss.weight * terms["classification"]
        norms = [
            torch.cat([g.flatten() for g in torch.autograd.grad(part, weights, retain_graph=True)])
            .norm()
            .item()
            for part in parts
        ]
        losses = [part.item() for part in parts]
        found.append((losses[1] / sum(losses), norms[1] / sum(norms)))
    loss_share, gradient_share = np.mean(found, axis=0)
    return [
        ("train", "loss_share", float(loss_share)),
        ("train", "gradient_share", float(gradient_share)),
    ]


def _grey_levels(images: Tensor) -> np.ndarray:
    """Images in 0..1 in the 256 levels of the originals."""
    return (images * 255).round().to(torch.uint8).numpy()
