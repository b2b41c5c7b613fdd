"""The kept files of a run, read by what they hold."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from proofsheet.errors import ProofsheetError
from proofsheet.statistics import Estimate, estimate


class Evidence:
    """Metrics, histories and arrays of the experiments of one run."""

    def __init__(self, results: Path):
        self.results = results
        self.metrics = cache(self._metrics)
        self.history = cache(self._history)
        self.arrays = cache(self._arrays)

    def path(self, experiment: str, name: str) -> str:
        """A kept file's path below the results folder, as reports cite it."""
        return f"runs/{experiment}/{name}"

    def _metrics(self, experiment: str) -> pd.DataFrame:
        """Columns seed, split, quantity, value."""
        return pd.read_csv(self.results / self.path(experiment, "metrics.csv"))

    def _history(self, experiment: str) -> pd.DataFrame:
        """Columns seed, epoch, split, quantity, value, over all seeds."""
        frames = []
        for seed in self.metrics(experiment).seed.unique():
            path = self.results / self.path(experiment, f"seed{seed}/history.csv")
            frames.append(pd.read_csv(path).assign(seed=seed))
        return pd.concat(frames, ignore_index=True)

    def _arrays(self, experiment: str) -> dict[str, np.ndarray]:
        """Arrays by name, first axis the seeds."""
        with np.load(self.results / self.path(experiment, "arrays.npz")) as arrays:
            return dict(arrays)

    def values(self, experiment: str, split: str, quantity: str) -> pd.Series:
        """A metric of each seed, indexed by seed."""
        frame = self.metrics(experiment)
        rows = frame[(frame.split == split) & (frame.quantity == quantity)]
        if rows.empty:
            have = sorted({f"{row.split} {row.quantity}" for row in frame.itertuples()})
            raise ProofsheetError(
                f"{self.path(experiment, 'metrics.csv')}: no {split} {quantity}; "
                f"there are {', '.join(have)}"
            )
        return rows.set_index("seed").value

    def estimate(self, experiment: str, split: str, quantity: str) -> Estimate:
        """Mean over seeds and interval of a metric."""
        return estimate(self.values(experiment, split, quantity).to_numpy())

    def steps(self, experiments: list[str], split: str, quantity: str) -> np.ndarray:
        """Differences from each experiment to the next, paired by seed.

        :returns: ``float (N, len(experiments) − 1)`` over the ``N`` seeds that all of them have.
        :raises ProofsheetError: where they have no seed in common.
        """
        columns = [self.values(name, split, quantity) for name in experiments]
        paired = pd.concat(columns, axis=1, join="inner").to_numpy()
        if not len(paired):
            raise ProofsheetError(
                f"{', '.join(experiments)}: no seed in common; give them the same seeds to "
                "compare them"
            )
        return np.diff(paired, axis=1)

    def series(self, experiment: str, split: str, quantity: str) -> pd.DataFrame:
        """A quantity of the history, one row per epoch and one column per seed."""
        frame = self.history(experiment)
        rows = frame[(frame.split == split) & (frame.quantity == quantity)]
        if rows.empty:
            raise ProofsheetError(
                f"{self.path(experiment, 'seed*/history.csv')}: no {split} {quantity}"
            )
        return rows.pivot(index="epoch", columns="seed", values="value")
