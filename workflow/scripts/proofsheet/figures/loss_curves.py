"""Training and validation loss over epochs, and what the write-up prints of it."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from proofsheet.evidence import Evidence
from proofsheet.figures.style import mean_and_band, panels, published_points

LINES = (
    ("train", "running_", "training, running"),
    ("train", "", "training, after the epoch"),
    ("val", "", "validation"),
)


class Panel(NamedTuple):
    """One experiment's quantity, and the published one whose values are drawn as points."""

    experiment: str
    quantity: str
    title: str
    published: str | None


def draw(evidence: Evidence, options: Any, titles: dict[str, str]) -> tuple[Figure, pd.DataFrame]:
    """Mean over seeds, band from the lowest to the highest seed.

    One panel per experiment with its loss; or, of a single experiment, one for each of
    ``options.terms``, which have a ``quantity``, a ``title`` and maybe a ``published`` quantity.
    """
    shown = list(_panels(options, titles))
    figure, axes = panels(len(shown), 3, 2.3)
    plotted = []
    for axis, panel in zip(axes, shown, strict=True):
        for index, (split, prefix, label) in enumerate(LINES):
            quantity = prefix + panel.quantity
            series = evidence.series(panel.experiment, split, quantity)
            mean_and_band(axis, series.index.to_numpy(), series.to_numpy(), index, label)
            plotted.append(
                series.reset_index()
                .melt("epoch", var_name="seed")
                .assign(experiment=panel.experiment, split=split, quantity=quantity)
            )
        printed = evidence.published(panel.experiment, panel.published)
        if printed:
            epochs = [epoch for epoch, _ in printed]
            published_points(axis, epochs, list(printed.values()))
            plotted.append(
                pd.DataFrame({"epoch": epochs, "value": printed.values()}).assign(
                    experiment=panel.experiment, split="published", quantity=panel.published
                )
            )
        axis.set_title(panel.title)
        axis.set_xlabel("epoch")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes[0].set_ylabel(options.ylabel)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return figure, pd.concat(plotted, ignore_index=True)


def _panels(options: Any, titles: dict[str, str]) -> list[Panel]:
    if not hasattr(options, "terms"):
        published = getattr(options, "published", None)
        return [Panel(name, "loss", titles[name], published) for name in options.experiments]
    return [
        Panel(options.experiments[0], term.quantity, term.title, getattr(term, "published", None))
        for term in options.terms
    ]
