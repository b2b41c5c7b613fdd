"""What the most used latent dimensions do to the image."""

import pandas as pd
from matplotlib.figure import Figure

from proofsheet.declare.options import Experiments
from proofsheet.figures.style import panel_axes, show_sheet
from proofsheet.results.reader import Results

# Of the kept arrays, what it shows.
ARRAYS = ("traversal", "dimensions", "dimension_kl")

# What the caption says of seeds.
SEEDS = "First seed."


def draw(
    results: Results, titles: dict[str, str], *, experiments: Experiments
) -> tuple[Figure, pd.DataFrame]:
    """One row per dimension, from −3 to 3 standard deviations, the others at 0; first seed."""
    figure, axes = panel_axes(len(experiments), 2, 2.4)
    plotted = []
    for panel, name in zip(axes, experiments, strict=True):
        arrays = results.arrays(name)
        nats = arrays["dimension_kl"][0]
        show_sheet(panel, arrays["traversal"][0], [f"{value:.2f} nats" for value in nats])
        panel.set_title(titles[name])
        panel.set_xlabel("−3 σ … 0 … +3 σ")
        plotted.append(
            pd.DataFrame(
                {"experiment": name, "dimension": arrays["dimensions"][0], "kl_nats": nats}
            )
        )
    return figure, pd.concat(plotted, ignore_index=True)
