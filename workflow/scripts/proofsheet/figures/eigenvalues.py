"""The smallest eigenvalue of the Hessian at random points."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import COLOURS, INK, panels


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """A dot per point and pair of network and loss, over all seeds.

    ``options.labels`` names the pairs. Values are relative to the eigenvalue of largest magnitude,
    so −1 means that the steepest direction curves down.
    """
    arrays = evidence.arrays(options.experiments[0])
    names = arrays["pairs"][0].tolist()
    values = np.concatenate(list(arrays["eigenvalues"]), axis=1)
    figure, (axis,) = panels(1, 1, 2.6)
    # A fixed pattern instead of chance keeps dots apart and the figure's bytes the same.
    spread = (np.arange(values.shape[1]) * 0.618 % 1 - 0.5) * 0.6
    for index, row in enumerate(values):
        refuted = bool((row < 0).any())
        axis.scatter(row, index + spread, s=5, alpha=0.6, color=COLOURS[1 if refuted else 0], lw=0)
    axis.axvline(0, color=INK, linewidth=0.8)
    axis.set_yticks(range(len(names)), [getattr(options.labels, name) for name in names])
    axis.invert_yaxis()
    axis.set_xlabel("smallest eigenvalue over that of largest magnitude")
    axis.grid(axis="y", visible=False)
    return figure, pd.DataFrame(
        {"pair": np.repeat(names, values.shape[1]), "eigenvalue": values.flatten()}
    )
