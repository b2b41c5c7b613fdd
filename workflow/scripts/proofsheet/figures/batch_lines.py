"""The mean loss of every so many batches, and what the write-up prints of it."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import mean_and_band, panels, published_points


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed, over all epochs in a row.

    Each value is the mean of the ``options.every`` batches that end there. Batches are placed as
    parts of their epoch; the write-up's epochs have ``options.published_batches``, ours may have
    others.
    """
    figure, (axis,) = panels(1, 1, 2.8)
    plotted = []
    for index, name in enumerate(options.experiments):
        lines = evidence.batch_means(name, "loss", options.every)
        batches = evidence.batches(name)
        done = [epoch - 1 + batch / batches for epoch, batch in lines.index]
        mean_and_band(axis, pd.Index(done).to_numpy(), lines.to_numpy(), index, titles[name])
        plotted.append(
            lines.reset_index().melt(["epoch", "batch"], var_name="seed").assign(experiment=name)
        )
        printed = evidence.published(name, options.published)
        if printed:
            batches = options.published_batches
            places = [(epoch or 1) - 1 + (batch or 0) / batches for epoch, batch in printed]
            published_points(axis, places, list(printed.values()))
    axis.set(xlabel="epochs trained", ylabel=f"mean loss of {options.every} batches")
    figure.legend(loc="outside lower center", ncols=3)
    return figure, pd.concat(plotted, ignore_index=True)
