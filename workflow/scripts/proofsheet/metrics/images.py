"""How close a reconstruction is to its original, image by image.

All functions take ``float (B, C, H, W)`` in 0..1 and return ``float (B,)``.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from proofsheet.errors import ProofsheetError

# Constants of Wang et al. (2004), section III.B and III.C.
SSIM_WINDOW = 11
SSIM_SIGMA = 1.5
SSIM_K1, SSIM_K2 = 0.01, 0.03

# The four-neighbour Laplacian.
LAPLACIAN = [[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]


def psnr(originals: Tensor, reconstructions: Tensor) -> Tensor:
    """Peak signal-to-noise ratio in decibels, ``10·log₁₀(1 / MSE)``; higher is closer.

    Equal images give 100 dB, the value at a mean squared error of 1e-10, instead of infinity.
    """
    mse = (originals - reconstructions).square().flatten(1).mean(dim=1)
    return -10 * torch.log10(mse.clamp(min=1e-10))


def ssim(originals: Tensor, reconstructions: Tensor) -> Tensor:
    """Structural similarity, −1..1, 1 for equal images.

    Wang, Bovik, Sheikh, Simoncelli (2004), "Image Quality Assessment: From Error Visibility to
    Structural Similarity", equation 13, with its Gaussian window; mean over the positions at which
    the window lies inside the image, and over channels.

    :raises ProofsheetError: for images smaller than the 11×11 window.
    """
    height, width = originals.shape[2:]
    if min(height, width) < SSIM_WINDOW:
        raise ProofsheetError(
            f"images are {width}×{height} pixels, and SSIM needs at least "
            f"{SSIM_WINDOW}×{SSIM_WINDOW}; enlarge them"
        )
    c1, c2 = SSIM_K1**2, SSIM_K2**2
    mean_x, mean_y = _blur(originals), _blur(reconstructions)
    var_x = _blur(originals.square()) - mean_x.square()
    var_y = _blur(reconstructions.square()) - mean_y.square()
    covariance = _blur(originals * reconstructions) - mean_x * mean_y
    numerator = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    denominator = (mean_x.square() + mean_y.square() + c1) * (var_x + var_y + c2)
    return (numerator / denominator).flatten(1).mean(dim=1)


def sharpness(images: Tensor) -> Tensor:
    """Variance of the Laplacian over an image's inner pixels and channels, at least 0.

    Pech-Pacheco et al. (2000), "Diatom autofocusing in brightfield microscopy", section 2.
    """
    return _filter(images, torch.tensor(LAPLACIAN)).flatten(1).var(dim=1, correction=0)


def relative_sharpness(originals: Tensor, reconstructions: Tensor) -> Tensor:
    """Sharpness of the reconstruction over that of its original; below 1 it is blurrier.

    Raises ``ZeroDivisionError`` for an original of one colour, which has no sharpness to keep.
    """
    reference = sharpness(originals)
    if bool((reference == 0).any()):
        raise ZeroDivisionError("an original image is of one colour; its sharpness is 0")
    return sharpness(reconstructions) / reference


def _blur(images: Tensor) -> Tensor:
    offsets = torch.arange(SSIM_WINDOW) - SSIM_WINDOW // 2
    weights = torch.exp(-offsets.square() / (2 * SSIM_SIGMA**2))
    weights = weights / weights.sum()
    return _filter(images, torch.outer(weights, weights))


def _filter(images: Tensor, kernel: Tensor) -> Tensor:
    """Slide one kernel over every channel, without padding."""
    channels = images.shape[1]
    stacked = kernel.to(images).expand(channels, 1, *kernel.shape)
    return F.conv2d(images, stacked, groups=channels)
