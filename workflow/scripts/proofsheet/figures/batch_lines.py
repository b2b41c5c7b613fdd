"""The mean loss of every so many batches, and what the write-up prints of it."""

import pandas as pd
from matplotlib.figure import Figure
from pydantic import PositiveInt

from proofsheet.declare.options import Experiments
from proofsheet.errors import ProofsheetError
from proofsheet.figures.style import legend_below, mean_and_band, panel_axes, published_points
from proofsheet.results.reader import Results

# What the caption says of seeds.
SEEDS = "Lines are means over seeds, bands run from the lowest to the highest seed."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiments: Experiments,
    every: PositiveInt,
    published: str | None = None,
    published_batches: PositiveInt | None = None,
) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed, over all epochs in a row.

    Each value is the mean of the ``every`` batches that end there. Batches are placed as
    parts of their epoch; the write-up's epochs have ``published_batches``, ours may have
    others.
    """
    figure, (axis,) = panel_axes(1, 1, 2.8)
    plotted = []
    for index, name in enumerate(experiments):
        lines = results.batch_means(name, "loss", every)
        batches = results.batches(name)
        if lines.empty:
            raise ProofsheetError(
                f"{name}: an epoch has {batches} batches, and no line of {every}; draw means of "
                "fewer, or train with smaller batches"
            )
        done = [epoch - 1 + batch / batches for epoch, batch in lines.index]
        mean_and_band(axis, pd.Index(done).to_numpy(), lines.to_numpy(), index, titles[name])
        plotted.append(
            lines.reset_index().melt(["epoch", "batch"], var_name="seed").assign(experiment=name)
        )
        printed = results.published(name, published)
        if printed:
            batches = published_batches or batches
            places = [(one.epoch or 1) - 1 + (one.batch or 0) / batches for one in printed]
            published_points(axis, places, [one.value for one in printed])
    axis.set(xlabel="epochs trained", ylabel=f"mean loss of {every} batches")
    legend_below(figure, axis, 3)
    return figure, pd.concat(plotted, ignore_index=True)
