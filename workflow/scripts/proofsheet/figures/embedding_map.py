"""Where a verifier puts the test images, in two dimensions."""

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.declare.options import Experiments
from proofsheet.figures.style import panel_axes
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("map", "map_labels")

# What the caption says of seeds.
SEEDS = "First seed."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """Each image is its class number, at its place in the t-SNE map of the first seed."""
    figure, axes = panel_axes(len(experiments), 3, 2.3)
    colours = matplotlib.colormaps["tab10"]
    plotted = []
    for panel, name in zip(axes, experiments, strict=True):
        arrays = results.arrays(name)
        places, labels = arrays["map"][0], arrays["map_labels"][0]
        # As pixels: a thousand points are many words of SVG.
        x, y = places.T
        panel.scatter(x, y, c=colours(labels % 10), s=5, alpha=0.55, linewidths=0, rasterized=True)
        for label in sorted(set(labels.tolist())):
            x, y = pd.DataFrame(places[labels == label]).median()
            panel.text(x, y, str(label), weight=600, size=10, ha="center", va="center")
        panel.set(title=titles[name], xticks=[], yticks=[])
        panel.grid(False)
        panel.spines[:].set_visible(False)
        plotted.append(
            pd.DataFrame(
                {"experiment": name, "x": places[:, 0], "y": places[:, 1], "label": labels}
            )
        )
    return figure, pd.concat(plotted, ignore_index=True)
