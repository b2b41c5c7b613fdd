"""Declarations held against their classes, and what is wrong with them as lines for a person."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from proofsheet.declare.reading import Document, Place, require
from proofsheet.errors import ProofsheetError

# Control characters, but for tabs and the ends of lines; what has no width or turns a line around.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# A number that YAML takes for text.
EXPONENT = re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+")
# More than any declaration needs.
LARGEST = 10**12
# Of what a run says by experiment, one key.
EXAMPLES = {"train": "{epochs: 3}", "resources": "{runtime: 10}", "seeds": "[0, 1, 2]"}
# Keys by whose values pydantic tells classes apart.
DISCRIMINATORS = ("source", "task", "kind")
# Keys that a message lists.
FEW = 16
# Characters of a value that a message shows.
LONGEST = 80
Model = TypeVar("Model", bound=BaseModel)


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


def explain(
    error: ValidationError, model: type[BaseModel], document: Document, place: Place = ()
) -> list[str]:
    """A line for each mistake, unknown keys first: a misspelt key is often also a missing one."""
    found = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    known = _field_names(model)
    at = [_without_tags(document.value, place, one["loc"], one["type"], known) for one in found]
    missing = [steps for steps, one in zip(at, found, strict=True) if one["type"] == "missing"]
    lines: list[str] = []
    answered: set[Place] = set()  # missing keys that one beside them was meant for
    for steps, one in zip(at, found, strict=True):
        if steps in answered and one["type"] == "missing":
            continue
        beside = [str(other[-1]) for other in missing if other[:-1] == steps[:-1]]
        line = _explain(dict(one), (*place, *steps), beside, model, document, bool(place))
        lines.append(line)
        if one["type"] == "extra_forbidden":
            hint = line.rpartition("; ")[2]
            answered |= {(*steps[:-1], key) for key in beside if repr(key) in hint}
    return list(dict.fromkeys(filter(None, lines)))


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


def _explain(
    error: dict[str, Any],
    steps: Place,
    missing: list[str],
    model: type[BaseModel],
    document: Document,
    of_function: bool,
) -> str:
    """One mistake; nothing for one that follows from another. ``missing`` are keys beside it."""
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "value_error":
        steps, message = _below(document.value, steps, message)
    message = message[0].lower() + message[1:]
    at = document.at(steps)
    if error["type"] == "missing":
        return f"{at}: missing; add it"
    if error["type"] == "extra_forbidden":
        return f"{at}: unknown key; {_instead(document.value, steps, missing, model, of_function)}"
    if error["type"] == "union_tag_invalid":
        key = str(error["ctx"]["discriminator"]).strip("'")
        value = error["ctx"]["tag"]
        if key not in (_value_at(document.value, steps) or {}):
            return ""  # taken from elsewhere, where it is told
        at = document.at((*steps, key))
        return f"{at}: {value!r}: expected one of {error['ctx']['expected_tags']}"
    if error["type"] == "union_tag_not_found":
        key = str(error["ctx"]["discriminator"]).strip("'")
        near = difflib.get_close_matches(key, map(str, error["input"]), n=1)
        meant = f"; {near[0]!r} is none of its keys" if near else ""
        return f"{document.at((*steps, key))}: missing; add it{meant}"
    value = error["input"]
    if error["type"] in ("string_type", "invalid_key") and not isinstance(value, dict | list):
        if value is None:
            return f"{at}: missing; give one"
        read = json.dumps(value, default=str)
        return f"{at}: read as {read}, which is no text; put it in quotes"
    if value is None and str(error["type"]).endswith("_type"):
        return f"{at}: empty; give one"
    if error["type"] == "string_pattern_mismatch":
        return f"{at}: {short(value)}: {_unfit(str(value), error['ctx']['pattern'])}"
    if error["type"] in ("model_type", "dict_type", "model_attributes_type"):
        message = f"expected a mapping of keys{_example(error, model)}"
    if isinstance(value, str) and str(error["type"]).startswith(("greater_than", "less_than")):
        message = "no number; write one, or a list as [0, 1, 2]"
    if isinstance(value, str) and error["type"][:5] == "float" and EXPONENT.fullmatch(value):
        message = "text to YAML; write a point and a sign, as in 1.0e-1"
    shown = "" if isinstance(value, dict | list) else f"{short(value)}: "
    return f"{at}: {shown}{message}"


def _instead(
    raw: Any, steps: Place, missing: list[str], model: type[BaseModel], of_function: bool
) -> str:
    """What to do with a key that nothing takes where it stands."""
    key, known = str(steps[-1]), _field_names(model)
    owner = str(next((step for step in reversed(steps[:-1]) if step in known), ""))
    beside = _value_at(raw, steps[:-1]) or {}
    kinds = [known] if of_function else _keys_below(model, owner, beside)
    parents = _parents(model, key)
    if near := difflib.get_close_matches(key, missing, n=1):
        return f"did you mean {near[0]!r}?"
    if len(missing) == 1:
        below = missing[0] in parents
        return f"it belongs under {missing[0]!r}" if below else f"did you mean {missing[0]!r}?"
    if key in known:
        return _belongs(parents, owner)
    for names, cutoff in (([name for kind in kinds for name in kind], 0.7), (known, 0.9)):
        if near := difflib.get_close_matches(key, names, n=1, cutoff=cutoff):
            return f"did you mean {near[0]!r}?"
    longer = [name for name in known if name.startswith(f"{key}_")]
    if len(longer) == 1:
        return f"did you mean {longer[0]!r}?"
    takes = kinds[0] if len(kinds) == 1 else []
    named = model.__name__ if of_function else owner or "it"
    return f"remove it ({named} takes {', '.join(takes)})" if 0 < len(takes) <= FEW else "remove it"


def _belongs(parents: list[str], owner: str) -> str:
    """Where a key is known that is not where it stands."""
    if owner in parents:
        return f"it belongs to another kind of {owner!r}; remove it"
    named = " or ".join(map(repr, parents))
    return f"it belongs under {named}" if parents else "it belongs at the top"


def _unfit(name: str, pattern: str) -> str:
    """What a name has that none may have."""
    letters = "letters" if "A-Z" in pattern else "small letters"
    signs = "_ and -" if "-]" in pattern else "_"
    told = f"a name has {letters} without accents, digits, {signs}"
    others = [sign for sign in name if not re.fullmatch(pattern, f"a{sign}")]
    if name.endswith((".yaml", ".yml")):
        return f"{told}; write it without its ending"
    called = [f"{sign!r} ({unicodedata.name(sign, 'no letter').lower()})" for sign in others[:1]]
    return f"{told}; not {called[0]}" if called else told


def _example(error: dict[str, Any], model: type[BaseModel]) -> str:
    """Of a class its keys; of a mapping by experiment how one is written."""
    known = {one.__name__: one for one in _models(model)}
    of = known.get(error.get("ctx", {}).get("class_name", ""))
    if of:
        return f": {', '.join(of.model_fields)}"
    name = ".".join(map(str, error["loc"]))  # at the top of a run
    return f', as {{"*": {EXAMPLES[name]}}}' if name in EXAMPLES else ""


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


def _without_tags(raw: Any, place: Place, loc: Place, kind: str, known: list[str]) -> Place:
    """A place without the tags that pydantic inserts for unions; of what is missing, its key, and
    the ``known`` keys above that are missing, too."""
    for step in place:
        raw = raw[step]
    steps: list[Any] = []
    loc = tuple(step for step in loc if step != "[key]")  # a mistake in a key is told at that key
    for position, step in enumerate(loc):
        end = position == len(loc) - 1
        last = end and kind == "missing"
        if isinstance(raw, dict) and step in map(raw.get, DISCRIMINATORS) and not end:
            continue  # `source: folder` beside a key `folder`
        absent = last or (kind == "missing" and step in known)
        if isinstance(raw, dict) and (step in raw or absent):
            raw = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int):
            raw = raw[step] if step < len(raw) else None
        elif not last:
            continue
        steps.append(step)
    return tuple(steps)


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A class, and all that a declaration of it is made of."""
    found: dict[type[BaseModel], None] = {}
    pending = [model]
    while pending:
        current = pending.pop()
        if current not in found:
            found[current] = None
            for known in current.model_fields.values():
                pending.extend(_models_in(known.annotation))
    return list(found)


def _field_names(model: type[BaseModel]) -> list[str]:
    """Every key known anywhere in a declaration, for spelling hints."""
    return sorted({name for one in _models(model) for name in one.model_fields})


def _keys_below(model: type[BaseModel], key: str, beside: dict[str, Any]) -> list[list[str]]:
    """Keys that stand below one, of each kind of it that fits those ``beside``; below none, those
    at the top."""
    fields = [one.model_fields[key] for one in _models(model) if key in one.model_fields]
    below = {kind for field in fields for kind in _models_in(field.annotation)} if key else {model}
    return [list(kind.model_fields) for kind in below if _of_kind(kind, beside)]


def _of_kind(model: type[BaseModel], beside: dict[str, Any]) -> bool:
    """Whether a class has the values of the keys that tell it from others."""
    told = {key: beside[key] for key in DISCRIMINATORS if key in beside}
    fields = model.model_fields
    return all(
        key not in fields or value in getattr(fields[key].annotation, "__args__", (value,))
        for key, value in told.items()
    )


def _parents(model: type[BaseModel], key: str) -> list[str]:
    """Under which keys a key is known."""
    found: dict[str, None] = {}
    pending, done = [("", model)], set()
    while pending:
        parent, current = pending.pop(0)
        if key in current.model_fields:
            found[parent] = None
        if current not in done:
            done.add(current)
            for name, known in current.model_fields.items():
                pending += [(name, inside) for inside in _models_in(known.annotation)]
    return list(filter(None, found))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in getattr(annotation, "__args__", ()) for model in _models_in(arg)]
