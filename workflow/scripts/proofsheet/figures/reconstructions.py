"""Original images above what became of them."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.declare.options import ImageRow, Panels
from proofsheet.figures.style import show_sheet, width
from proofsheet.results.reader import Results

ROWS = [
    ImageRow(label="original", array="originals"),
    ImageRow(label="reconstructed", array="reconstructions"),
]

# Of the kept arrays, what it shows.
ARRAYS = ("originals", "reconstructions")

# What the caption says of seeds.
SEEDS = "First seed."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiment: str,
    rows: Panels[ImageRow] | None = None,
) -> tuple[Figure, pd.DataFrame]:
    """The first test image of every class, from the first seed, a row for each of ``rows``
    (a ``label`` and an ``array``); originals and reconstructions where none are named.

    The data give the mean squared error of each image from its original.
    """
    arrays = results.arrays(experiment)
    rows = rows or ROWS
    images = np.stack([arrays[row.array][0] for row in rows])
    count = images.shape[1]
    figure = Figure(figsize=(width(), len(rows) * width() / count * 0.95))
    axes = figure.subplots()
    show_sheet(axes, images, [row.label for row in rows])
    difference = (images.astype(float) - arrays["originals"][0]) / 255
    mse = np.square(difference).mean(axis=(2, 3, 4))
    return figure, pd.DataFrame(
        {
            "row": np.repeat([row.label for row in rows], count),
            "image": list(range(count)) * len(rows),
            "mse": mse.flatten(),
        }
    )
