"""Confusion matrices."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.declare.options import Experiments
from proofsheet.figures.style import INK, panel_axes, slanted
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("confusion", "class_names")

# What the caption says of seeds.
SEEDS = "All seeds together."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """Shares of each true class, in percent, over all seeds; a row is a true class."""
    several = len(experiments) > 1
    figure, axes = panel_axes(len(experiments), 2, 3.1 if several else 4.2)
    size = 7 if several else 9
    plotted = []
    for axis, name in zip(axes, experiments, strict=True):
        arrays = results.arrays(name)
        counts, classes = arrays["confusion"].sum(axis=0), arrays["class_names"][0].tolist()
        share = counts / counts.sum(axis=1, keepdims=True).clip(min=1)
        percent = np.floor(100 * share + 0.5).astype(int)  # halves up, as in the text
        axis.imshow(share, cmap="Blues", vmin=0, vmax=1)
        for truth, predicted in np.argwhere(percent > 0):
            axis.text(
                predicted,
                truth,
                str(percent[truth, predicted]),
                ha="center",
                va="center",
                size=size,
                color="white" if share[truth, predicted] > 0.5 else INK,
            )
        places = range(len(classes))
        axis.set_xticks(places, classes, **slanted(classes))
        axis.set_yticks(places, classes)
        axis.tick_params(length=0, labelsize=size)
        axis.set(title=titles[name], xlabel="predicted class", ylabel="true class")
        axis.grid(False)
        axis.spines[:].set_visible(False)
        plotted.append(
            pd.DataFrame(
                {
                    "experiment": name,
                    "truth": np.repeat(classes, len(classes)),
                    "predicted": classes * len(classes),
                    "count": counts.flatten(),
                }
            )
        )
    return figure, pd.concat(plotted, ignore_index=True)
