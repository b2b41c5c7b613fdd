"""Do a write-up's printed numbers agree with each other? Arithmetic; nothing is trained.

In the manner of GRIM (Brown and Heathers 2017, "The GRIM Test: A Simple Technique Detects Numerous
Anomalies in the Reporting of Results in Psychology") and statcheck (Nuijten et al. 2016, "The
prevalence of statistical reporting errors in psychology"): whatever a printed number was rounded
from is tried.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from proofsheet.declare.consistency import Check, CrossEntropy, Sum, Whole
from proofsheet.declare.published import Published
from proofsheet.results.published import Number, numbers

CONSISTENT = "consistent"
INCONSISTENT = "inconsistent"
UNKNOWN = "cannot tell"

# Sums of floating-point numbers that are equal on paper.
SLACK = 1e-12


class Agreement(NamedTuple):
    """Whether printed numbers agree, and why, both for a reader."""

    about: str
    verdict: str
    because: str


def agreements(published: dict[str, Published], checks: list[Check]) -> Iterator[Agreement]:
    """Of one experiment, the declared checks, then one of the digits of each curve."""
    for check in checks:
        if isinstance(check, Whole):
            yield whole(published[check.share], check.images)
        elif isinstance(check, Sum):
            yield total(published, check)
        else:
            yield cross_entropy(published, check)
    for declared in published.values():
        if len(declared.printed()) > 1:
            yield digits(declared)


def whole(declared: Published, images: int) -> Agreement:
    """Whether each share is that of a whole number of ``images``, rounded as printed.

    Where every number with these digits is, the print is coarser than the images, and nothing can
    be told.
    """
    printed = numbers(declared)
    about = f"{declared.title}: a whole number of {images:,} images"
    if all(2 * number.rounding * images >= 1 for number in printed):
        return Agreement(about, UNKNOWN, f"with {images:,} images every such number is possible")
    wrong = [one for one in printed if not _some_count(one, images)]
    return _judged(about, wrong, "no whole number of them gives", len(printed))


def total(published: dict[str, Published], check: Sum) -> Agreement:
    """Whether each total is the weighted sum of the parts printed beside it, each of them anywhere
    in what it was rounded from."""
    words = (
        published[name].title if weight == 1 else f"{weight:g} · {published[name].title}"
        for name, weight in check.parts.items()
    )
    about = f"{published[check.total].title} = {' + '.join(words)}"
    places: dict[tuple[int | None, int | None], list[tuple[Number, float]]] = {}
    for name, weight in check.parts.items():
        for one in numbers(published[name]):
            places.setdefault((one.epoch, one.batch), []).append((one, weight))
    wrong, checked = [], 0
    for one in numbers(published[check.total]):
        parts = places.get((one.epoch, one.batch), [])
        if len(parts) < len(check.parts):
            continue
        checked += 1
        off = abs(sum(part.value * weight for part, weight in parts) - one.value)
        if off > sum(part.rounding * weight for part, weight in parts) + one.rounding + SLACK:
            wrong.append(one)
    if not checked:
        return Agreement(about, UNKNOWN, "no total stands beside all of its parts")
    return _judged(about, wrong, "not the sum:", checked)


def cross_entropy(published: dict[str, Published], check: CrossEntropy) -> Agreement:
    """Whether a mean cross-entropy is at least what its accuracy allows; without an accuracy,
    whether each is at most that of guessing, ``log(classes)``, which a training is soon below.

    A wrong answer gives its true class at most one half, which costs at least ``log 2``: of ``1 −
    accuracy`` wrong answers the mean is at least ``(1 − accuracy) · log 2``.
    """
    losses = numbers(published[check.loss])
    guess = math.log(check.classes)
    title = published[check.loss].title
    if not check.accuracy:
        above = [one for one in losses if one.value - one.rounding > guess]
        about = f"{title}: at most the {guess:.3f} of guessing"
        return _judged(about, above, "above:", len(losses))
    loss, share = losses[-1], numbers(published[check.accuracy])[-1]
    least = max(0.0, 1 - share.value - share.rounding) * math.log(2)
    about = f"{title} and {published[check.accuracy].title}"
    if loss.value + loss.rounding >= least:
        return Agreement(about, CONSISTENT, f"so many wrong answers cost at least {least:.3f}")
    because = f"with {share.text} right a mean image costs at least {least:.3f}, not {loss.text}"
    return Agreement(about, INCONSISTENT, because)


def digits(declared: Published) -> Agreement:
    """Whether all numbers of a curve are printed with the same number of digits."""
    printed = numbers(declared)
    usual, _ = Counter(one.rounding for one in printed).most_common(1)[0]
    odd = [one for one in printed if one.rounding != usual]
    return _judged(
        f"{declared.title}: all with the same number of decimals", odd, "not so:", len(printed)
    )


def _some_count(number: Number, images: int) -> bool:
    low = (number.value - number.rounding) * images - SLACK
    return math.ceil(low) <= (number.value + number.rounding) * images + SLACK


def _judged(about: str, wrong: list[Number], complaint: str, checked: int) -> Agreement:
    if not wrong:
        return Agreement(about, CONSISTENT, f"{checked} of {checked}")
    return Agreement(about, INCONSISTENT, f"{complaint} {', '.join(map(_placed, wrong))}")


def _placed(number: Number) -> str:
    names = {"epoch": number.epoch, "batch": number.batch}
    place = ", ".join(f"{name} {at}" for name, at in names.items() if at is not None)
    return f"{number.text} ({place})" if place else number.text
