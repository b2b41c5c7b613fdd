"""Kept files of experiments that were never trained, with values that a test chooses."""

import numpy as np

from proofsheet.declare.published import Published
from proofsheet.files import write_arrays, write_rows
from proofsheet.results.reader import Results

USUAL = {
    "where": "Question 1",
    "title": "Training loss",
    "scale": "loss",
    "measured": {"file": "history", "split": "train", "quantity": "loss"},
}
# What a claim has to say; of whom it is told does not matter.
SAYS = {"confirmed": "Yes.", "contradicted": "No.", "inconclusive": "Perhaps."}


def write_experiment(folder, name, metrics, history=None, arrays=None, steps=None):
    """Write ``runs/<name>`` as training and evaluation would.

    :param metrics: ``{(split, quantity): [value of seed 0, of seed 1, ...]}``; a key may be
        ``(split, case, quantity)``.
    :param history: ``{(split, quantity): [[epoch 1, epoch 2, ...] of seed 0, ...]}``.
    :param arrays: by name, first axis the seeds.
    :param steps: losses of the batches of the first epoch, ``[[batch 1, ...] of seed 0, ...]``.
    """
    folder = folder / "runs" / name
    folder.mkdir(parents=True)
    write_rows(
        folder / "metrics.csv",
        ["seed", "split", "case", "quantity", "value"],
        [
            (seed, split, *(case or [""]), quantity, value)
            for (split, *case, quantity), values in metrics.items()
            for seed, value in enumerate(values)
        ],
    )
    for seed in range(len(next(iter(metrics.values())))):
        write_rows(
            folder / f"seed{seed}" / "history.csv",
            ["epoch", "split", "quantity", "value"],
            [
                (epoch, split, quantity, value)
                for (split, quantity), seeds in (history or {}).items()
                for epoch, value in enumerate(seeds[seed], start=1)
            ],
        )
        write_rows(
            folder / f"seed{seed}" / "steps.csv",
            ["epoch", "batch", "split", "quantity", "value"],
            [
                (1, batch, "train", "loss", value)
                for batch, value in enumerate((steps or {seed: []})[seed], start=1)
            ],
        )
    write_arrays(
        folder / "arrays.npz", {key: np.asarray(one) for key, one in (arrays or {}).items()}
    )


def printed(**declared):
    """A published quantity, read through the schema: ``printed(value=0.82, scale="share")``."""
    measured = dict(USUAL["measured"])
    if "batches" in declared:
        measured = {"file": "steps", "split": "train", "quantity": "loss", "every": 1}
    elif "epochs" not in declared:
        measured["file"] = "metrics"
    return Published(**{**USUAL, "measured": measured, **declared})


def read_results(folder, published=None):
    """All kept files below a folder.

    :param published: ``{experiment: {quantity: printed(...)}}``.
    """
    files = [str(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    return Results(files, published)
