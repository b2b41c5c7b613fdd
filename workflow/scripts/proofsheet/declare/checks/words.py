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
    for one in declared.documents.values():
        words += _placed(Path(one.where), repr(one.value))
    for name in declared.writeups:
        words += _placed(declared.folders.file(f"{TEMPLATES}/{name}.html.j2"))
    rare = {at: _rare(text) for at, text in words}
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
            own = f"put one that has, a .ttf file, into {folder}"
            yield f"{at}: no font has {lacks!r}; leave it out, or {own}"


def _rare(text: str) -> set[str]:
    return {one for one in text if ord(one) > 0xFF} - USUAL


def _placed(file: Path, said: str | None = None) -> list[tuple[str, str]]:
    """Rare characters of a file, or of what it says, with the lines where they first stand."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""  # told elsewhere
    found: dict[int, str] = {}
    for one in sorted(_rare(text if said is None else said)):
        line = text.count("\n", 0, text.find(one)) + 1 if one in text else 1
        found[line] = found.get(line, "") + one
    return [(f"{file}:{line}", characters) for line, characters in found.items()]
