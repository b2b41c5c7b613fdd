"""A sheet of training images."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import WIDTH, show_sheet

ROWS = 5


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """The first five training images of every class, a class to a column."""
    images, labels = evidence.images(options.data[0])
    classes = np.unique(labels)
    shown = np.stack([np.flatnonzero(labels == label)[:ROWS] for label in classes], axis=1)
    figure, axes = plt.subplots(figsize=(WIDTH, shown.shape[0] * WIDTH / len(classes)))
    show_sheet(axes, images[shown], [])
    return figure, pd.DataFrame({"row": shown.flatten(), "label": labels[shown].flatten()})
