"""What of ours may be held against a number that a write-up prints."""

from collections.abc import Callable, Iterable

import numpy as np


class Comparability:
    """The one answer that verdicts, tables and reports read.

    :param datasets: the data set that each experiment trains on.
    :param stand_ins: data sets that stand in for the write-up's own.
    :param epochs: how many epochs an experiment was trained for.
    """

    def __init__(
        self,
        datasets: dict[str, str],
        stand_ins: Iterable[str],
        epochs: Callable[[str], int],
    ):
        self._stand_ins = set(stand_ins)
        self._datasets = datasets
        self._epochs = epochs

    def on_stand_in(self, *experiments: str) -> bool:
        """Whether any of the experiments was trained on data that stand in for the original's."""
        return any(self._datasets[name] in self._stand_ins for name in experiments)

    def comparable(self, experiment: str, ours: np.ndarray, at_end: int | None = None) -> bool:
        """Whether measured values, one per seed, may be held against a published one.

        Not on a stand-in; nor where there are none, as in an epoch that our training has not.

        :param at_end: the epoch that the published value is printed for, where ours is of the end
            of a training, which then has to have as many.
        """
        if not len(ours) or self.on_stand_in(experiment):
            return False
        return at_end is None or at_end == self._epochs(experiment)
