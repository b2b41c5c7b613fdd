"""A metric against a setting that was varied, a line per group of experiments."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from proofsheet.declare.options import MetricPanel, Panels, Settings
from proofsheet.figures.style import colour_of, dash_of, legend_below, marker_of, panel_axes
from proofsheet.results.reader import Results

# What the caption says of seeds.
SEEDS = "Means over seeds, bars from the lowest to the highest seed."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiments: Settings,
    xlabel: str,
    panels: Panels[MetricPanel],
) -> tuple[Figure, pd.DataFrame]:
    """Means over seeds, bars from the lowest to the highest seed.

    ``experiments`` are, by the label of a line, those at each value of the setting, whose scale is
    logarithmic.
    """
    figure, axes = panel_axes(len(panels), 2, 2.6)
    plotted = []
    for axis, panel in zip(axes, panels, strict=True):
        for index, (group, at) in enumerate(experiments.items()):
            x, names = list(at), list(at.values())
            seeds = [results.values(name, panel) for name in names]
            means = np.array([values.mean() for values in seeds])
            lowest = np.array([values.min() for values in seeds])
            highest = np.array([values.max() for values in seeds])
            axis.errorbar(
                x,
                means,
                yerr=np.maximum(0, [means - lowest, highest - means]),  # equal seeds round
                color=colour_of(index),
                linestyle=dash_of(index),
                marker=marker_of(index),
                markersize=4,
                capsize=2.5,
                label=group,
            )
            plotted.append(
                pd.DataFrame(
                    {
                        "group": group,
                        "experiment": names,
                        "x": x,
                        "split": panel.split,
                        "quantity": panel.quantity,
                        "mean": means,
                        "lowest": lowest,
                        "highest": highest,
                    }
                )
            )
        settings = sorted({x for at in experiments.values() for x in at})
        axis.set_xscale("log")
        axis.set_xticks(settings, [f"{x:g}" for x in settings])
        axis.xaxis.set_minor_locator(NullLocator())
        axis.set(title=panel.title, xlabel=xlabel, ylabel=panel.ylabel)
    if len(experiments) > 1:
        legend_below(figure, axes[0], 4)
    return figure, pd.concat(plotted, ignore_index=True)
