"""Validation loss minus training loss over epochs, one panel per experiment."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.evidence import Evidence
from proofsheet.figures.style import INK, mean_and_band, panels

LINES = (
    ("running_loss", "minus the running training loss"),
    ("loss", "minus the training loss after the epoch"),
)


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed, from epoch ``options.start``.

    The first epochs' gaps to the running loss are so large that they would hide all others.
    """
    figure, axes = panels(len(options.experiments), 3, 2.3)
    plotted = []
    for panel, name in zip(axes, options.experiments, strict=True):
        val = evidence.series(name, "val", "loss")
        for index, (quantity, label) in enumerate(LINES):
            gap = (val - evidence.series(name, "train", quantity)).loc[options.start :]
            mean_and_band(panel, gap.index.to_numpy(), gap.to_numpy(), index, label)
            plotted.append(
                gap.reset_index()
                .melt("epoch", var_name="seed", value_name="gap")
                .assign(experiment=name, quantity=quantity)
            )
        panel.axhline(0, color=INK, linewidth=0.8)
        panel.set_title(titles[name])
        panel.set_xlabel("epoch")
        panel.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes[0].set_ylabel("validation minus training loss")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure, pd.concat(plotted, ignore_index=True)
