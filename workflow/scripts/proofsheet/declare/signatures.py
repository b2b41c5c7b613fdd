"""What a model or a kind of figure takes, read from the source of its function.

A function's keyword arguments are what YAML may say of it: their names, types and defaults are
read here and nowhere repeated. Nothing is imported, so planning needs neither torch nor matplotlib.
"""

import ast
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field, PositiveFloat, PositiveInt, create_model

from proofsheet.declare import options
from proofsheet.declare.strict import Dropout, Pixels, Share, Strict, Width

LIBRARY = Path(__file__).parents[1]

# A model is a function that takes these by keyword: they come from the data, not the declaration.
FROM_DATA = {"image_shape", "classes"}

# What an annotation of such a function may be made of.
TYPES = {
    **{name: value for name, value in vars(options).items() if not name.startswith("_")},
    "int": Annotated[int, Field(gt=0, le=20_000)],
    **{known.__name__: known for known in (float, str, bool, list, dict, tuple)},
    "Any": Any,
    "Literal": Literal,
    "None": None,
    "PositiveInt": PositiveInt,
    "PositiveFloat": PositiveFloat,
    "Share": Share,
    "Dropout": Dropout,
    "Pixels": Pixels,
    "Width": Width,
}


class Signature(NamedTuple):
    """A function's options, and a module's constants of plain values."""

    options: type[BaseModel]
    constants: dict[str, Any]
    gives: str = ""
    """What a model returns; empty where it does not say."""
    coloured: bool = False
    """Whether a model takes images of three channels alone."""
    least: tuple[str, str] = ("1", "0")
    """Of its options, the pixels a side that a model needs, and to which it resizes by itself."""

    def too_small(self, options: dict[str, Any], side: int) -> int:
        """The pixels a side that a model with these options needs, where ``side`` are fewer."""
        given = self.options(**options).model_dump()
        least, resize = (eval(one, {"__builtins__": {}, "len": len}, given) for one in self.least)
        return least if (resize or side) < least else 0


@cache
def models() -> dict[str, Signature]:
    """By ``<module>.<function>`` under ``proofsheet.models``."""
    found = {}
    for path in sorted((LIBRARY / "models").glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            if {argument.arg for argument in node.args.kwonlyargs} >= FROM_DATA:
                name = f"{path.stem}.{node.name}"
                of_data = {one.arg: _word(one.annotation) for one in node.args.kwonlyargs}
                found[name] = Signature(
                    _options(node, name, FROM_DATA),
                    {},
                    gives=_word(node.returns).removesuffix("nn.Module"),
                    coloured=of_data["image_shape"] == "Coloured",
                    least=_least(node),
                )
    return found


@cache
def takes(task: str) -> str:
    """What the objective of a task calls its model; nothing where it says none."""
    tree = ast.parse((LIBRARY / "tasks" / task / "objective.py").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    terms = [node for node in functions if node.name == "terms"]
    models = [one for node in terms for one in node.args.args if one.arg == "model"]
    return _word(models[0].annotation).removesuffix("nn.Module") if models else ""


@cache
def figure_kinds() -> list[str]:
    """Modules of ``proofsheet.figures`` that draw."""
    paths = (LIBRARY / "figures").glob("[a-z]*.py")
    return sorted(path.stem for path in paths if path.stem != "style")


@cache
def figure(kind: str) -> Signature:
    """What ``draw`` of a module of ``proofsheet.figures`` takes, and the module's constants."""
    tree = ast.parse((LIBRARY / "figures" / f"{kind}.py").read_text(encoding="utf-8"))
    (node,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "draw")
    return Signature(_options(node, kind, set()), _constants(tree))


def _options(node: ast.FunctionDef, name: str, left_out: set[str]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    arguments = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    for argument, default in arguments:
        if argument.arg in left_out:
            continue
        annotation = ast.unparse(argument.annotation) if argument.annotation else "Any"
        known = eval(annotation, {"__builtins__": {}}, TYPES)  # of our own source
        fields[argument.arg] = (known, ... if default is None else ast.literal_eval(default))
    return create_model(name, __base__=Strict, **fields)


def _word(annotation: ast.expr | None) -> str:
    return ast.unparse(annotation) if annotation else ""


def _least(node: ast.FunctionDef) -> tuple[str, str]:
    """From the model's own call of ``require_pixels``."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "require_pixels":
            least, *resize = map(ast.unparse, call.args[2:])
            return least, resize[0] if resize else "0"
    return "1", "0"


def _constants(tree: ast.Module) -> dict[str, Any]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:  # computed
                continue
    return found
