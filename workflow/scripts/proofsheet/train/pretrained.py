"""Start a training from published weights instead of random ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

import torch
from torch import Tensor, nn

from proofsheet.errors import ProofsheetError
from proofsheet.files import sha256

if TYPE_CHECKING:
    from proofsheet.declare.training import Training


def load_pretrained(model: nn.Module, settings: Training) -> None:
    """Fill ``model`` with the weights that ``settings.pretrained`` names; its head stays random.

    ``True`` asks torchvision for its ImageNet weights, from its cache or by download; text is the
    path of a file that ``torch.save`` wrote of a state of torchvision's model of that name.

    :raises ProofsheetError: where weights cannot be had, read, or made to fit.
    """
    if not settings.pretrained:
        return
    name = settings.model.name.split(".")[1]
    body = model.body
    assert isinstance(body, nn.Module)
    if settings.pretrained is True:
        state = _published(name)
    else:
        state = _from_file(Path(settings.pretrained))
    own = body.state_dict()
    fitting = {key: value for key, value in state.items() if _fits(own.get(key), value)}
    head = {key for key in own if key.startswith(("fc.", "classifier."))}
    # Weights published before batch normalisation counted its batches lack these counts.
    counts = {key for key in own if key.endswith("num_batches_tracked")}
    missing = sorted(own.keys() - fitting.keys() - head - counts)
    if missing:
        raise ProofsheetError(
            f"pretrained: the weights do not fit {name}: {missing[0]} is missing or of another "
            f"shape, and {len(missing) - 1} more; give weights of torchvision's {name}"
        )
    body.load_state_dict({**own, **fitting})


def _fits(own: Tensor | None, value: Tensor) -> bool:
    return (
        own is not None
        and isinstance(value, Tensor)
        and own.shape == value.shape
        and value.layout == own.layout
        and not value.is_meta
    )


def _published(name: str) -> dict[str, Tensor]:
    from torchvision.models import get_model_weights

    weights = get_model_weights(name)["DEFAULT"]
    file = weights.url.split("/")[-1]
    cached = Path(torch.hub.get_dir(), "checkpoints", file)
    # Of what it finds there, torchvision checks nothing: the name ends in the digest's beginning.
    digest = file.removesuffix(".pth").rpartition("-")[2]
    if cached.exists() and not sha256(cached).startswith(digest):
        raise ProofsheetError(
            f"pretrained: {cached}: checksum mismatch, these are not the weights that torchvision "
            "names so; delete the file, and it will be downloaded anew"
        )
    try:
        return dict(weights.get_state_dict(progress=False, check_hash=True, weights_only=True))
    except (URLError, OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise ProofsheetError(
            f"pretrained: the ImageNet weights of {name} cannot be loaded ({reason}); to train "
            "from scratch set `pretrained: false`, or give the path of a file with the weights: "
            f"`pretrained: /path/to/{file}`"
        ) from error


def _from_file(path: Path) -> dict[str, Tensor]:
    try:
        return dict(torch.load(path, weights_only=True, map_location="cpu"))
    except FileNotFoundError as error:
        raise ProofsheetError(
            f"pretrained: {path}: no such file; give one, or set `pretrained: false`"
        ) from error
    except Exception as error:  # whatever torch makes of a stranger's file
        raise ProofsheetError(
            f"pretrained: {path}: not a file of weights that torch.save wrote; give another, or "
            "set `pretrained: false`"
        ) from error
