"""A metric of several experiments as bars, the published values beside them."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from proofsheet.evidence import Evidence
from proofsheet.figures.style import COLOURS, INK, panels, published_points


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Means of ``options.quantity`` of ``options.split`` over seeds with 95 % intervals, and the
    published quantity ``options.published`` where the write-up prints one."""
    figure, (axis,) = panels(1, 1, 0.5 + 0.36 * len(options.experiments))
    found = [
        evidence.estimate(name, options.split, options.quantity) for name in options.experiments
    ]
    printed = [evidence.last_published(name, options.published) for name in options.experiments]
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
        xerr=[estimate.half_width for estimate in found],
        linestyle="none",
        ecolor=INK,
        capsize=2.5,
        elinewidth=1,
    )
    published_points(axis, printed, list(places))
    axis.set_yticks(places, [titles[name] for name in options.experiments])
    axis.invert_yaxis()
    axis.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axis.set(xlabel=options.xlabel, xlim=(0, 1))
    axis.grid(axis="y", visible=False)
    figure.legend(loc="outside lower center", ncols=2)
    return figure, pd.DataFrame(
        {
            "experiment": options.experiments,
            "mean": means,
            "low": [estimate.low for estimate in found],
            "high": [estimate.high for estimate in found],
            "published": printed,
        }
    )
