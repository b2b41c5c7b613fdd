"""A search for settings: how far each candidate came from what the write-up prints."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from proofsheet.declare.options import Titles
from proofsheet.figures.style import QUIET, colour_of, legend_below, panel_axes
from proofsheet.results.reader import Results
from proofsheet.verdicts.search import as_near, plain

COLUMNS = 3


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    recovered: str,
    settings: Titles,
) -> tuple[Figure, pd.DataFrame]:
    """A panel for each of the ``settings``, titles by their column in the ranked table of the
    experiment ``recovered``; a dot for each candidate, filled where it came as near as the
    nearest."""
    found = results.recovered(recovered)
    near, longest = as_near(found), found.epochs == found.epochs.max()
    found = found.assign(near=near)
    figure, axes = panel_axes(len(settings), COLUMNS, 2.3)
    kinds = (
        (~longest, "o", QUIET, "none", "left out earlier"),
        (longest & ~near, "o", colour_of(0), "none", "all epochs"),
        (near, "D", colour_of(1), colour_of(1), "as near as the nearest"),
    )
    for axis, column in zip(axes, settings, strict=True):
        values = found[column].astype(str)
        order = sorted(values.unique(), key=list(values).index, reverse=True)
        heights = values.map(order.index)
        for chosen, marker, edge, face, label in kinds:
            axis.plot(
                100 * found.distance[chosen],
                heights[chosen],
                linestyle="none",
                marker=marker,
                markersize=4,
                markeredgecolor=edge,
                markerfacecolor=face,
                label=label,
                rasterized=True,
            )
        axis.set_xscale("log")  # those that diverged are nowhere
        axis.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.xaxis.set_major_formatter("{x:g}")
        axis.minorticks_off()
        axis.set_yticks(range(len(order)), [plain(one) for one in order], fontsize=7)
        axis.set_ylim(-0.6, len(order) - 0.4)
        axis.set_title(settings[column])
        axis.set_xlabel("off by, percent")
    legend_below(figure, axes[0], 3)
    return figure, found
