"""Reading YAML and turning validation failures into one line for a person."""

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from proofsheet.errors import ProofsheetError

try:  # ten times as fast, and every call of snakemake reads all declarations
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

Model = TypeVar("Model", bound=BaseModel)


class _UniqueKeyLoader(SafeLoader):
    """YAML itself lets the second of two equal keys win, silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise yaml.YAMLError(f"key {key!r} appears twice, again in line {line}")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML mapping; raises :class:`ProofsheetError` where the file is none."""
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        raise ProofsheetError(f"{path}: not valid YAML: {message}") from error
    if not isinstance(value, dict):
        raise ProofsheetError(f"{path}: expected a mapping of keys at the top level")
    return value


def validate(model: type[Model], raw: Any, where: str | Path) -> Model:
    """Build ``model`` from ``raw``, or raise one line: file, key, value, what was expected."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        # A misspelt key is also a missing one; the misspelling is what helps.
        errors = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        first, more = errors[0], len(errors) - 1
        also = f" (and {more} more)" if more else ""
        raise ProofsheetError(f"{where}: {_explain(model, raw, dict(first))}{also}") from error


def _explain(model: type[BaseModel], raw: Any, error: dict[str, Any]) -> str:
    key = _key(raw, error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    if error["type"] == "missing":
        return f"{key}: missing; add it"
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), _field_names(model), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "; remove it"
        return f"{key}: unknown key{hint}"
    if error["type"] == "union_tag_invalid":
        key += "." + str(error["ctx"]["discriminator"]).strip("'")
        value = error["ctx"]["tag"]
        return f"{key}: {value!r}: expected one of {error['ctx']['expected_tags']}"
    value = error["input"]
    shown = "" if isinstance(value, dict | list) else f"{value!r}: "
    return f"{key}: {shown}{message}"


def _key(raw: Any, loc: tuple[Any, ...]) -> str:
    """Dotted key without the tags that pydantic inserts for unions."""
    parts: list[str] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(raw, dict) and (step in raw or last):
            raw = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int):
            raw = raw[step]
        elif not last:
            continue
        parts.append(str(step))
    return ".".join(parts) or "top level"


def _field_names(model: type[BaseModel]) -> list[str]:
    """Every key name known anywhere in the declarations, for spelling hints."""
    names: set[str] = set()
    pending, done = [model], set()
    while pending:
        current = pending.pop()
        if current in done:
            continue
        done.add(current)
        names.update(current.model_fields)
        for field in current.model_fields.values():
            pending.extend(_models_in(field.annotation))
    return sorted(names)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in getattr(annotation, "__args__", ()) for model in _models_in(arg)]
