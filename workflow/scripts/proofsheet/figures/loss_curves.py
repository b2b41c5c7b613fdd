"""Training and validation loss over epochs, one panel per experiment."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.evidence import Evidence
from proofsheet.figures.style import mean_and_band, panels

LINES = (
    ("train", "running_loss", "training, running"),
    ("train", "loss", "training, after the epoch"),
    ("val", "loss", "validation"),
)


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed."""
    figure, axes = panels(len(options.experiments), 3, 2.3)
    plotted = []
    for panel, name in zip(axes, options.experiments, strict=True):
        for index, (split, quantity, label) in enumerate(LINES):
            series = evidence.series(name, split, quantity)
            mean_and_band(panel, series.index.to_numpy(), series.to_numpy(), index, label)
            plotted.append(
                series.reset_index()
                .melt("epoch", var_name="seed")
                .assign(experiment=name, split=split, quantity=quantity)
            )
        panel.set_title(titles[name])
        panel.set_xlabel("epoch")
        panel.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes[0].set_ylabel(options.ylabel)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure, pd.concat(plotted, ignore_index=True)
