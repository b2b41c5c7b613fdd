"""How well an autoencoder keeps an image, cleans it, and classifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from torch import Tensor, nn

from proofsheet.data.splits import EVALUATION_BATCH, Images
from proofsheet.metrics.components import Components
from proofsheet.metrics.images import psnr
from proofsheet.models.autoencoder import Autoencoder
from proofsheet.tasks.autoencode.objective import Autoencoding, with_noise
from proofsheet.tasks.classify.evaluation import (
    class_logits,
    classification_arrays,
    classification_metrics,
    first_of_each,
)
from proofsheet.tasks.random_state import Purpose, seed_torch, stream
from proofsheet.tasks.task import Measurements, Row, TrainedModel, to_uint8

if TYPE_CHECKING:
    from proofsheet.declare.tasks.autoencode import AutoencodeEvaluation, AutoencodeTraining

# Of pixel values in 0..1. The write-up does not say what its reconstruction accuracy counts.
CLOSE = 0.05
# Batches whose gradients are compared.
GRADIENT_BATCHES = 20


def evaluate(
    trained: TrainedModel,
    settings: AutoencodeEvaluation,
    seed: int,
    classifier: TrainedModel | None,
) -> Measurements:
    """Reconstructions of test images, classification, the terms' shares, and denoising.

    Metrics of ``val`` and ``test``: ``close``, the share of pixel values off by less than 0.05.
    Of ``test``: ``psnr`` (dB) of the reconstructions. With a classifier, its metrics and arrays
    too, and of ``train`` ``loss_share`` and ``gradient_share``, see :func:`shares`. Where noise is
    asked for, metrics and arrays of :func:`denoise`.

    Arrays: ``originals`` and ``reconstructions`` ``uint8 (classes, C, H, W)``, the first test image
    of every class.
    """
    test = trained.images["test"]
    model = cast(Autoencoder, trained.model)
    clean = test.scaled(torch.arange(len(test)))
    images = {"originals": clean, "reconstructions": reconstruct(model, clean)}
    clean_psnr = mean_psnr(clean, images["reconstructions"])
    metrics: list[Row] = [
        ("test", "", "psnr", clean_psnr),
        ("test", "", "close", close(clean, images["reconstructions"])),
        closeness(model, trained.images["val"], "val"),
    ]
    if settings.noise:
        cleaned, values = denoise(model, clean, trained.images["train"], settings.noise)
        images |= cleaned
        values["gain_over_pca"] = clean_psnr - values["pca_psnr"]
        metrics += [("test", "", name, value) for name, value in values.items()]
    firsts = first_of_each(test.labels)
    arrays = {name: to_uint8(pictures[firsts]).numpy() for name, pictures in images.items()}
    if cast("AutoencodeTraining", trained.settings).loss.weight:
        logits = class_logits(model, test)
        metrics += classification_metrics(logits, test.labels, len(trained.classes))
        metrics += shares(model, trained, seed)
        arrays.update(classification_arrays(logits, test, trained.classes))
    return Measurements(metrics, arrays)


def denoise(
    model: Autoencoder, clean: Tensor, training: Images, noise: float
) -> tuple[dict[str, Tensor], dict[str, float]]:
    """Remove noise from images, by the autoencoder and by principal components of equal number.

    :param clean: test images ``(N, C, H, W)`` in 0..1.
    :param training: images that the components are fitted to.
    :param noise: standard deviation of Gaussian noise, the same for all seeds and experiments.
    :returns: images in 0..1 by name, ``noisy``, ``denoised`` and ``pca_denoised``; metrics of
        ``test``, mean PSNR in dB against the clean images, of each of these (``noisy_psnr``, and so
        on), the differences ``denoising_gain`` and ``denoising_gain_over_pca``, and
        ``pca_psnr``, that of the clean images through the components.
    """
    noisy = with_noise(clean, noise, stream(0, Purpose.TEST_NOISE))
    code_size = cast(nn.Linear, model.head).in_features
    seed_torch(0, Purpose.COMPONENTS)
    components = Components(training.scaled(torch.arange(len(training))), code_size)
    images = {
        "noisy": noisy,
        "denoised": reconstruct(model, noisy),
        "pca_denoised": components.project(noisy).clamp(0, 1),
    }
    value = {f"{name}_psnr": mean_psnr(clean, shown) for name, shown in images.items()}
    value["denoising_gain"] = value["denoised_psnr"] - value["noisy_psnr"]
    value["denoising_gain_over_pca"] = value["denoised_psnr"] - value["pca_denoised_psnr"]
    value["pca_psnr"] = mean_psnr(clean, components.project(clean).clamp(0, 1))
    return images, value


def reconstruct(model: Autoencoder, images: Tensor) -> Tensor:
    """``float (N, C, H, W)`` in 0..1."""
    with torch.no_grad():
        decoded = [model.decode(model.encode(batch)) for batch in images.split(EVALUATION_BATCH)]
    return torch.cat(decoded).sigmoid()


def mean_psnr(originals: Tensor, shown: Tensor) -> float:
    """Mean over images of the peak signal-to-noise ratio, in dB."""
    return float(psnr(originals, shown).mean())


def closeness(model: Autoencoder, images: Images, split: str) -> Row:
    clean = images.scaled(torch.arange(len(images)))
    return split, "", "close", close(clean, reconstruct(model, clean))


def close(originals: Tensor, reconstructions: Tensor) -> float:
    """Share of pixel values, 0..1, that are off by less than :data:`CLOSE`."""
    return float(((originals - reconstructions).abs() < CLOSE).double().mean())


def shares(model: Autoencoder, trained: TrainedModel, seed: int) -> list[Row]:
    """How much of the loss and of its pull on the encoder is due to classification, 0..1.

    ``loss_share`` is ``w·L_c / (L_r + w·L_c)``; ``gradient_share`` is
    ``‖∇ w·L_c‖ / (‖∇ L_r‖ + ‖∇ w·L_c‖)``, Euclidean norms over the encoder's weights, whose
    gradients are of single batches; both are means over twenty training batches, after training.
    """
    settings = cast("AutoencodeTraining", trained.settings)
    objective = Autoencoding(settings.loss)
    images = trained.images["train"]
    rows = objective.sample(images.labels, len(images), stream(seed, Purpose.GRADIENT_ROWS))
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
        ("train", "", "loss_share", float(loss_share)),
        ("train", "", "gradient_share", float(gradient_share)),
    ]
