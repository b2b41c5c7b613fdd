"""The state of a training after an epoch, from which a killed one goes on."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import nn

from proofsheet.files import replacing

Row = tuple[int | float | str, ...]


class Progress(NamedTuple):
    """Epochs done, and the rows of ``history.csv`` and ``steps.csv`` so far."""

    epoch: int
    history: list[Row]
    steps: list[Row]


class Checkpoint:
    """One file, replaced after each epoch.

    :param identity: digest of everything that decides the weights (settings, seed, data, code,
        versions). A file with another identity is of another training and is not used.
    """

    def __init__(self, path: Path, identity: str, say: Callable[[str], None] = print):
        self.path = path
        self.identity = identity
        self.say = say

    def save(self, progress: Progress, model: nn.Module, optimiser: torch.optim.Optimizer) -> None:
        state = {
            "identity": self.identity,
            "progress": tuple(progress),
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
        }
        with replacing(self.path) as temporary:
            torch.save(state, temporary)

    def restore(self, model: nn.Module, optimiser: torch.optim.Optimizer) -> Progress:
        """Load the saved state into ``model`` and ``optimiser``, or start at epoch 0."""
        state = self._read()
        if state is None:
            return Progress(0, [], [])
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        progress = Progress(*state["progress"])
        self.say(f"{self.path}: going on after epoch {progress.epoch}")
        return progress

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any] | None:
        if not self.path.exists():
            return None
        try:
            state = torch.load(self.path, weights_only=True, map_location="cpu")
        except (RuntimeError, EOFError, OSError, pickle.UnpicklingError):
            self.say(f"{self.path}: not readable; training starts over")
            return None
        if state.get("identity") != self.identity:
            self.say(f"{self.path}: of other settings, data or code; training starts over")
            return None
        return dict(state)
