"""Sentences with numbers that are read from kept files: ``It does, by {test accuracy|.1p} points.``

In braces stands, behind it a format of Python's (``p``: a share in percentage points):

- ``{cnn6/test accuracy|.1%}``: the mean over seeds of an experiment's metric;
- ``{the title of a measure|.1p}``: the number by which this measure judges;
- ``{the title of a measure|verdict}``: what it says, ``confirmed``;
- ``{the title of an ordering|order}``: its experiments by their means, the lowest first, or
  only the ``highest`` or ``lowest``;
- ``{cnn6[test_accuracy]}``: what the write-up prints, as printed.
"""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from proofsheet.declare.strict import FORMAT

BRACES = re.compile(r"\{([^{}]*)\}")
PRINTED = re.compile(r"([\w-]+)\[([\w-]+)\]")
RANKS = ("order", "highest", "lowest")
WORDS = ("verdict", *RANKS)


class Mean(NamedTuple):
    """The mean of an experiment's metric, which is in words, ``test accuracy``."""

    experiment: str
    metric: str
    format: str


class Effect(NamedTuple):
    """The number by which a measure judges, or its experiments in :data:`WORDS`."""

    measure: str
    format: str


class Printed(NamedTuple):
    """What the write-up prints of an experiment, the last number of it."""

    experiment: str
    quantity: str


Reference = Mean | Effect | Printed


def pieces(text: str) -> list[str | Reference]:
    """A sentence as its words and what stands in braces between them."""
    split = BRACES.split(text)
    return [_parsed(piece) if place % 2 else piece for place, piece in enumerate(split)]


def references(text: str) -> list[Reference]:
    """All that stands in braces."""
    return [piece for piece in pieces(text) if not isinstance(piece, str)]


def _parsed(inside: str) -> Reference:
    printed = PRINTED.fullmatch(inside)
    if printed:
        return Printed(*printed.groups())
    what, bar, spec = inside.rpartition("|")
    try:
        if not bar:
            raise ValueError
        if spec not in WORDS and not FORMAT.fullmatch(spec):
            raise ValueError
        experiment, slash, metric = what.partition("/")
        if not experiment or (slash and not metric):
            raise ValueError
    except ValueError:
        raise ValueError(
            f"{{{inside}}}: write {{experiment/split quantity|format}}, {{measure|format}} or "
            f"{{experiment[printed quantity]}}; a format is .2f, .1% or .1p, or {', '.join(WORDS)}"
        ) from None
    if slash and spec in WORDS:
        raise ValueError(f"{{{inside}}}: a mean is a number; only an ordering has an {spec!r}")
    return Mean(experiment, metric, spec) if slash else Effect(what, spec)


def _checked(text: str) -> str:
    references(text)
    if set(BRACES.sub("", text)) & set("{}"):
        left = re.search(r"[{}].{0,20}", BRACES.sub("", text).replace("\n", " "))
        twice = "; one brace, not two" if "{{" in text else ""
        raise ValueError(f"a brace is not closed, or not opened, at {left and left[0]!r}{twice}")
    return text


Sentence = Annotated[str, AfterValidator(_checked)]
