"""Images decoded from random codes."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import panels, show_sheet


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """A square sheet per experiment, from the first seed; the data give each image's mean grey."""
    figure, axes = panels(len(options.experiments), 2, 3.2)
    plotted = []
    for panel, name in zip(axes, options.experiments, strict=True):
        images = evidence.arrays(name)["prior"][0]
        side = round(len(images) ** 0.5)
        show_sheet(panel, images.reshape(side, side, *images.shape[1:]), [])
        panel.set_title(titles[name])
        grey = np.mean(images, axis=(1, 2, 3)) / 255
        plotted.append(
            pd.DataFrame({"experiment": name, "image": range(len(grey)), "mean_grey": grey})
        )
    return figure, pd.concat(plotted, ignore_index=True)
