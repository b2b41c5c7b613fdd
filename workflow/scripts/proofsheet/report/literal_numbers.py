"""Numbers that someone typed where a report must read them from a file.

In the words of a report, a number is either read from kept files, or declared: a setting of an
experiment, a bound of a claim, the level of all intervals. Whatever else looks like a number is
found here, except one that happens to equal a declared setting. Numbers that are part of a name
(CIFAR-10, 28×28, 1:10) are none, nor are words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from proofsheet.declare.sentence import BRACES
from proofsheet.results.statistics import LEVEL

# A number that stands alone: not part of a word, a ratio, a size or a name with a hyphen.
NUMBER = re.compile(
    r"(?<![\w.,:×/])(?<![^\W\d][-−])(\d*\.?\d+(?:[.,]\d+)*)(?:\s?(%))?(?![\w:/]|×\d|[-−][^\W\d]|\.\d)"
)
TAG = re.compile(r"<[^<>]*>|&#?\w+;")
# Attributes that a page says.
SAID = re.compile(r"""\b(?:alt|title|aria-label)="([^"]*)\"""")
# Formats of numbers and LaTeX are no prose.
NO_PROSE = re.compile(r"^[+,]*(\.\d+)?[defgp%]$|\\\\")
# Ends of a scale (pixels, truths, probabilities), and the first of two.
SCALE_ENDS = {0.0, 1.0, 2.0}
# Keys of a declaration whose values are words that a report shows.
PROSE = {"title", "caption", "alt", "text", "reading", "xlabel", "ylabel", "label", "headline",
         "confirmed", "contradicted", "inconclusive", "not_comparable"}  # fmt: skip
# What a declaration says in words, or what the write-up printed: no settings.
NO_SETTINGS = PROSE | {"assumptions", "published", "where", "format", "course", "source"}


class Literal(NamedTuple):
    """A number, and where it stands."""

    path: str
    line: int
    text: str


def in_template(path: Path, settings: set[float]) -> list[Literal]:
    """Literal numbers in what a Jinja template says itself, and in strings that it may print."""
    found: list[Literal] = []
    prose: list[str] = []
    before = ""
    for line, kind, token in jinja2.Environment().lex(path.read_text(encoding="utf-8")):
        if kind == "data":
            prose.append(token)
        else:
            # What stands between is read from somewhere; its line breaks keep the count of lines.
            prose.append("\n" * token.count("\n") or "x" * (kind == "variable_begin"))
        if kind in ("float", "integer") and before == "variable_begin":
            found += _literals(str(path), line, token, settings)
        if kind != "whitespace":
            before = kind
        if kind == "string" and not NO_PROSE.search(token[1:-1]):
            found += _literals(str(path), line, TAG.sub(" ", token[1:-1]), settings)
    text = re.sub(r"<(style|script)\b.*?</\1>", _blank, "".join(prose), flags=re.S)
    text = TAG.sub(_said, text)
    for line, words in enumerate(text.splitlines(), start=1):
        found += _literals(str(path), line, words, settings)
    return sorted(set(found), key=lambda literal: literal.line)


def in_declaration(path: Path, declared: dict[str, Any], settings: set[float]) -> list[Literal]:
    """Literal numbers in the prose of a write-up's declaration."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for text in _prose(declared):
        literals = _literals(str(path), 0, BRACES.sub("", text), settings)
        line = next((n for n, there in enumerate(lines, start=1) if text[:60] in there), 0)
        found += [literal._replace(line=line) for literal in literals]
    return sorted(set(found), key=lambda literal: literal.line)


def declared_settings(declared: Any) -> set[float]:
    """All numbers that a declaration sets."""
    found: set[float] = set()
    if isinstance(declared, dict):
        for key, value in declared.items():
            if key not in NO_SETTINGS:
                found |= declared_settings(value)
        if isinstance(declared.get("value"), str):  # an expression
            found |= {float(number) for number in re.findall(r"\d+(?:\.\d+)?", declared["value"])}
    elif isinstance(declared, list):
        for value in declared:
            found |= declared_settings(value)
    elif isinstance(declared, int | float) and not isinstance(declared, bool):
        found.add(float(declared))
    return found


def _prose(declared: Any, key: str = "") -> Iterator[str]:
    if isinstance(declared, dict):
        for name, value in declared.items():
            if key == "assumptions" and isinstance(name, str):
                yield name
            yield from _prose(value, "assumptions" if key == "assumptions" else str(name))
    elif isinstance(declared, list):
        for value in declared:
            yield from _prose(value, key)
    elif isinstance(declared, str) and key in PROSE | {"assumptions"}:
        yield declared


def _literals(path: str, line: int, text: str, settings: set[float]) -> list[Literal]:
    found = []
    for match in NUMBER.finditer(text):
        value = float(re.sub(r",(?=\d{3})", "", match[1]).replace(",", "."))
        if match[2]:
            known = round(value / 100, 9) in settings | {LEVEL}
        else:
            known = value in settings | SCALE_ENDS
        if not known:
            found.append(Literal(path, line, match[0]))
    return found


def _said(match: re.Match[str]) -> str:
    """What a tag leaves in the prose: its attributes that a page says, and its line breaks."""
    said = SAID.findall(match[0])
    return " " + " ".join(said) + "\n" * (match[0].count("\n") - "".join(said).count("\n")) + " "


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") or " "
