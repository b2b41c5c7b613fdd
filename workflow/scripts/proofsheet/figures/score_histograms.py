"""How scores of same-class and different-class pairs are distributed."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from proofsheet.evidence import Evidence
from proofsheet.figures.style import COLOURS, INK, panels


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Test pairs of the first seed, with the threshold that is best on validation pairs.

    Each of ``options.axes`` has a ``label`` and a ``sign``: −1 where a score is minus a distance.
    """
    figure, axes = panels(len(options.experiments), 3, 2.3)
    plotted = []
    for panel, name, axis in zip(axes, options.experiments, options.axes, strict=True):
        arrays = {key: array[0] for key, array in evidence.arrays(name).items()}
        edges = axis.sign * arrays["edges"]
        for kind, colour, hatch in (("same", COLOURS[0], None), ("different", COLOURS[1], "////")):
            share = arrays[kind] / arrays[kind].sum()
            panel.stairs(
                share[:: axis.sign],
                edges[:: axis.sign],
                fill=True,
                facecolor=colour + "50",
                edgecolor=colour,
                hatch=hatch,
                label=f"{kind} class",
            )
            plotted.append(
                pd.DataFrame(
                    {
                        "experiment": name,
                        "pairs": kind,
                        "from": np.minimum(edges[:-1], edges[1:]),
                        "to": np.maximum(edges[:-1], edges[1:]),
                        "share": share,
                        "threshold": axis.sign * arrays["threshold"],
                    }
                )
            )
        panel.axvline(axis.sign * arrays["threshold"], color=INK, linewidth=1, label="threshold")
        panel.set(title=titles[name], xlabel=axis.label, yticks=[])
        panel.spines["left"].set_visible(False)
        panel.grid(False)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure, pd.concat(plotted, ignore_index=True)
