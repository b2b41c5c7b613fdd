"""Original images above their reconstructions."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import WIDTH, show_sheet


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """The first test image of every class, from the first seed.

    The data give the mean squared error of each pair.
    """
    arrays = evidence.arrays(options.experiments[0])
    originals, reconstructions = arrays["originals"][0], arrays["reconstructions"][0]
    figure, axes = plt.subplots(figsize=(WIDTH, 2 * WIDTH / len(originals) * 0.95))
    show_sheet(axes, np.stack([originals, reconstructions]), ["original", "reconstructed"])
    difference = (originals.astype(float) - reconstructions) / 255
    mse = np.square(difference).mean(axis=(1, 2, 3))
    return figure, pd.DataFrame({"image": range(len(mse)), "mse": mse})
