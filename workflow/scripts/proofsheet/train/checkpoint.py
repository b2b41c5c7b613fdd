"""The state of a training after an epoch, from which a killed one goes on."""

from __future__ import annotations

import hashlib
import io
import logging
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import nn

from proofsheet.files import replacing

log = logging.getLogger(__name__)

# Bytes of the digest.
DIGEST = 32

Row = tuple[int | float | str, ...]


class Progress(NamedTuple):
    """Epochs done, and the rows of ``history.csv`` and ``steps.csv`` so far."""

    epoch: int
    history: list[Row]
    steps: list[Row]


class Checkpoint:
    """One file, replaced after each epoch: the SHA-256 of what follows, then what torch saves.

    :param identity: digest of everything that decides the weights (settings, seed, data, code,
        versions). A file with another identity is of another training and is not used.
    """

    def __init__(self, path: Path, identity: str):
        self.path = path
        self.identity = identity

    def save(self, progress: Progress, model: nn.Module, optimiser: torch.optim.Optimizer) -> None:
        state = {
            "identity": self.identity,
            "progress": tuple(progress),
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
        }
        with replacing(self.path) as temporary, temporary.open("wb+") as file:
            file.write(bytes(DIGEST))
            torch.save(state, file)
            file.seek(DIGEST)
            digest = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            file.write(digest)

    def restore(self, model: nn.Module, optimiser: torch.optim.Optimizer) -> Progress:
        """Load the saved state into ``model`` and ``optimiser``, or start at epoch 0."""
        state = self._read()
        if state is None:
            return Progress(0, [], [])
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        progress = Progress(*state["progress"])
        log.info("%s: going on after epoch %d", self.path, progress.epoch)
        return progress

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any] | None:
        if not self.path.exists():
            return None
        content = self.path.read_bytes()
        if hashlib.sha256(content[DIGEST:]).digest() != content[:DIGEST]:
            aside = self.path.with_suffix(".damaged")
            self.path.replace(aside)
            log.info("%s: damaged, now %s; training starts over", self.path, aside.name)
            return None
        state = torch.load(io.BytesIO(content[DIGEST:]), weights_only=True, map_location="cpu")
        if state.get("identity") != self.identity:
            log.info("%s: of other settings, data or code; training starts over", self.path)
            return None
        return dict(state)
