"""One quantity over epochs, a line per experiment."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.evidence import Evidence
from proofsheet.figures.style import mean_and_band, panels


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed.

    Each of ``options.panels`` has a ``split``, a ``quantity``, a ``title`` and a ``ylabel``.
    """
    figure, axes = panels(len(options.panels), 2, 2.6)
    plotted = []
    for axis, panel in zip(axes, options.panels, strict=True):
        for index, name in enumerate(options.experiments):
            series = evidence.series(name, panel.split, panel.quantity)
            mean_and_band(axis, series.index.to_numpy(), series.to_numpy(), index, titles[name])
            plotted.append(
                series.reset_index()
                .melt("epoch", var_name="seed")
                .assign(experiment=name, split=panel.split, quantity=panel.quantity)
            )
        axis.set(title=panel.title, xlabel="epoch", ylabel=panel.ylabel)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure, pd.concat(plotted, ignore_index=True)
