"""Figures of a report."""

from collections.abc import Iterator
from typing import Any

from pydantic import ConfigDict, PositiveInt

from proofsheet.declare.published import AllPublished
from proofsheet.declare.strict import Strict


class Draw(Strict):
    """A figure's kind, a module of ``proofsheet.figures``, and the arguments of its function."""

    model_config = ConfigDict(extra="allow")

    kind: str
    """A module of ``proofsheet.figures``; its options stand beside it."""

    @property
    def options(self) -> dict[str, Any]:
        return dict(self.model_extra or {})

    @property
    def experiments(self) -> list[str]:
        """Experiments of which it shows something."""
        return list(dict.fromkeys(_named(self.options)))

    @property
    def datasets(self) -> list[str]:
        """Data sets of which it shows images."""
        one = self.options.get("dataset")
        return [one] if isinstance(one, str) else []

    @property
    def searches(self) -> list[str]:
        """Experiments of which it shows a search for settings."""
        one = self.options.get("recovered")
        return [one] if isinstance(one, str) else []


def _named(options: object, experiments: bool = False) -> Iterator[str]:
    """The text under every ``experiment``, and all of it under every ``experiments``."""
    if isinstance(options, dict):
        for key, value in options.items():
            yield from _named(value, experiments or key in ("experiment", "experiments"))
    elif isinstance(options, list):
        for value in options:
            yield from _named(value, experiments)
    elif experiments and isinstance(options, str):
        yield options


class Figure(Strict):
    """One figure: what is drawn, and the words around it."""

    draw: Draw
    """Its kind, and the options of that."""
    caption: str
    """What it shows; what lines and bands mean is added by its kind."""
    alt: str
    """What a reader who cannot see it is told."""
    small: bool = False
    """Whether it is drawn for half of a page's width, where it stands in the check."""
    number: PositiveInt | None = None
    """The number that the write-up gives it; ours beyond it are numbered S1, S2, ..."""


class FigureJob(Strict):
    """What is drawn; ``published`` where it shows any."""

    draw: Draw
    small: bool
    titles: dict[str, str]
    published: AllPublished
