"""What the most used latent dimensions do to the image."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import panels, show_sheet


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """One row per dimension, from −3 to 3 standard deviations, the others at 0; first seed."""
    figure, axes = panels(len(options.experiments), 2, 2.4)
    plotted = []
    for panel, name in zip(axes, options.experiments, strict=True):
        arrays = evidence.arrays(name)
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
