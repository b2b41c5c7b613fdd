"""Whatever a declaration names exists: held against each other before anything runs."""

from __future__ import annotations

import os

from proofsheet.declare.checks import experiment, template, words
from proofsheet.declare.checks.declared import Declared
from proofsheet.declare.checks.writeup import Checks
from proofsheet.declare.run import PLACES
from proofsheet.declare.validation import short

# What Linux allows.
LONGEST_PATH, LONGEST_NAME = 4_000, 255


def mistakes(declared: Declared) -> list[str]:
    """A line for each name that nothing has, of the write-ups that the run builds."""
    found = list(words.written(declared))
    for key in PLACES:
        at, place = declared.document.at((key,)), getattr(declared.run, key)
        if os.path.isfile(place):
            found.append(f"{at}: {place!r}: a file; name a folder")
        elif place.startswith("~") or "$" in place:
            found.append(f"{at}: {place!r}: taken as it stands; write the whole path")
        elif len(place) > LONGEST_PATH or max(map(len, place.split("/"))) > LONGEST_NAME:
            found.append(f"{at}: {short(place)}: no folder can have so long a name; name another")
    for name, one in declared.experiments.items():
        found += experiment.trained(declared, name, one)
    for name, writeup in declared.writeups.items():
        checks = Checks(declared, name, writeup)
        found += [*template.shown(checks, name), *checks.all()]
    return found
