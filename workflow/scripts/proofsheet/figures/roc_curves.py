"""ROC curves of several verifiers."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.declare.options import Experiments, Metric
from proofsheet.figures.style import QUIET, legend_below, mean_and_band, panel_axes
from proofsheet.results.reader import Results

# The right panel shows the corner in which good verifiers differ.
CORNER = 0.2
AUC = Metric(split="test", quantity="roc_auc")

# Of the kept arrays, what it shows.
ARRAYS = ("fpr", "tpr")

# What the caption says of seeds.
SEEDS = "Means over seeds, bands from the lowest to the highest seed."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """True against false positive rate of test pairs: the whole square, and its upper left."""
    figure, axes = panel_axes(2, 2, 2.9)
    plotted = []
    for index, name in enumerate(experiments):
        arrays = results.arrays(name)
        fpr, tpr = arrays["fpr"][0], arrays["tpr"].T
        auc = results.estimate(name, AUC).mean
        for panel in axes:
            mean_and_band(panel, fpr, tpr, index, f"{titles[name]}, AUC {auc:.4f}")
        plotted.append(
            pd.DataFrame(
                {
                    "experiment": name,
                    "fpr": fpr,
                    "tpr_mean": tpr.mean(axis=1),
                    "tpr_lowest": tpr.min(axis=1),
                    "tpr_highest": tpr.max(axis=1),
                }
            )
        )
    axes[0].plot([0, 1], [0, 1], color=QUIET, linewidth=0.8)
    axes[0].set(title="All thresholds", ylabel="true positive rate", xlim=(0, 1), ylim=(0, 1))
    axes[1].set(title="Upper left corner", xlim=(0, CORNER), ylim=(1 - CORNER, 1))
    legend_below(figure, axes[0], 3)
    for panel in axes:
        panel.set_aspect("equal")
        panel.set_xlabel("false positive rate")
        panel.xaxis.set_major_locator(MaxNLocator(3))
        panel.yaxis.set_major_locator(MaxNLocator(4))
    return figure, pd.concat(plotted, ignore_index=True)
