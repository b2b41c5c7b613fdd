"""Which models exist and what they take, read from their source: planning imports no torch."""

import ast
from functools import cache
from pathlib import Path

# A model is a function that takes these by keyword: they come from the data, not the declaration.
FROM_DATA = {"image_shape", "classes"}


def check_model(name: str, arguments: set[str]) -> None:
    """Raise ``ValueError`` unless ``name`` is ``<module>.<function>`` and takes ``arguments``."""
    models = _models()
    if name not in models:
        raise ValueError(f"no model {name!r}; there are {', '.join(sorted(models))}")
    unknown = sorted(arguments - models[name])
    if unknown:
        takes = ", ".join(sorted(models[name])) or "nothing"
        raise ValueError(f"{name} takes no argument {unknown[0]!r}; it takes {takes}")


@cache
def _models() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((Path(__file__).parent / "models").glob("[a-z]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            names = {arg.arg for arg in node.args.kwonlyargs}
            if names >= FROM_DATA:
                found[f"{path.stem}.{node.name}"] = names - FROM_DATA
    return found
