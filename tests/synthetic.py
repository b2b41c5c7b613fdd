"""Kept files of experiments that were never trained, with values that a test chooses."""

import numpy as np
import pandas as pd


def write_experiment(results, name, metrics, history=None, arrays=None, steps=None):
    """Write ``runs/<name>`` as training and evaluation would.

    :param metrics: ``{(split, quantity): [value of seed 0, of seed 1, ...]}``.
    :param history: ``{(split, quantity): [[epoch 1, epoch 2, ...] of seed 0, ...]}``.
    :param steps: losses of the batches of the first epoch, ``[[batch 1, ...] of seed 0, ...]``.
    """
    folder = results / "runs" / name
    folder.mkdir(parents=True)
    rows = [
        (seed, split, quantity, value)
        for (split, quantity), values in metrics.items()
        for seed, value in enumerate(values)
    ]
    pd.DataFrame(rows, columns=["seed", "split", "quantity", "value"]).to_csv(
        folder / "metrics.csv", index=False
    )
    for seed in range(len(next(iter(metrics.values())))):
        rows = [
            (epoch, split, quantity, value)
            for (split, quantity), seeds in (history or {}).items()
            for epoch, value in enumerate(seeds[seed], start=1)
        ]
        (folder / f"seed{seed}").mkdir()
        pd.DataFrame(rows, columns=["epoch", "split", "quantity", "value"]).to_csv(
            folder / f"seed{seed}" / "history.csv", index=False
        )
        rows = [
            (1, batch, "train", "loss", value)
            for batch, value in enumerate((steps or {seed: []})[seed], start=1)
        ]
        pd.DataFrame(rows, columns=["epoch", "batch", "split", "quantity", "value"]).to_csv(
            folder / f"seed{seed}" / "steps.csv", index=False
        )
    np.savez(folder / "arrays.npz", **(arrays or {}))
