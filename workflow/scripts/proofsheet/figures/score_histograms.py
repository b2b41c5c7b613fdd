"""How scores of same-class and different-class pairs are distributed."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.declare.options import Panels, ScorePanel
from proofsheet.figures.style import COLOURS, INK, legend_below, panel_axes
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("edges", "same", "different", "threshold")

# What the caption says of seeds.
SEEDS = "First seed."


def draw(
    results: Results, titles: dict[str, str], *, panels: Panels[ScorePanel]
) -> tuple[Figure, pd.DataFrame]:
    """Test pairs of the first seed, with the threshold that is best on validation pairs.

    A panel for each of ``panels``, drawn as distances where scores are minus distances.
    """
    figure, axes = panel_axes(len(panels), 3, 2.3)
    plotted = []
    for axis, panel in zip(axes, panels, strict=True):
        name, sign = panel.experiment, panel.sign
        arrays = {key: array[0] for key, array in results.arrays(name).items()}
        edges = sign * arrays["edges"]
        for kind, colour, hatch in (("same", COLOURS[0], None), ("different", COLOURS[1], "////")):
            share = arrays[kind] / arrays[kind].sum()
            axis.stairs(
                share[::sign],
                edges[::sign],
                fill=True,
                facecolor=colour + "50",
                edgecolor=colour,
                hatch=hatch,
                label=f"{kind} class",
            )
            plotted.append(
                pd.DataFrame(
                    {
                        "experiment": name,
                        "pairs": kind,
                        "from": np.minimum(edges[:-1], edges[1:]),
                        "to": np.maximum(edges[:-1], edges[1:]),
                        "share": share,
                        "threshold": sign * arrays["threshold"],
                    }
                )
            )
        axis.axvline(sign * arrays["threshold"], color=INK, linewidth=1, label="threshold")
        axis.set(title=titles[name], xlabel=panel.label, yticks=[])
        axis.spines["left"].set_visible(False)
        axis.grid(False)
    legend_below(figure, axes[0], 3)
    return figure, pd.concat(plotted, ignore_index=True)
