"""A metric of several experiments as bars, the published values beside them."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from proofsheet.declare.options import Experiments, Metric
from proofsheet.figures.style import COLOURS, INK, legend_below, panel_axes, published_points
from proofsheet.results.reader import Results

# What the caption says of seeds.
SEEDS = "Means over seeds with 95% intervals."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiments: Experiments,
    metric: Metric,
    published: str,
    xlabel: str,
) -> tuple[Figure, pd.DataFrame]:
    """Means of a metric over seeds with 95% intervals, and the
    published quantity ``published`` where the write-up prints one."""
    figure, (axis,) = panel_axes(1, 1, 0.5 + 0.36 * len(experiments))
    found = [results.estimate(name, metric) for name in experiments]
    printed = [results.last_published(name, published).value for name in experiments]
    places = np.arange(len(found))
    means = [estimate.mean for estimate in found]
    axis.barh(
        places,
        means,
        height=0.6,
        color=COLOURS[0],
        label="measured",
    )
    # A single seed has no interval, and matplotlib draws none for NaN.
    axis.errorbar(
        means,
        places,
        xerr=[[one.mean - one.low for one in found], [one.high - one.mean for one in found]],
        linestyle="none",
        ecolor=INK,
        capsize=2.5,
        elinewidth=1,
    )
    published_points(axis, printed, list(places))
    axis.set_yticks(places, [titles[name] for name in experiments])
    axis.invert_yaxis()
    axis.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axis.set(xlabel=xlabel, xlim=(0, 1))
    axis.grid(axis="y", visible=False)
    legend_below(figure, axis, 2)
    return figure, pd.DataFrame(
        {
            "experiment": experiments,
            "mean": means,
            "low": [estimate.low for estimate in found],
            "high": [estimate.high for estimate in found],
            "published": printed,
        }
    )
