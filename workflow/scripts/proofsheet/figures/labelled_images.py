"""Images with what a classifier said of them."""

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.figures.style import COLOURS, INK, width
from proofsheet.results.reader import Results

COLUMNS = 5
POINTS = 5  # of a letter

# Of the kept arrays, what it shows.
ARRAYS = ("class_names", "examples", "mistakes")

# What the caption says of seeds.
SEEDS = "First seed."


def draw(
    results: Results,
    titles: dict[str, str],
    *,
    experiment: str,
    of: Literal["examples", "mistakes"],
) -> tuple[Figure, pd.DataFrame]:
    """First seed; ``of`` is ``examples``, the first test image of every class, or
    ``mistakes``, those of which the network was surest."""
    arrays = {name: array[0] for name, array in results.arrays(experiment).items()}
    images, classes = arrays[of], arrays["class_names"].tolist()
    truth, predicted, confidence = (
        arrays[f"{of}_{what}"] for what in ("truth", "predicted", "confidence")
    )
    shown = np.flatnonzero(truth >= 0)
    rows = max(1, -(-len(shown) // COLUMNS))
    figure = Figure(figsize=(width(), rows * 1.25 * width() / COLUMNS))
    axes = figure.subplots(rows, COLUMNS, squeeze=False)
    # Beside a long name the confidence has no room over a small image.
    parted = "\n" if max(map(len, classes)) * POINTS > width() * 72 / COLUMNS - 30 else " "
    for axis in axes.flat:
        axis.set_axis_off()
    for axis, index in zip(axes.flat, shown, strict=False):
        picture = np.moveaxis(images[index], 0, 2).squeeze()
        axis.imshow(picture, cmap="gray", vmin=0, vmax=255, interpolation="none")
        right = truth[index] == predicted[index]
        said = f"{classes[predicted[index]]},{parted}{100 * confidence[index]:.0f}%"
        axis.set_title(
            said if right else f"{said}\nis {classes[truth[index]]}",
            loc="center",
            size=9,
            weight=400,
            color=INK if right else COLOURS[1],
        )
    return figure, pd.DataFrame(
        {
            "truth": [classes[label] for label in truth[shown]],
            "predicted": [classes[label] for label in predicted[shown]],
            "confidence": confidence[shown],
        }
    )
