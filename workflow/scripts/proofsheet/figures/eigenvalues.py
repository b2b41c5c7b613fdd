"""The smallest eigenvalue of the Hessian at random points."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.figures.style import COLOURS, INK, panel_axes
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("pairs", "eigenvalues")


def draw(
    results: Results, titles: dict[str, str], *, experiment: str, labels: dict[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """A dot per point and pair of network and loss, over all seeds.

    ``labels`` names the pairs. Values are relative to the eigenvalue of largest magnitude,
    so −1 means that the steepest direction curves down.
    """
    arrays = results.arrays(experiment)
    names = arrays["pairs"][0].tolist()
    values = np.concatenate(list(arrays["eigenvalues"]), axis=1)
    figure, (axis,) = panel_axes(1, 1, 2.6)
    # A fixed pattern instead of chance keeps dots apart and the figure's bytes the same.
    spread = (np.arange(values.shape[1]) * 0.618 % 1 - 0.5) * 0.6
    for index, row in enumerate(values):
        refuted = bool((row < 0).any())
        colour = COLOURS[1 if refuted else 0]
        axis.scatter(row, index + spread, s=5, alpha=0.6, color=colour, lw=0, rasterized=True)
    axis.axvline(0, color=INK, linewidth=0.8)
    axis.set_yticks(range(len(names)), [labels[name] for name in names])
    axis.invert_yaxis()
    axis.set_xlabel("lowest over largest curvature")
    axis.grid(axis="y", visible=False)
    return figure, pd.DataFrame(
        {"pair": np.repeat(names, values.shape[1]), "eigenvalue": values.flatten()}
    )
