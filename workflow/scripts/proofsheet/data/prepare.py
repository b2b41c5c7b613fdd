"""From a configured source to a data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from proofsheet.data.dataset import Dataset, limited

if TYPE_CHECKING:
    from proofsheet.declare.run import DataSource


def prepare(source: DataSource, place: Path) -> Dataset:
    """Read ``source`` and keep what its limit allows. Heavy imports wait until they are needed.

    :param place: a person's own images, or else the folder in torchvision's layout.
    """
    if source.source == "embedded":
        from proofsheet.data import embedded

        dataset = getattr(embedded, source.name)()
    elif source.source == "folder":
        from proofsheet.data.folder import folder

        dataset = folder(place, source.title, source.licence, source.mode, source.stand_in)
    else:
        from proofsheet.data.vision import vision

        dataset = vision(source.name, place)
    return limited(dataset, source.limit)
