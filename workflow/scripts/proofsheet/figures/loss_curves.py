"""Training and validation loss over epochs, and what the write-up prints of it."""

from textwrap import fill

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.declare.options import Experiments, Term
from proofsheet.figures.style import (
    legend_below,
    mean_and_band,
    panel_axes,
    published_points,
    width,
)
from proofsheet.results.reader import Results

# Of the series that a term reads, in their order.
LABELS = ("training, running", "training, after the epoch", "validation")

# What the caption says of seeds.
SEEDS = "Lines are means over seeds, bands run from the lowest to the highest seed."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiments: Experiments,
    ylabel: str,
    published: str | None = None,
    terms: list[Term] | None = None,
) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed.

    A panel for each experiment, with its loss and maybe the published quantity ``published``; or
    for each of its ``terms``.
    """
    shown = [
        (name, term)
        for name in experiments
        for term in terms or [Term(quantity="loss", title=titles[name], published=published)]
    ]
    figure, axes = panel_axes(len(shown), 3, 2.3)
    letters = int(width() * 12 / min(3, len(shown)))  # that fit above a panel
    plotted = []
    for axis, (name, term) in zip(axes, shown, strict=True):
        for index, (read, label) in enumerate(zip(term.reads(), LABELS, strict=True)):
            series = results.series(name, read)
            mean_and_band(axis, series.index.to_numpy(), series.to_numpy(), index, label)
            plotted.append(
                series.reset_index()
                .melt("epoch", var_name="seed")
                .assign(experiment=name, split=read.split, quantity=read.quantity)
            )
        printed = results.published(name, term.published)
        if printed:
            epochs = [one.epoch for one in printed]
            values = [one.value for one in printed]
            published_points(axis, epochs, values)
            plotted.append(
                pd.DataFrame({"epoch": epochs, "value": values}).assign(
                    experiment=name, split="published", quantity=term.published
                )
            )
        axis.set_title(fill(term.title, letters))
        axis.set_xlabel("epoch")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    lines = max(axis.get_title().count("\n") for axis in axes)
    figure.set_figheight(figure.get_figheight() + 0.16 * lines)
    axes[0].set_ylabel(ylabel)
    legend_below(figure, axes[0], 4)
    return figure, pd.concat(plotted, ignore_index=True)
