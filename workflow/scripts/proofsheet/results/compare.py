"""Two builds of one run, file by file."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd

KEYS = ["split", "case", "quantity"]


def kept_files(root: Path) -> set[str]:
    """All files of a run but logs, checkpoints and locks, below its folder."""
    files = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    apart = ("logs", "checkpoints")
    return {
        str(file) for file in files if file.parts[0] not in apart and not file.name.startswith(".")
    }


def first_difference(one: Path, other: Path) -> tuple[int, int] | None:
    """The first range of bytes ``(from, to)`` that differs, ``to`` excluded; None if none does.

    Where one file is the beginning of the other, the range is what the other has more.
    """
    first, second = (np.frombuffer(path.read_bytes(), np.uint8) for path in (one, other))
    common = min(len(first), len(second))
    differ = first[:common] != second[:common]
    if not differ.any():
        longer = max(len(first), len(second))
        return (common, longer) if longer > common else None
    start = int(differ.argmax())
    same_again = ~differ[start:]
    length = int(same_again.argmax()) if same_again.any() else common - start
    return start, start + length


def apart(ours: Path, theirs: Path, relative: float, absolute: float) -> list[str]:
    """Metrics whose means over the seeds are neither within ``relative`` nor ``absolute``.

    :param ours: with ``theirs``, a metrics.csv of the same experiment.
    :returns: a line for each.
    """
    one, other = (
        pd.read_csv(path, keep_default_na=False, na_values=["nan"], dtype={"case": str})
        .groupby(KEYS)
        .value.mean()
        for path in (ours, theirs)
    )
    found = []
    for key in sorted({*one.index, *other.index}):
        a, b = (side.get(key, math.nan) for side in (one, other))
        if not (math.isnan(a) and math.isnan(b)) and not math.isclose(
            a, b, rel_tol=relative, abs_tol=absolute
        ):
            found.append(f"{' '.join(filter(None, key))}: {a:.6g} here, {b:.6g} there")
    return found
