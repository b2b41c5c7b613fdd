"""The kept files of a run, read by what they hold."""

import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json
from proofsheet.statistics import Estimate, estimate


class Evidence:
    """Metrics, histories and arrays of the experiments of one run, and what was published.

    :param published: rows (epoch, batch, value, rounding, nearness) by experiment and quantity,
        as the write-up declares them; epoch or batch may be ``None``.
    """

    def __init__(self, results: Path, published: dict[str, dict[str, list[Any]]] | None = None):
        self.results = results
        self._published = published or {}
        self.metrics = cache(self._metrics)
        self.history = cache(self._history)
        self.batch_rows = cache(self._batch_rows)
        self.arrays = cache(self._arrays)

    def published(
        self, experiment: str, quantity: str | None
    ) -> dict[tuple[int | None, int | None], float]:
        """Values by epoch and batch, in the order printed; empty where the write-up prints none."""
        rows = self._published.get(experiment, {}).get(quantity or "", [])
        return {(epoch, batch): value for epoch, batch, value, *_ in rows}

    def last_published(self, experiment: str, quantity: str | None) -> float:
        """The value that the write-up prints, the last where it prints several; NaN if it has
        none."""
        return next(reversed(self.published(experiment, quantity).values()), math.nan)

    def published_names(self, experiment: str) -> list[str]:
        """Quantities that the write-up prints of an experiment."""
        return list(self._published.get(experiment, {}))

    def rounding(self, experiment: str, quantity: str) -> float:
        """How far the last printed value of a quantity can be from what it was rounded from."""
        return self._published[experiment][quantity][-1][3]

    def near(self, experiment: str, quantity: str) -> float:
        """How far from the last printed value of a quantity ours may lie to count as the same."""
        return self._published[experiment][quantity][-1][4]

    def epochs(self, experiment: str) -> int:
        """Epochs that every seed was trained for."""
        return int(self.history(experiment).groupby("seed").epoch.max().min())

    def images(self, dataset: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """Training images ``uint8 (N, C, H, W)``, labels ``(N,)`` and classes of a data set."""
        classes = read_json(self.results / "data" / f"{dataset}.json")["classes"]
        with np.load(self.results / "data" / f"{dataset}.npz") as arrays:
            return arrays["train_images"], arrays["train_labels"], classes

    def path(self, experiment: str, name: str) -> str:
        """A kept file's path below the results folder, as reports cite it."""
        return f"runs/{experiment}/{name}"

    def _metrics(self, experiment: str) -> pd.DataFrame:
        """Columns seed, split, quantity, value."""
        return pd.read_csv(self.results / self.path(experiment, "metrics.csv"))

    def _history(self, experiment: str) -> pd.DataFrame:
        """Columns seed, epoch, split, quantity, value, over all seeds."""
        return self._of_all_seeds(experiment, "history.csv")

    def _batch_rows(self, experiment: str) -> pd.DataFrame:
        """Columns seed, epoch, batch, split, quantity, value, over all seeds."""
        return self._of_all_seeds(experiment, "steps.csv")

    def seeds(self, experiment: str) -> list[int]:
        """Seeds of an experiment, in the order of its arrays."""
        return [int(seed) for seed in self.metrics(experiment).seed.unique()]

    def _of_all_seeds(self, experiment: str, name: str) -> pd.DataFrame:
        frames = []
        for seed in self.seeds(experiment):
            path = self.results / self.path(experiment, f"seed{seed}/{name}")
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
        return self.differences([(name, split, quantity) for name in experiments])

    def differences(self, metrics: list[tuple[str, str, str]]) -> np.ndarray:
        """Differences from each metric (experiment, split, quantity) to the next, as :meth:`steps`
        gives them."""
        paired = pd.concat([self.values(*key) for key in metrics], axis=1, join="inner").to_numpy()
        if not len(paired):
            names = dict.fromkeys(experiment for experiment, _, _ in metrics)
            raise ProofsheetError(
                f"{', '.join(names)}: no seed in common; give them the same seeds to compare them"
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

    def batch_means(self, experiment: str, quantity: str, every: int) -> pd.DataFrame:
        """Means of a quantity of single batches over ``every`` batches of an epoch.

        :returns: one row per epoch and last batch, (1, 100), (1, 200), ...; a column per seed. The
            batches left at an epoch's end belong to no row, as in a loop that prints every so many.
        """
        frame = self.batch_rows(experiment)
        frame = frame[frame.quantity == quantity]
        frame = frame.assign(batch=-(-frame.batch // every) * every)
        lines = frame.groupby(["epoch", "batch", "seed"]).value.agg(["mean", "size"])
        return lines[lines["size"] == every]["mean"].unstack("seed")

    def batches(self, experiment: str) -> int:
        """Batches in an epoch."""
        return int(self.batch_rows(experiment).batch.max())
