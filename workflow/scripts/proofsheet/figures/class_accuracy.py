"""Accuracy of each class."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from proofsheet.declare.options import Experiments
from proofsheet.figures.style import colour_of, legend_below, marker_of, panel_axes, slanted
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("confusion", "class_names")

# What the caption says of seeds.
SEEDS = "Means over seeds, lines from the lowest to the highest seed."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """A point per class and experiment, the mean over seeds; a line from lowest to highest seed."""
    figure, (axis,) = panel_axes(1, 1, 2.7)
    count = len(experiments)
    plotted = []
    for index, name in enumerate(experiments):
        arrays = results.arrays(name)
        counts, classes = arrays["confusion"], arrays["class_names"][0].tolist()
        accuracy = counts.diagonal(axis1=1, axis2=2) / counts.sum(axis=2).clip(min=1)
        x = np.arange(len(classes)) + (index - (count - 1) / 2) * 0.6 / count
        colour = colour_of(index)
        axis.vlines(x, accuracy.min(axis=0), accuracy.max(axis=0), color=colour, linewidth=1.2)
        axis.plot(
            x,
            accuracy.mean(axis=0),
            marker_of(index),
            color=colour,
            markersize=4.5,
            label=titles[name],
        )
        for seed, row in zip(results.seeds(name), accuracy, strict=True):
            plotted.append(
                pd.DataFrame({"experiment": name, "seed": seed, "class": classes, "accuracy": row})
            )
    axis.set_xticks(range(len(classes)), classes, **slanted(classes))
    axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axis.set(ylabel="accuracy", ylim=(0, 1.02))
    axis.grid(axis="x", visible=False)
    if count > 1:
        legend_below(figure, axis, 3)
    return figure, pd.concat(plotted, ignore_index=True)
