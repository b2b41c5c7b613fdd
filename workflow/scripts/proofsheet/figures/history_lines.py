"""One quantity over epochs, a line per experiment."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.declare.options import Experiments, Panels, SeriesPanel
from proofsheet.figures.style import legend_below, mean_and_band, panel_axes
from proofsheet.results.reader import Results

# What the caption says of seeds.
SEEDS = "Lines are means over seeds, bands run from the lowest to the highest seed."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiments: Experiments,
    panels: Panels[SeriesPanel],
) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed.

    A panel for each of ``panels``.
    """
    figure, axes = panel_axes(len(panels), 2, 2.6)
    plotted = []
    for axis, panel in zip(axes, panels, strict=True):
        for index, name in enumerate(experiments):
            series = results.series(name, panel)
            mean_and_band(axis, series.index.to_numpy(), series.to_numpy(), index, titles[name])
            plotted.append(
                series.reset_index()
                .melt("epoch", var_name="seed")
                .assign(experiment=name, split=panel.split, quantity=panel.quantity)
            )
        axis.set(title=panel.title, xlabel="epoch", ylabel=panel.ylabel)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    legend_below(figure, axes[0], 3)
    return figure, pd.concat(plotted, ignore_index=True)
