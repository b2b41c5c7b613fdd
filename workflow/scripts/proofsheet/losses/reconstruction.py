"""Reconstruction losses of an autoencoder, per image."""

from torch import Tensor
from torch.nn import functional as F


def reconstruction_loss(logits: Tensor, images: Tensor, kind: str, reduction: str) -> Tensor:
    """Distance between images and their reconstructions, mean over the batch.

    ``bce``: ``−x·log x̂ − (1 − x)·log(1 − x̂)`` per pixel (Kingma and Welling 2014, appendix C.1);
    for grey images it does not reach 0 even where ``x̂ = x``.
    ``mse``: ``(x − x̂)²`` per pixel, without the ½ of a Gaussian likelihood.

    :param logits: ``(B, ...)``; the reconstruction is ``x̂ = sigmoid(logits)``.
    :param images: ``(B, ...)`` in 0..1, of the same shape.
    :param kind: ``"bce"`` or ``"mse"``.
    :param reduction: over the pixels of an image, ``"sum"`` or ``"mean"``. It sets the weight
        of the reconstruction against a KL term that is always summed.
    :returns: scalar, in nats for ``bce``, in squared pixel values for ``mse``.
    """
    if kind == "bce":
        pixels = F.binary_cross_entropy_with_logits(logits, images, reduction="none")
    else:
        pixels = (images - logits.sigmoid()).square()
    per_image = pixels.flatten(1)
    return (per_image.sum(dim=1) if reduction == "sum" else per_image.mean(dim=1)).mean()
