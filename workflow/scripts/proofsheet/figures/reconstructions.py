"""Original images above what became of them."""

from types import SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import WIDTH, show_sheet

ROWS = (
    SimpleNamespace(label="original", array="originals"),
    SimpleNamespace(label="reconstructed", array="reconstructions"),
)


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """The first test image of every class, from the first seed, a row for each of ``options.rows``
    (a ``label`` and an ``array``); originals and reconstructions where none are named.

    The data give the mean squared error of each image from its original.
    """
    arrays = evidence.arrays(options.experiments[0])
    rows = getattr(options, "rows", ROWS)
    images = np.stack([arrays[row.array][0] for row in rows])
    count = images.shape[1]
    figure, axes = plt.subplots(figsize=(WIDTH, len(rows) * WIDTH / count * 0.95))
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
