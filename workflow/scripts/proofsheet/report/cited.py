"""Numbers in a report's text, each with a note that says where it was read."""

from collections.abc import Callable
from typing import Any, NamedTuple

from markupsafe import Markup

from proofsheet.evidence import Evidence
from proofsheet.report.page import number
from proofsheet.statistics import estimate


class Note(NamedTuple):
    """A kept file, below the results folder, and what of it was read."""

    path: str
    what: str


class Citations:
    """Renders numbers as links to notes, and keeps the notes in the order of their first use.

    :param again: gives the command that makes a kept file again.
    :param verdicts: the file that has what the write-up prints beside what we measured.
    """

    def __init__(self, evidence: Evidence, again: Callable[[str], str], verdicts: str):
        self.evidence = evidence
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

    def value(self, experiment: str, split: str, quantity: str, spec: str = ".3f") -> Markup:
        """A measured mean with the half-width of its interval."""
        found = self.evidence.estimate(experiment, split, quantity)
        half = f" ± {number(found.half_width, spec)}" if found.half_width > 0 else ""
        seeds = f"mean of {found.n} seeds" if found.n > 1 else "one seed"
        path = self.evidence.path(experiment, "metrics.csv")
        return self.cite(f"{number(found.mean, spec)}{half}", path, f"{split} {quantity}, {seeds}")

    def printed(self, experiment: str, quantity: str, spec: str = ".3f") -> Markup:
        """The write-up's value of a quantity, the last where it prints several."""
        shown = number(self.evidence.last_published(experiment, quantity), spec)
        return self.cite(shown, self.verdicts, f"{experiment}/{quantity}, printed in the write-up")

    def mean(self, experiment: str, split: str, quantity: str) -> float:
        """A mean, for templates to decide by."""
        return self.evidence.estimate(experiment, split, quantity).mean

    def ranked(self, names: list[str], split: str, quantity: str) -> list[str]:
        """Experiments by the mean of a metric, highest first."""
        return sorted(names, key=lambda name: -self.mean(name, split, quantity))

    def apart(self, first: str, second: str, split: str, quantity: str) -> bool:
        """Whether the 95 % interval of the paired difference leaves out 0."""
        found = estimate(self.evidence.steps([first, second], split, quantity)[:, 0])
        return bool(found.low > 0 or found.high < 0)

    def for_templates(self) -> dict[str, Any]:
        """Names under which templates find all this."""
        return {
            name: getattr(self, name)
            for name in ("cite", "value", "printed", "mean", "ranked", "apart", "notes")
        }
