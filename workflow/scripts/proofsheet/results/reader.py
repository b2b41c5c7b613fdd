"""The kept files of a run, read by what they hold."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from proofsheet.declare.published import AllPublished
from proofsheet.declare.quantity import EPOCHS, Bounds, Metric, Series
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json
from proofsheet.paths import CITED, below_root, seed_of
from proofsheet.results.published import NOTHING, Number, numbers
from proofsheet.results.statistics import Estimate, estimate


class Results:
    """What the given files say of the experiments and data sets of one run.

    :param files: those that a job declares as its inputs; it sees no others.
    :param published: what the write-up prints of these experiments.
    :param own_images: by data set, title and licence of a person's own images.
    """

    def __init__(
        self,
        files: Iterable[str],
        published: AllPublished | None = None,
        own_images: Mapping[str, Mapping[Any, str]] | None = None,
    ):
        self._own_images = own_images or {}
        self._files = {below_root(file): file for file in files}
        self._published = published or {}
        self.metrics = cache(self._metrics)
        self.history = cache(self._history)
        self.batch_rows = cache(self._batch_rows)
        self.arrays = cache(self._arrays)

    def file(self, cited: str) -> Path:
        """Where a file lies, by its path below the run's folder."""
        if cited not in self._files:
            raise ProofsheetError(f"{cited}: not among the inputs of this job")
        return Path(self._files[cited])

    def has(self, cited: str) -> bool:
        """Whether a file was given."""
        return cited in self._files

    def card(self, dataset: str) -> dict[str, Any]:
        """A data set's card: source, licence, counts per class, stand-in or not."""
        card = read_json(self.file(CITED.card(dataset)))
        words = self._own_images.get(dataset, {})
        # Before "a part of it", where it is limited.
        titled = {"title": words["title"] + card["title"]} if words else {}
        return {"name": dataset, **card, **words, **titled}

    def cards(self) -> list[dict[str, Any]]:
        """The cards that were given, by name."""
        names = sorted({Path(cited).stem for cited in self._files})
        return [self.card(name) for name in names if CITED.card(name) in self._files]

    def stand_ins(self) -> list[str]:
        """Data sets, of those whose card was given, that stand in for a write-up's own."""
        return [card["name"] for card in self.cards() if card["stand_in"]]

    def images(self, dataset: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """Training images ``uint8 (N, C, H, W)``, labels ``(N,)`` and classes of a data set."""
        with np.load(self.file(CITED.data(dataset))) as arrays:
            return arrays["train_images"], arrays["train_labels"], self.card(dataset)["classes"]

    def run(self, experiment: str) -> dict[str, Any]:
        """``run.json`` of the first seed: settings, parameters, versions, digests."""
        first = self.seeds(experiment)[0]
        return read_json(self.file(CITED.of_seed(experiment, first, "run.json")))

    def layers(self, experiment: str) -> list[dict[Hashable, Any]]:
        """Layers of the network, with parameters and multiply-adds."""
        path = self.file(CITED.of_experiment(experiment, "layers.csv"))
        return pd.read_csv(path).to_dict("records")

    def published(self, experiment: str, quantity: str | None) -> list[Number]:
        """What the write-up prints of a quantity, in its order; empty where it prints none."""
        declared = self._published.get(experiment, {}).get(quantity or "")
        return numbers(declared) if declared else []

    def scale(self, experiment: str, quantity: str) -> str:
        """What a published quantity counts: a loss, a share, decibels."""
        return self._published[experiment][quantity].scale

    def last_published(self, experiment: str, quantity: str | None) -> Number:
        """What the write-up prints, the last where it prints several; NaN where it has nothing."""
        found = self.published(experiment, quantity)
        return found[-1] if found else NOTHING

    def recovered(self, experiment: str) -> pd.DataFrame:
        """The candidates of a search for an experiment's settings, the nearest first."""
        return pd.read_csv(self.file(CITED.recovered(experiment)))

    def seeds(self, experiment: str) -> list[int]:
        """Seeds of an experiment, in the order of its arrays."""
        return [int(seed) for seed in self.metrics(experiment).seed.unique()]

    def epochs(self, experiment: str) -> int:
        """Epochs that every seed was trained for."""
        return int(self.history(experiment).groupby("seed").epoch.max().min())

    def values(self, experiment: str, metric: Metric) -> pd.Series:
        """A metric of each seed, indexed by seed."""
        frame = self.metrics(experiment)
        key = (frame.split == metric.split) & (frame.case == metric.case)
        rows = frame[key & (frame.quantity == metric.quantity)]
        if rows.empty:
            raise ProofsheetError(f"{CITED.of_experiment(experiment, 'metrics.csv')}: no {metric}")
        return rows.set_index("seed").value

    def bounds(self, experiment: str, metric: Metric) -> Bounds:
        """Between what a metric's values lie, and so the interval of their mean."""
        return (1, self.epochs(experiment)) if metric.quantity in EPOCHS else metric.bounds

    def estimate(self, experiment: str, metric: Metric) -> Estimate:
        """Mean over seeds and interval of a metric."""
        values = self.values(experiment, metric).to_numpy()
        return estimate(values, self.bounds(experiment, metric))

    def differences(self, experiments: list[str], metric: Metric) -> np.ndarray:
        """Differences from each experiment to the next, paired by seed.

        :returns: ``float (N, len(experiments) − 1)`` over the ``N`` seeds that all of them have.
        :raises ProofsheetError: where they have no seed in common.
        """
        values = [self.values(name, metric) for name in experiments]
        paired = pd.concat(values, axis=1, join="inner").to_numpy()
        if not len(paired):
            raise ProofsheetError(
                f"{', '.join(experiments)}: no seed in common; give them the same seeds to "
                "compare them"
            )
        return np.diff(paired, axis=1)

    def series(self, experiment: str, series: Series) -> pd.DataFrame:
        """A quantity of the history, one row per epoch and one column per seed."""
        frame = self.history(experiment)
        rows = frame[(frame.split == series.split) & (frame.quantity == series.quantity)]
        if rows.empty:
            raise ProofsheetError(f"{CITED.of_seed(experiment, '*', 'history.csv')}: no {series}")
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

    def _metrics(self, experiment: str) -> pd.DataFrame:
        """Columns seed, split, case, quantity, value."""
        path = self.file(CITED.of_experiment(experiment, "metrics.csv"))
        # A split or case may be empty, a value may be NaN.
        return pd.read_csv(path, keep_default_na=False, na_values={"value": ["nan"]})

    def _history(self, experiment: str) -> pd.DataFrame:
        """Columns seed, epoch, split, quantity, value, over all seeds."""
        return self._of_all_seeds(experiment, "history.csv")

    def _batch_rows(self, experiment: str) -> pd.DataFrame:
        """Columns seed, epoch, batch, split, quantity, value, over all seeds."""
        return self._of_all_seeds(experiment, "steps.csv")

    def _of_all_seeds(self, experiment: str, name: str) -> pd.DataFrame:
        """Of all seeds that were given, in their order."""
        one = CITED.of_seed(experiment, "*", name)
        paths = [self.file(file) for file in self._files if fnmatchcase(file, one)]
        if not paths:
            raise ProofsheetError(f"{one}: not among the inputs of this job")
        frames = [pd.read_csv(path).assign(seed=seed_of(str(path))) for path in paths]
        return pd.concat(frames, ignore_index=True)

    def _arrays(self, experiment: str) -> dict[str, np.ndarray]:
        """Arrays by name, first axis the seeds, or the first seed alone."""
        with np.load(self.file(CITED.of_experiment(experiment, "arrays.npz"))) as arrays:
            return dict(arrays)
