"""Declarations of which a test changes what it speaks of."""

import pytest

from proofsheet.declare.experiment import Experiment
from proofsheet.declare.writeup import Writeup

EXPERIMENT = {
    "title": "A network",
    "train": {
        "task": "classify",
        "data": "mnist",
        "model": {"name": "classifier.cnn"},
        "optimiser": {"name": "adam", "lr": 0.001},
        "batch_size": 64,
        "epochs": 10,
        "hold_out": {"of": "train", "share": 0.1},
    },
}
WRITEUP = {"title": "W", "course": "C", "headline": "H", "parts": {}, "figures": {}}


@pytest.fixture
def experiment():
    """``experiment(title=..., train={...})``: ``train`` changes single keys of the training."""

    def declared(train=None, **keys):
        training = {**EXPERIMENT["train"], **(train or {})}
        return Experiment.model_validate({**EXPERIMENT, **keys, "train": training})

    return declared


@pytest.fixture
def writeup():
    """``writeup(figures={...}, ...)``: with experiments ``a`` and ``b``, as all may name."""

    def declared(**parts):
        experiments = {name: {**EXPERIMENT, "title": f"Network {name}"} for name in "ab"}
        return Writeup.model_validate({**WRITEUP, "experiments": experiments, **parts})

    return declared
