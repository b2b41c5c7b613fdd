"""What of ours may be held against a number that a write-up prints."""

from collections.abc import Iterable

import numpy as np


class Comparability:
    """The one answer that verdicts, tables and reports read.

    :param datasets: the data set that each experiment trains on.
    :param stand_ins: data sets that stand in for the write-up's own.
    """

    def __init__(self, datasets: dict[str, str], stand_ins: Iterable[str]):
        self._stand_ins = set(stand_ins)
        self._datasets = datasets

    def on_stand_in(self, *experiments: str) -> bool:
        """Whether any of the experiments was trained on data that stand in for the original's."""
        return any(self._datasets[name] in self._stand_ins for name in experiments)

    def comparable(self, experiment: str, ours: np.ndarray) -> bool:
        """Whether measured values, one per seed, may be held against a published one.

        Not on a stand-in; nor where there are none, as in an epoch that our training has not.
        """
        return len(ours) > 0 and not self.on_stand_in(experiment)
