"""Drawing a figure as a job does, from kept files that a test wrote."""

import importlib
from pathlib import Path

import pytest

from proofsheet.declare.figure import Draw
from proofsheet.declare.signatures import figure as signature
from proofsheet.figures.style import use_style
from synthetic import read_results

FONTS = Path(__file__).parents[3] / "templates" / "fonts"


class Titles(dict):
    """The title of experiment ``a`` is ``Network a``."""

    def __missing__(self, name):
        return f"Network {name}"


@pytest.fixture
def draw(tmp_path):
    """``draw(kind, **options)`` reads the options through the schema and draws from ``tmp_path``.

    It gives the figure and its data. ``prints`` is what the write-up prints, by experiment.
    """
    use_style(str(path) for path in FONTS.glob("*.ttf"))

    def drawn(kind, prints=None, **options):
        declared = Draw.model_validate({"kind": kind, **options})
        checked = signature(kind).options.model_validate(declared.options)
        module = importlib.import_module(f"proofsheet.figures.{kind}")
        return module.draw(read_results(tmp_path, prints), Titles(), **dict(checked))

    return drawn


@pytest.fixture
def diamonds():
    """``diamonds(axes)``: the points drawn for what the write-up prints, as ``[[x, y], ...]``."""

    def found(axes):
        (line,) = [line for line in axes.lines if line.get_label() == "published"]
        return [list(point) for point in zip(*line.get_data(), strict=True)]

    return found


@pytest.fixture
def legend():
    """``legend(figure)``: the words of the one legend below all panels."""

    def found(figure):
        (shown,) = figure.legends
        return [text.get_text() for text in shown.get_texts()]

    return found
