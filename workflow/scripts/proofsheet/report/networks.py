"""Networks as a table of stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from proofsheet.declare.experiment import Experiment

WORDS = {
    "Conv2d": "convolution",
    "ConvTranspose2d": "transposed convolution",
    "BatchNorm2d": "batch norm",
    "BatchNorm1d": "batch norm",
    "Linear": "dense",
}


class Stage(NamedTuple):
    """Layers after each other whose outputs have one height and width; a dense layer stands
    alone with its normalisation."""

    layers: str
    """``2 convolution, 2 batch norm``."""
    output: str
    """Shape of the last output, of one image: channels × height × width."""
    parameters: int
    multiply_adds: int


def named(experiment: Experiment) -> str:
    """The title of its network, with the share of the published width that it has."""
    width = experiment.train.model.arguments.get("width", 1)
    return experiment.title + ("" if width == 1 else f", width {width:g}")


def stages(layers: Iterable[dict[Hashable, Any]]) -> list[Stage]:
    """The rows of ``layers.csv`` by stage, in order."""
    groups: list[list[dict[Hashable, Any]]] = []
    for row in layers:
        size = _size(row)
        goes_on = bool(groups) and size == _size(groups[-1][-1])
        if goes_on and (size or row["kind"] != "Linear"):
            groups[-1].append(row)
        else:
            groups.append([row])
    found = []
    for rows in groups:
        kinds = Counter(WORDS.get(row["kind"], row["kind"]) for row in rows)
        found.append(
            Stage(
                ", ".join(
                    f"{count} {kind}" if count > 1 else kind for kind, count in kinds.items()
                ),
                str(rows[-1]["output"]),
                sum(row["parameters"] for row in rows),
                sum(row["multiply_adds"] for row in rows),
            )
        )
    return found


def _size(row: dict[Hashable, Any]) -> list[str]:
    """Height and width of a layer's output; none behind a dense layer."""
    return str(row["output"]).split(" × ")[1:]
