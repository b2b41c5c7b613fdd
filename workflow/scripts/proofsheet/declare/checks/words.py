"""Words that no font shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proofsheet.declare.checks.declared import Declared
from proofsheet.declare.folders import TEMPLATES
from proofsheet.declare.run import Folder

# Beyond Latin-1, what the reports' own fonts have and many a write-up uses.
USUAL = set("–—−‘’“”…≈≤≥✓→σβ")


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
