"""Variational autoencoders. Kingma and Welling (2014), "Auto-Encoding Variational Bayes"."""

import math

import torch
from torch import Tensor, nn


class Vae(nn.Module):
    """Gaussian posterior with diagonal covariance, decoder that gives a logit per pixel."""

    def __init__(self, encoder: nn.Module, decoder: nn.Module):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance, each ``(B, Z)``, of the posterior of images ``(B, C, H, W)``."""
        mean, log_variance = self.encoder(images).float().chunk(2, dim=1)
        return mean, log_variance

    def sample(self, mean: Tensor, log_variance: Tensor) -> Tensor:
        """``z = μ + σ·ε`` with ``ε ~ N(0, 1)`` (section 2.4, the reparameterisation)."""
        return mean + (0.5 * log_variance).exp() * torch.randn_like(mean)

    def decode(self, latent: Tensor) -> Tensor:
        """Logits ``(B, C, H, W)`` of latents ``(B, Z)``; their sigmoid is the image in 0..1."""
        return self.decoder(latent).float()


def dense(
    *, image_shape: tuple[int, int, int], classes: int, latent: int = 20, hidden: int = 400
) -> Vae:
    """One hidden layer of ``hidden`` ReLU units on each side."""
    pixels = math.prod(image_shape)
    encoder = nn.Sequential(
        nn.Flatten(), nn.Linear(pixels, hidden), nn.ReLU(), nn.Linear(hidden, 2 * latent)
    )
    decoder = nn.Sequential(
        nn.Linear(latent, hidden),
        nn.ReLU(),
        nn.Linear(hidden, pixels),
        nn.Unflatten(1, image_shape),
    )
    return Vae(encoder, decoder)
