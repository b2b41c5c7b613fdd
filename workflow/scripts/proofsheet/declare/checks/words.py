"""Words that no font shows, and templates that show what is not declared."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from proofsheet.declare.checks.declared import Declared
from proofsheet.declare.folders import TEMPLATES
from proofsheet.declare.run import Folder
from proofsheet.declare.writeup import Writeup

# Beyond Latin-1, what the reports' own fonts have and many a write-up uses.
USUAL = set("–—−‘’“”…≈≤≥✓→σβ")
# What a template shows by a declared name.
SHOWN = re.compile(
    r"""\bfigures\.(\w+)|\btables\.(\w+)|\bsaid\("([^"]+)"\)|\bheading\("([^"]+)\""""
)


def written(declared: Declared) -> Iterator[str]:
    """Words whose characters no font of the reports has."""
    words = [(declared.document.at(("author",)), repr(declared.run.author))]
    for name, source in declared.run.data.items():
        if isinstance(source, Folder):
            classes = [path.name for path in Path(source.path).glob("*/*") if path.is_dir()]
            said = [source.title, source.licence, *classes]
            words.append((declared.document.at(("data", name)), repr(said)))
    words += [(one.where, repr(one.value)) for one in declared.documents.values()]
    rare = {at: {one for one in text if ord(one) > 0xFF} - USUAL for at, text in words}
    if not any(rare.values()):
        return
    from fontTools.ttLib import TTFont  # here, because few words need it

    folder = declared.folders.workflow / TEMPLATES / "fonts"
    there: set[str] = set()
    for file in folder.glob("*.ttf"):
        with TTFont(file) as font:
            there |= set(map(chr, font.getBestCmap()))
    for at, characters in rare.items():
        if lacks := "".join(sorted(characters - there)):
            yield f"{at}: no font has {lacks!r}; put one that has, a .ttf file, into {folder}"


def template(declared: Declared, name: str, writeup: Writeup) -> Iterator[str]:
    """What it shows is declared; else a build would fail after its last training."""
    file = declared.folders.file(f"{TEMPLATES}/{name}.html.j2")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        yield f"{file}: not UTF-8 text; save it as UTF-8"
        return
    except OSError:
        yield f"{file}: missing; a write-up needs a template of its name"
        return
    known: dict[str, Container[str]] = {
        "figure": writeup.figures,
        "table": writeup.tables,
        "claim or remark": {*writeup.claims, *writeup.remarks},
        "part": writeup.parts,
    }
    for number, line in enumerate(lines, start=1):
        for found in SHOWN.finditer(line):
            for kind, shown in zip(known, found.groups(), strict=True):
                if shown and shown not in known[kind] and shown not in dir(dict):
                    yield f"{file}:{number}: no {kind} {shown!r}; declare it, or remove it"
