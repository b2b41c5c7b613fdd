"""Whatever a declaration names exists: held against each other before anything runs."""

from __future__ import annotations

import os

from proofsheet.declare.checks import experiment, template, words
from proofsheet.declare.checks.declared import Declared
from proofsheet.declare.checks.writeup import Checks
from proofsheet.declare.validation import short

# What Linux allows.
LONGEST_PATH, LONGEST_NAME = 4_000, 255


def mistakes(declared: Declared) -> list[str]:
    """A line for each name that nothing has, of the write-ups that the run builds."""
    found = list(words.written(declared))
    at = declared.document.at(("root",))
    root = declared.run.root
    if os.path.isfile(root):
        found.append(f"{at}: {root!r}: a file; name the folder of the data")
    elif root.startswith("~") or "$" in root:
        found.append(f"{at}: {root!r}: taken as it stands; write the whole path")
    elif len(root) > LONGEST_PATH or any(len(part) > LONGEST_NAME for part in root.split("/")):
        found.append(f"{at}: {short(root)}: no folder can have so long a name; name another")
    for name, one in declared.experiments.items():
        found += experiment.trained(declared, name, one)
    for name, writeup in declared.writeups.items():
        checks = Checks(declared, name, writeup)
        found += [*template.shown(checks, name), *checks.all()]
    return found
