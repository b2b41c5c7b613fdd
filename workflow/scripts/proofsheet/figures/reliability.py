"""Reliability diagrams."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from proofsheet.declare.options import Experiments
from proofsheet.figures.style import QUIET, colour_of, dash_of, legend_below, marker_of, panel_axes
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("bin_confidence", "bin_accuracy", "bin_count")

# What the caption says of seeds.
SEEDS = "All seeds together; bins of fewer than ten answers are left out."
FEWEST = 10


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """Accuracy against confidence over bins of confidence, all seeds together; on the diagonal an
    answer is right as often as it claims. A point's size grows with the answers in its bin; bins
    of fewer than :data:`FEWEST` are left out."""
    figure, (axis,) = panel_axes(1, 1, 2.6)
    plotted = []
    axis.plot([0.5, 1], [0.5, 1], color=QUIET, linewidth=0.8)
    for index, name in enumerate(experiments):
        arrays = results.arrays(name)
        count = arrays["bin_count"].sum(axis=0)
        shown = count >= FEWEST
        # Means of a bin, weighted by its answers; an empty bin of one seed has none.
        confidence, accuracy = (
            np.nansum(arrays[of] * arrays["bin_count"], axis=0)[shown] / count[shown]
            for of in ("bin_confidence", "bin_accuracy")
        )
        colour = colour_of(index)
        axis.plot(confidence, accuracy, color=colour, linestyle=dash_of(index), label=titles[name])
        size = 6 + 60 * count[shown] / count.sum()
        axis.scatter(confidence, accuracy, s=size, marker=marker_of(index), color=colour)
        plotted.append(
            pd.DataFrame(
                {
                    "experiment": name,
                    "confidence": confidence,
                    "accuracy": accuracy,
                    "count": count[shown],
                }
            )
        )
    axis.set(xlabel="confidence of the answer", ylabel="share of right answers")
    for scale in (axis.xaxis, axis.yaxis):
        scale.set_major_formatter(PercentFormatter(1, decimals=0))
    axis.set_box_aspect(0.6)
    legend_below(figure, axis, 2)
    return figure, pd.concat(plotted, ignore_index=True)
