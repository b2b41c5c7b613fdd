"""Images decoded from random codes."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.declare.options import Experiments
from proofsheet.figures.style import panel_axes, show_sheet
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("prior",)

# What the caption says of seeds.
SEEDS = "First seed."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """A square sheet per experiment, from the first seed; the data give each image's mean grey."""
    figure, axes = panel_axes(len(experiments), 2, 3.2)
    plotted = []
    for panel, name in zip(axes, experiments, strict=True):
        images = results.arrays(name)["prior"][0]
        side = round(len(images) ** 0.5)
        show_sheet(panel, images.reshape(side, side, *images.shape[1:]), [])
        panel.set_title(titles[name])
        grey = np.mean(images, axis=(1, 2, 3)) / 255
        plotted.append(
            pd.DataFrame({"experiment": name, "image": range(len(grey)), "mean_grey": grey})
        )
    return figure, pd.concat(plotted, ignore_index=True)
