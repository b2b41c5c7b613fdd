"""Validation loss minus training loss over epochs, one panel per experiment."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pydantic import PositiveInt

from proofsheet.declare.options import Experiments, Series
from proofsheet.figures.style import INK, legend_below, mean_and_band, panel_axes
from proofsheet.results.reader import Results

LINES = (
    ("running_loss", "minus the running training loss"),
    ("loss", "minus the training loss after the epoch"),
)

# What the caption says of seeds.
SEEDS = "Lines are means over seeds, bands run from the lowest to the highest seed."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments, start: PositiveInt
) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed, from epoch ``start``.

    The first epochs' gaps to the running loss are so large that they would hide all others. A run
    that trains for fewer epochs shows its last.
    """
    figure, axes = panel_axes(len(experiments), 3, 2.3)
    plotted = []
    for panel, name in zip(axes, experiments, strict=True):
        val = results.series(name, Series(split="val", quantity="loss"))
        for index, (quantity, label) in enumerate(LINES):
            gap = val - results.series(name, Series(split="train", quantity=quantity))
            gap = gap.loc[min(start, gap.index.max()) :]
            mean_and_band(panel, gap.index.to_numpy(), gap.to_numpy(), index, label)
            plotted.append(
                gap.reset_index()
                .melt("epoch", var_name="seed", value_name="gap")
                .assign(experiment=name, quantity=quantity)
            )
        panel.axhline(0, color=INK, linewidth=0.8)
        panel.set_title(titles[name])
        panel.set_xlabel("epoch")
        panel.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes[0].set_ylabel("loss gap")
    legend_below(figure, axes[0], 2)
    return figure, pd.concat(plotted, ignore_index=True)
