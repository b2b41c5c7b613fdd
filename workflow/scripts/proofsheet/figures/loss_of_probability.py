"""What cross-entropy and MSE make of a probability; formulas, no measurement."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.figures.style import colour_of, dash_of, legend_below, panel_axes
from proofsheet.results.reader import Results

PROBABILITIES = np.linspace(0.001, 0.999, 999)
LOSSES = {
    "cross-entropy": (lambda p: -np.log(p), lambda p: 1 - p),
    "MSE": (lambda p: (1 - p) ** 2, lambda p: 2 * (1 - p) * p * (1 - p)),
}


def draw(results: Results, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Loss, and size of its gradient by the logit, against the probability of the true class.

    With ``p`` that probability: ``−log p`` and ``1 − p`` for cross-entropy, ``(1 − p)²`` and
    ``2·(1 − p)·p·(1 − p)`` for MSE; for a truth of 0 both panels are mirrored.
    """
    figure, axes = panel_axes(2, 2, 2.4)
    plotted = pd.DataFrame({"probability": PROBABILITIES})
    for index, (name, functions) in enumerate(LOSSES.items()):
        for axis, what, function in zip(axes, ("loss", "gradient"), functions, strict=True):
            values = function(PROBABILITIES)
            axis.plot(
                PROBABILITIES, values, color=colour_of(index), linestyle=dash_of(index), label=name
            )
            plotted[f"{name} {what}"] = values
    axes[0].set(title="Loss", ylim=(0, 5))
    axes[1].set(title="Gradient with respect to the logit, its size", ylim=(0, 1.02))
    for axis in axes:
        axis.set(xlabel="probability given to the true class", xlim=(0, 1))
    legend_below(figure, axes[0], 2)
    return figure, plotted
