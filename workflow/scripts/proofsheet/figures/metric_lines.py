"""A metric against a setting that was varied, a line per group of experiments."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from proofsheet.evidence import Evidence
from proofsheet.figures.style import COLOURS, DASHES, MARKERS, panels


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Means over seeds, bars from the lowest to the highest seed.

    ``options.experiments`` are the first of ``options.groups`` at every one of the settings
    ``options.x``, then the second, and so on. Each of ``options.panels`` has a ``split``, a
    ``quantity``, a ``title`` and a ``ylabel``. The settings are drawn on a logarithmic scale.
    """
    figure, axes = panels(len(options.panels), 2, 2.6)
    plotted = []
    count = len(options.x)
    for axis, panel in zip(axes, options.panels, strict=True):
        for index, group in enumerate(options.groups):
            names = options.experiments[index * count : (index + 1) * count]
            seeds = [evidence.values(name, panel.split, panel.quantity) for name in names]
            means = np.array([values.mean() for values in seeds])
            lowest = np.array([values.min() for values in seeds])
            highest = np.array([values.max() for values in seeds])
            axis.errorbar(
                options.x,
                means,
                yerr=[means - lowest, highest - means],
                color=COLOURS[index],
                linestyle=DASHES[index],
                marker=MARKERS[index],
                markersize=4,
                capsize=2.5,
                label=group,
            )
            plotted.append(
                pd.DataFrame(
                    {
                        "group": group,
                        "experiment": names,
                        "x": options.x,
                        "split": panel.split,
                        "quantity": panel.quantity,
                        "mean": means,
                        "lowest": lowest,
                        "highest": highest,
                    }
                )
            )
        axis.set_xscale("log")
        axis.set_xticks(options.x, [f"{x:g}" for x in options.x])
        axis.xaxis.set_minor_locator(NullLocator())
        axis.set(title=panel.title, xlabel=options.xlabel, ylabel=panel.ylabel)
    if len(options.groups) > 1:
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return figure, pd.concat(plotted, ignore_index=True)
