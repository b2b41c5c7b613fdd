"""Declarations from YAML or a mapping, and what is wrong with them as lines for a person."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from proofsheet.errors import ProofsheetError

try:  # ten times as fast, and every call of snakemake reads all declarations
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

# Control characters, but for tabs and the ends of lines.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What YAML reads in eights or sixties.
NONE = re.compile(r"(?!)")
OTHER_NUMBER = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?0[0-9_]|.*:"),
    "tag:yaml.org,2002:float": re.compile(r".*:"),
}
# More than any declaration needs, and less than takes time.
DEEPEST, MOST = 50, 200_000
LARGEST = 10**12
# Characters of a value that a message shows.
LONGEST = 80
Model = TypeVar("Model", bound=BaseModel)
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
        if _depth(text) > DEEPEST:
            raise ProofsheetError(f"{path}: nested more than {DEEPEST} deep; nothing here is")
        loader = SafeLoader(text)
        node = loader.get_single_node()
        require(f"{path}:{mistake}" for mistake in [*_misread(node), *_unbounded(node)])
        value = loader.construct_document(node) if node else None
    except OSError as error:
        raise ProofsheetError(f"{path}: {str(error.strerror).lower()}") from None
    except UnicodeDecodeError:
        raise ProofsheetError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:  # a value error is that of a date
        message = " ".join(str(error).split()).replace(' in "<unicode string>",', "")
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ProofsheetError(f"{path}{line}: not valid YAML: {message}") from error
    finally:
        if loader:
            loader.dispose()
    if not isinstance(value, dict):
        raise ProofsheetError(f"{path}: expected a mapping of keys at the top level")
    return Document(value, str(path), node)


def validate(model: type[Model], document: Document) -> Model:
    """Build ``model``; raises :class:`ProofsheetError`, a line for each mistake."""
    try:
        made = model.model_validate(document.value)
    except ValidationError as error:
        raise ProofsheetError("\n".join(explain(error, model, document))) from error
    require(_not_meant(document, document.value, made, ()))
    return made


def validate_options(
    model: type[BaseModel], document: Document, place: Place, name: str
) -> list[str]:
    """Mistakes in the options at a place, held against the arguments of the function that the key
    ``name`` there names.

    Strictly, and as JSON, because that is how they reach the job: ``"3"`` is no number there.
    """
    options = document.value
    for step in place:
        options = options[step]
    options = {key: value for key, value in options.items() if key != name}
    try:
        model.model_validate_json(json.dumps(options, default=str), strict=True)
    except ValidationError as error:
        return explain(error, model, document, place)
    return []


def typed(text: str, at: str) -> Any:
    """What YAML reads in a text; the text itself where that is no YAML.

    :raises ProofsheetError: where it reads a number as another, or no date.
    """
    try:
        require(f"{at}: {mistake.split(': ', 1)[1]}" for mistake in _misread(yaml.compose(text)))
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError):
        return text


def explain(
    error: ValidationError, model: type[BaseModel], document: Document, place: Place = ()
) -> list[str]:
    """A line for each mistake, unknown keys first: a misspelt key is often also a missing one."""
    found = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    lines = [_explain(dict(one), model, document, place) for one in found]
    return list(dict.fromkeys(filter(None, lines)))


def require(mistakes: Iterable[str]) -> None:
    """Raise :class:`ProofsheetError` with all of them, unless there are none."""
    lines = list(mistakes)
    if lines:
        raise ProofsheetError("\n".join(lines))


def _not_meant(document: Document, raw: Any, made: Any, place: Place) -> Iterator[str]:
    """What pydantic takes and a person does not mean: a flag for a number, signs in a text that
    nobody sees."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            part = made.get(key) if isinstance(made, dict) else getattr(made, str(key), None)
            yield from _not_meant(document, value, part, (*place, key))
    elif isinstance(raw, list):
        if isinstance(made, dict):  # a list that stands for all experiments
            made = made.get("*")
        alike = isinstance(made, list | tuple) and len(made) == len(raw)
        for index, value in enumerate(raw):
            yield from _not_meant(document, value, made[index] if alike else None, (*place, index))
    elif isinstance(raw, bool) and isinstance(made, int | float) and not isinstance(made, bool):
        yield f"{document.at(place)}: {str(raw).lower()}: a flag; give a number"
    elif isinstance(raw, int) and abs(raw) > LARGEST:
        yield f"{document.at(place)}: {raw:.3g}: far too large; give a smaller number"
    elif isinstance(raw, str) and UNSEEN.search(raw):
        yield f"{document.at(place)}: {raw!r}: a control character in it; remove it"


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


def _misread(node: yaml.Node | None) -> Iterator[str]:
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
            yield f"{line}: {node.value} is read as another number; write it in decimals"
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":timestamp"):
            try:
                yaml.safe_load(node.value)
            except ValueError as error:
                line = node.start_mark.line + 1
                yield f"{line}: {node.value}: no date ({error}); correct it, or put it in quotes"
        if isinstance(node, yaml.SequenceNode):
            pending += node.value
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
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


def _explain(
    error: dict[str, Any], model: type[BaseModel], document: Document, place: Place
) -> str:
    """One mistake; nothing for one that follows from another."""
    steps = (*place, *_without_tags(document.value, place, error["loc"], error["type"]))
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "value_error":
        steps, message = _below(document.value, steps, message)
    message = message[0].lower() + message[1:]
    at = document.at(steps)
    if error["type"] == "missing":
        return f"{at}: missing; add it"
    if error["type"] == "extra_forbidden":
        known = _field_names(model)
        near = difflib.get_close_matches(str(steps[-1]), known, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]!r}?" if near else "remove it"
        if near == [str(steps[-1])]:
            hint = "it belongs elsewhere; config/README.md tells where"
        return f"{at}: unknown key; {hint}"
    if error["type"] == "union_tag_invalid":
        key = str(error["ctx"]["discriminator"]).strip("'")
        value = error["ctx"]["tag"]
        if key not in (_value_at(document.value, steps) or {}):
            return ""  # taken from elsewhere, where it is told
        at = document.at((*steps, key))
        return f"{at}: {value!r}: expected one of {error['ctx']['expected_tags']}"
    if error["type"] == "union_tag_not_found":
        key = str(error["ctx"]["discriminator"]).strip("'")
        return f"{document.at((*steps, key))}: missing; add it"
    value = error["input"]
    if error["type"] in ("string_type", "invalid_key") and not isinstance(value, dict | list):
        if value is None:
            return f"{at}: missing; give one"
        read = json.dumps(value, default=str)
        return f"{at}: read as {read}, which is no text; put it in quotes"
    if error["type"] in ("model_type", "dict_type", "model_attributes_type"):
        message = "expected a mapping of keys"
    shown = "" if isinstance(value, dict | list) else f"{short(value)}: "
    return f"{at}: {shown}{message}"


def short(value: object) -> str:
    """As a message shows it."""
    shown = repr(value)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _value_at(raw: Any, place: Place) -> Any:
    """What stands at a place; nothing where a document has no such place."""
    for step in place:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def _below(raw: Any, place: Place, message: str) -> tuple[Place, str]:
    """A message that begins with a key below its place is told there: ``batches.1.9: …``."""
    key, colon, rest = message.partition(": ")
    found = _value_at(raw, place)
    steps: list[Any] = []
    for name in key.split("."):
        known = {str(one): one for one in found} if isinstance(found, dict) else {}
        if not colon or name not in known:
            return place, message
        steps.append(known[name])
        found = found[known[name]]
    return (*place, *steps), rest


def _without_tags(raw: Any, place: Place, loc: Place, kind: str) -> Place:
    """A place without the tags that pydantic inserts for unions; of what is missing, its key."""
    for step in place:
        raw = raw[step]
    steps: list[Any] = []
    loc = tuple(step for step in loc if step != "[key]")  # a mistake in a key is told at that key
    for position, step in enumerate(loc):
        last = position == len(loc) - 1 and kind == "missing"
        if isinstance(raw, dict) and (step in raw or last):
            raw = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int):
            raw = raw[step] if step < len(raw) else None
        elif not last:
            continue
        steps.append(step)
    return tuple(steps)


def _field_names(model: type[BaseModel]) -> list[str]:
    """Every key known anywhere in a declaration, for spelling hints."""
    names: set[str] = set()
    pending, done = [model], set()
    while pending:
        current = pending.pop()
        if current in done:
            continue
        done.add(current)
        names.update(current.model_fields)
        for known in current.model_fields.values():
            pending.extend(_models_in(known.annotation))
    return sorted(names)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in getattr(annotation, "__args__", ()) for model in _models_in(arg)]
