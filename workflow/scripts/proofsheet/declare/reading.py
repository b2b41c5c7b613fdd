"""Declarations from YAML, with the line of each key; what nobody means by it is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from proofsheet.errors import ProofsheetError

try:  # ten times as fast, and every call of snakemake reads all declarations
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

# What YAML reads in eights or sixties.
NONE = re.compile(r"(?!)")
OTHER_NUMBER = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?0[0-9_]|.*:"),
    "tag:yaml.org,2002:float": re.compile(r".*:"),
}
# Signs that no YAML may hold, and what git writes into a file where it cannot merge.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNMERGED = re.compile(r"(?m)^(<<<<<<<|>>>>>>>) ")
# Space at the beginning of a line that does not indent, and that YAML takes for a part of a key.
NO_BREAK = re.compile("(?m)^ *\u00a0|:\u00a0")
# By what YAML says, what a person does.
COLON = "here or a line before, give a key a colon and a space, and indent it as those beside it"
REMEDIES = {
    "mapping values": f"{COLON}; put text with a colon, or what begins with *, in quotes",
    "could not find expected ':'": COLON,
    "expected ',' or": "close what it opens, or put text that begins with { or [ in quotes",
    "expected '-'": "each item of a list begins with - and a space, and a mapping's key with none",
    "undefined alias": "put what begins with * in quotes, or write an anchor's name",
    "tab character": "indent with spaces, not with a tab",
    "cannot start any token": (
        "indent with spaces, not with a tab; put what begins with a sign such as @ or % in quotes"
    ),
    "expected alphabetic": 'put what begins with * or & in quotes, as in "*"',
    "did not find expected key": (
        "here or above, indent keys alike, close what is opened, put text that begins with a quote "
        "or { and goes on behind it in quotes as a whole, and write a quote within its kind twice"
    ),
    "single document": "a file holds one; remove the line ---",
    "2002:value": "put = in quotes",
    "constructor for the tag": "what begins with ! is not taken; write it out",
    "for merging": "write <<: *name, of what is declared as &name",
    "escape": "put text with a \\ in single quotes",
    "hexdecimal": "put text with a \\ in single quotes",
}
CURLY = ("“", "”", "‘", "’")
# Keys of text; what stands behind a number may be a comment.
WORDS = {"title", "caption", "alt", "text", "headline", "where", "reading"}
WORDS |= {"confirmed", "contradicted", "inconclusive"}
# More than any declaration needs, and less than takes time.
DEEPEST, MOST = 50, 200_000
Place = tuple[Any, ...]


@dataclass
class Document:
    """A mapping, where it was read, and where each of its keys stands.

    :param moved: keys that another document put here, with their document and place there: a
        mistake in one is reported where it was written.
    :param overrides: single keys that replace what a file says.
    """

    value: dict[str, Any]
    where: str
    node: yaml.Node | None = None
    moved: dict[Place, tuple[Document, Place]] = field(default_factory=dict)
    overrides: dict[str, Any] = field(default_factory=dict)

    def at(self, place: Place) -> str:
        """``file:line`` and the dotted key of a place; without a line where it has none."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.moved:
                document, there = self.moved[place[:length]]
                return document.at((*there, *place[length:]))
        line = _line(self.node, place)
        key = ".".join(map(str, place)) or "top level"
        return f"{self.where}:{line}: {key}" if line else f"{self.where}: {key}"


def read_yaml(path: Path) -> Document:
    """Read a YAML mapping.

    :raises ProofsheetError: where the file is none, or a key stands in it twice.
    """
    loader = None
    if os.path.exists(path) and not os.path.isfile(path):
        raise ProofsheetError(f"{path}: not a file; give one")
    try:
        text = path.read_text(encoding="utf-8")
        require(f"{path}:{mistake}" for mistake in _unreadable(text))
        if _depth(text) > DEEPEST:
            raise ProofsheetError(f"{path}: nested more than {DEEPEST} deep; nothing here is")
        loader = SafeLoader(text)
        node = loader.get_single_node()
        found = [*_misread(node, text), *_unbounded(node)]
        require(f"{path}:{mistake}" for mistake in found)
        value = loader.construct_document(node) if node else None
    except OSError as error:
        raise ProofsheetError(f"{path}: {str(error.strerror).lower()}") from None
    except UnicodeDecodeError:
        raise ProofsheetError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:  # a value error is that of a date
        message = " ".join(str(error).split()).replace(' in "<unicode string>",', "")
        message += next((f"; {told}" for sign, told in REMEDIES.items() if sign in message), "")
        mark = getattr(error, "problem_mark", None)
        if "expected ',' or" in message:  # one that is not closed stands far above
            mark = getattr(error, "context_mark", mark)
        line = f":{mark.line + 1}" if mark else ""
        raise ProofsheetError(f"{path}{line}: not valid YAML: {message}") from error
    finally:
        if loader:
            loader.dispose()
    if not isinstance(value, dict):
        raise ProofsheetError(f"{path}: expected a mapping of keys at the top level")
    return Document(value, str(path), node)


def _unreadable(text: str) -> Iterator[str]:
    """Signs that lead YAML astray, which says so elsewhere or in other words."""
    for sign, wrong in (
        (UNMERGED, "a merge of git was left half done; resolve it"),
        (FORBIDDEN, "a control character; remove it"),
        (NO_BREAK, "a no-break space is no space to YAML; write plain ones"),
    ):
        if found := sign.search(text):
            yield f"{text.count(chr(10), 0, found.end()) + 1}: {wrong}"


def typed(text: str, at: str) -> Any:
    """What YAML reads in a text; the text itself where that is no YAML.

    :raises ProofsheetError: where it reads a number as another, or no date.
    """
    try:
        require(
            f"{at}: {mistake.split(': ', 1)[1]}" for mistake in _misread(yaml.compose(text), text)
        )
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError):
        return text


def require(mistakes: Iterable[str]) -> None:
    """Raise :class:`ProofsheetError` with each of them once, unless there are none.

    What stands at an anchor is a mistake of all that share it, and told of the first.
    """
    once: dict[object, str] = {}
    for line in mistakes:
        at = _AT.fullmatch(line)
        once.setdefault(at.group("line", "key", "wrong") if at else line, line)
    if once:
        raise ProofsheetError("\n".join(once.values()))


_AT = re.compile(r"(?P<line>.+?:\d+): (?:[^ :]+\.)?(?P<key>[^ :.]+): (?P<wrong>.+)")


def _depth(text: str) -> int:
    """How deep it nests; the parser that builds nodes would run out of stack."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


def _unbounded(node: yaml.Node | None) -> Iterator[str]:
    """Aliases that stand for themselves, or together for more than anybody writes."""
    sizes: dict[int, int] = {}
    within: set[int] = set()

    def size(one: Any) -> int:
        if not isinstance(one, yaml.CollectionNode):
            return 1
        if id(one) in within:
            raise ValueError(f"{one.start_mark.line + 1}: an alias within what it stands for")
        if id(one) not in sizes:
            within.add(id(one))
            parts = [part for value in one.value for part in _parts(value)]
            sizes[id(one)] = 1 + sum(map(size, parts))
            within.remove(id(one))
        return sizes[id(one)]

    try:
        if size(node) > MOST:
            yield f"1: more than {MOST:,} values, with those that aliases stand for; write fewer"
    except ValueError as error:
        yield str(error)


def _parts(value: Any) -> list[Any]:
    return list(value) if isinstance(value, tuple) else [value]


def _misread(node: yaml.Node | None, text: str) -> Iterator[str]:
    """Keys that stand twice in a mapping, of which YAML lets the second win in silence; keys that
    are no text, such as an unquoted ``{{ name }}``; numbers that are read as others."""
    pending, done = [node], set()
    while pending:
        node = pending.pop()
        if id(node) in done:  # an alias
            continue
        done.add(id(node))
        if isinstance(node, yaml.ScalarNode) and OTHER_NUMBER.get(node.tag, NONE).match(node.value):
            line = node.start_mark.line + 1
            yield (
                f"{line}: {node.value} is read as another number; write it in decimals, or in "
                "quotes where it is text"
            )
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":timestamp"):
            try:
                yaml.safe_load(node.value)
            except ValueError as error:
                line = node.start_mark.line + 1
                yield f"{line}: {node.value}: no date ({error}); correct it, or put it in quotes"
        if isinstance(node, yaml.SequenceNode):
            pending += node.value
        if isinstance(node, yaml.MappingNode):
            seen, before = set(), None
            for key, value in node.value:
                yield from _cut(key, value, before, text)
                before = value
                line = key.start_mark.line + 1
                if not isinstance(key, yaml.ScalarNode):
                    yield f"{line}: a key must be text; put what begins with {{ or [ in quotes"
                elif key.tag.endswith((":bool", ":null")):
                    named = repr(key.value) if key.value else "an empty key"
                    yield f"{line}: {named} is read as no text; put it in quotes"
                elif key.value in seen:
                    yield f"{line}: key {key.value!r} appears twice; remove one"
                seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
                pending.append(value)


def _cut(key: yaml.Node, value: yaml.Node, before: yaml.Node | None, text: str) -> Iterator[str]:
    """Text of which YAML leaves out what stands behind a ``#``, and a number with a comma."""
    if (
        not isinstance(key, yaml.ScalarNode)
        or not isinstance(value, yaml.ScalarNode)
        or value.style
    ):
        return
    if key.value[:1] in CURLY or (value.value[:1] in CURLY and key.value not in WORDS):
        yield f"{key.start_mark.line + 1}: {key.value}: curly quotes; write straight ones"
    line, rest = value.end_mark.line + 1, text[value.end_mark.index :]
    if key.value in WORDS and rest.lstrip(" ").startswith("#"):
        yield f"{line}: {key.value}: # begins a comment; put the text in quotes"
    if not value.value and isinstance(before, yaml.ScalarNode):
        number = f"{before.value},{key.value}"
        if re.fullmatch(r"-?\d+,\d+", number):
            point, whole = number.replace(",", "."), number.replace(",", "")
            either = f" or {whole}" if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", number) else ""
            yield f"{line}: {number}: a comma; write {point}{either}"


def _line(node: yaml.Node | None, place: Place) -> int:
    """The line of the deepest step of a place that the document has; 0 where it has none."""
    found = 0
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == str(step)]
            if not pairs:
                return found
            key, node = pairs[-1]
            found = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and step in range(len(node.value)):
            node = node.value[step]
            found = node.start_mark.line + 1
    return found
