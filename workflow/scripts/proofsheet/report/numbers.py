"""The form of numbers on a page."""

import math

from proofsheet.results.statistics import Estimate


def number(value: float, spec: str) -> str:
    """A number in a format of Python's, with a real minus sign; a dash where there is none.

    Beyond Python's formats, ``p`` gives a share in percentage points, without a sign for them.
    """
    if spec.endswith("p"):
        return number(100 * value, spec[:-1] + "f")
    return "–" if math.isnan(value) else format(value, spec).replace("-", "−")


def half_width(estimate: Estimate, spec: str) -> str:
    """What stands behind ±; empty where seeds tell nothing of a spread, or are all equal."""
    half = estimate.half_width
    return number(half, spec.lstrip("+")) if half > 0 else ""
