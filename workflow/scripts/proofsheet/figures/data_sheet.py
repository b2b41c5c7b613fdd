"""A sheet of training images."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.figures.style import show_sheet, slanted, width
from proofsheet.results.reader import Results

ROWS = 3


def draw(results: Results, titles: dict[str, str], *, dataset: str) -> tuple[Figure, pd.DataFrame]:
    """The first five training images of every class, a class to a column."""
    images, labels, classes = results.images(dataset)
    sheet = np.full((ROWS, len(classes), *images.shape[1:]), 255, np.uint8)
    plotted = []
    for label, name in enumerate(classes):
        rows = np.flatnonzero(labels == label)[:ROWS]  # a small class leaves white places
        sheet[: len(rows), label] = images[rows]
        plotted.append(pd.DataFrame({"row": rows, "class": name}))
    turned = {**slanted(classes), "ha": "left"} if slanted(classes) else {}
    room = 0.2 + 0.05 * max(map(len, classes)) if turned else 0.3
    figure = Figure(figsize=(width(), ROWS * width() / len(classes) + room))
    axes = figure.subplots()
    show_sheet(axes, sheet, [])
    step = images.shape[3] + 1
    places = [step * (column + 0.5) - 1 for column in range(len(classes))]
    axes.set_xticks(places, classes, **turned)
    axes.xaxis.tick_top()
    return figure, pd.concat(plotted, ignore_index=True)
