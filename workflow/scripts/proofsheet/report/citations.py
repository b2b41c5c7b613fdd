"""Numbers in a report's text, each with a note that says where it was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from proofsheet.declare.quantity import Metric
from proofsheet.paths import CITED
from proofsheet.report.numbers import interval, number
from proofsheet.results.reader import Results


class Note(NamedTuple):
    """A kept file, below the results folder, and what of it was read."""

    path: str
    what: str


class Citations:
    """Renders numbers as links to notes, and keeps the notes in the order of their first use.

    :param again: gives the command that makes a kept file again.
    :param verdicts: the file that has what the write-up prints beside what we measured.
    """

    def __init__(self, results: Results, again: Callable[[str], str], verdicts: str):
        self.results = results
        self.again = again
        self.verdicts = verdicts
        self._notes: dict[Note, int] = {}

    def notes(self) -> list[Note]:
        """Notes of all numbers rendered so far."""
        return list(self._notes)

    def cite(self, text: str, path: str, what: str) -> Markup:
        """A number that was read in ``path``."""
        place = self._notes.setdefault(Note(path, what), len(self._notes) + 1)
        return Markup(
            '<a class="value" href="#note-{0}" data-source="{1}: {2} · {3}">{4}</a>'
        ).format(place, path, what, self.again(path), text)

    def value(self, experiment: str, metric: str, spec: str) -> Markup:
        """The mean of a metric over seeds; it is in words, ``test accuracy``."""
        found = self.results.estimate(experiment, Metric.of(metric))
        seeds = f"mean of {found.n} seeds" if found.n > 1 else "one seed"
        bounds = interval(found.low, found.high, spec)
        what = ", ".join(filter(None, [metric, seeds, bounds]))
        path = CITED.of_experiment(experiment, "metrics.csv")
        return self.cite(number(found.mean, spec), path, what)

    def printed(self, experiment: str, quantity: str) -> Markup:
        """What the write-up prints of a quantity, as printed; the last where it prints several."""
        shown = self.results.last_published(experiment, quantity).text
        return self.cite(shown, self.verdicts, f"{experiment}/{quantity}, as printed")
