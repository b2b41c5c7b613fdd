"""A small training of every task, declared as a run declares it, and small data for it."""

import numpy as np

from proofsheet.data.dataset import Dataset, Split
from proofsheet.declare.experiment import as_training
from proofsheet.train.checkpoint import Checkpoint
from proofsheet.train.loop import train

COMMON = {
    "data": "tiny",
    "optimiser": {"name": "adam", "lr": 1e-3},
    "batch_size": 8,
    "epochs": 3,
    "hold_out": {"of": "test", "share": 0.5},
}
OF_TASK = {
    "autoencode": {
        "model": {"name": "autoencoder.dense", "code": 6},
        "loss": {"reconstruction": "mse", "weight": 0.1},
    },
    "classify": {"model": {"name": "classifier.cnn"}},
    "convexity": {"model": {"name": "linear.pairs"}, "between": ["a", "b"]},
    "logistic": {
        "model": {"name": "dense.logistic"},
        "loss": {"name": "cross-entropy"},
        "between": ["a", "b"],
    },
    "vae": {
        "model": {"name": "vae.dense", "latent": 2, "hidden": 16},
        "loss": {"reconstruction": "bce", "reduction": "sum"},
    },
    "verify": {
        "model": {"name": "embedding.conv"},
        "loss": {"name": "contrastive", "margin": 1.0},
    },
}


def raw(task, **changes):
    """A declaration as YAML gives it; ``changes`` replace whole keys."""
    return {"task": task, **COMMON, **OF_TASK[task], **changes}


def declared(task, **changes):
    """The same, read through the schema, which fills in every default."""
    return as_training(raw(task, **changes))


def tiny():
    """Twenty training and twelve test images of noise, 12×12, of two classes in turn."""
    generator = np.random.default_rng(0)

    def split(count):
        images = generator.integers(0, 256, (count, 1, 12, 12), np.uint8)
        return Split(images, np.arange(count) % 2)

    return Dataset(split(20), split(12), ["a", "b"], "Tiny", "made here", "CC0", True)


def run(settings, folder, seed=0, name="checkpoint", report=lambda *progress: None):
    """Train on :func:`tiny`, with a checkpoint of that name in ``folder``."""
    return train(settings, seed, tiny(), Checkpoint(folder / name, "identity"), report)
