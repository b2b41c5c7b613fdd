"""Numbers in a report's text, each with a note that says where it was read."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from markupsafe import Markup

from proofsheet.declare.quantity import Metric
from proofsheet.report.numbers import half_width, number
from proofsheet.results.reader import CITED, Results
from proofsheet.results.statistics import estimate


class Note(NamedTuple):
    """A kept file, below the results folder, and what of it was read."""

    path: str
    what: str


class Citations:
    """Renders numbers as links to notes, and keeps the notes in the order of their first use.

    Templates name a metric in words: ``test accuracy``.

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
            '<a class="value" href="#note-{0}" data-source="{1}: {2} · {3}">{4}<sup>{0}</sup></a>'
        ).format(place, path, what, self.again(path), text)

    def value(self, experiment: str, metric: str, spec: str = ".3f") -> Markup:
        """A measured mean with the half-width of its interval."""
        found = self.results.estimate(experiment, Metric.of(metric))
        half = half_width(found, spec)
        seeds = f"mean of {found.n} seeds" if found.n > 1 else "one seed"
        path = CITED.of_experiment(experiment, "metrics.csv")
        shown = number(found.mean, spec) + (f" ± {half}" if half else "")
        return self.cite(shown, path, f"{metric}, {seeds}")

    def printed(self, experiment: str, quantity: str, spec: str = ".3f") -> Markup:
        """The write-up's value of a quantity, the last where it prints several."""
        shown = number(self.results.last_published(experiment, quantity).value, spec)
        return self.cite(shown, self.verdicts, f"{experiment}/{quantity}, printed in the write-up")

    def mean(self, experiment: str, metric: str) -> float:
        """A mean, for templates to decide by; NaN where a seed has none."""
        return self.results.estimate(experiment, Metric.of(metric)).mean

    def ranked(self, names: list[str], metric: str) -> list[str]:
        """Experiments by the mean of a metric, highest first."""
        return sorted(names, key=lambda name: -self.mean(name, metric))

    def apart(self, first: str, second: str, metric: str) -> bool:
        """Whether the 95 % interval of the paired difference leaves out 0."""
        found = estimate(self.results.differences([first, second], Metric.of(metric))[:, 0])
        return bool(found.low > 0 or found.high < 0)

    def positive(self, experiment: str, cases: list[str], quantities: list[str]) -> list[str]:
        """The cases of which one of the quantities is above 0 on average."""
        return [
            case
            for case in cases
            if any(self.mean(experiment, f"{case} {quantity}") > 0 for quantity in quantities)
        ]

    def unknown(self, experiments: list[str], metric: str) -> list[str]:
        """The experiments of which a metric has no mean, because a seed has none."""
        return [name for name in experiments if math.isnan(self.mean(name, metric))]

    def for_templates(self) -> dict[str, Any]:
        """Names under which templates find all this."""
        names = (
            "cite",
            "value",
            "printed",
            "mean",
            "ranked",
            "apart",
            "positive",
            "unknown",
            "notes",
        )
        return {name: getattr(self, name) for name in names}
