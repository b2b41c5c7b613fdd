"""Fail where someone typed a number that a report must read from a file."""

import sys
from pathlib import Path

from proofsheet.declare.reading import read_yaml
from proofsheet.report.literal_numbers import declared_settings, in_declaration, in_template

found = []
settings: dict[str, set[float]] = {}
for path in sorted(Path("writeups").glob("*.yaml")):
    declared = read_yaml(path).value
    settings[path.stem] = declared_settings(declared)
    found += in_declaration(path, declared, settings[path.stem])
for path in sorted(Path("templates").glob("*.j2")):
    found += in_template(path, settings.get(path.name.split(".")[0], set()))
for literal in found:
    print(
        f"{literal.path}:{literal.line}: {literal.text!r}: a number in the words of a report is "
        "read from a file, as in {{ value(...) }} or {{ printed(...) }}, or declared; else say it "
        "in words",
        file=sys.stderr,
    )
sys.exit(bool(found))
