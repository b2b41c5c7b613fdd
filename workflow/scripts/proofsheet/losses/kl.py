"""Kullback-Leibler term of a VAE. Kingma and Welling (2014), "Auto-Encoding Variational Bayes",
appendix B."""

from torch import Tensor


def kl_per_dimension(mean: Tensor, log_variance: Tensor) -> Tensor:
    """``KL(N(μ, σ²) ‖ N(0, 1)) = −½·(1 + log σ² − μ² − σ²)`` of every latent dimension.

    :param mean: ``(B, Z)``.
    :param log_variance: ``(B, Z)``, natural logarithm of the variance.
    :returns: ``(B, Z)`` in nats, at least 0. Sum over ``Z`` for the KL term of an image.
    """
    return -0.5 * (1 + log_variance - mean.square() - log_variance.exp())
