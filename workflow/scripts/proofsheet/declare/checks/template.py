"""What a template shows is declared: else a build would fail after its last training."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes

from proofsheet.declare.folders import TEMPLATES
from proofsheet.declare.sentence import references

if TYPE_CHECKING:
    from proofsheet.declare.checks.writeup import Checks

REPORT = Path(__file__).parents[2] / "report"
# What looks like a place for a number, and is printed as it stands.
LITERAL = re.compile(r"\{[^{}\n]*[(|/][^{}\n]*\}")
# A page is one file: what it shows stands in it.
OTHER_FILE = re.compile(
    r"""<(?:img|script|link)\b[^>]*\b(?:src|href)=["'](?!data:|https?:|#)([^"']+)"""
)
# The functions and macros of every page that take names, with how many.
TAKE = {
    "value": ("an experiment, a metric and a format", 3),
    "printed": ("an experiment and a printed quantity", 2),
    "said": ("a claim or remark", 1),
    "say": ("a claim or remark", 1),
}
IMPORT = 'begin with {% import "macros.html.j2" as show with context %}'
# What Jinja gives inside its own blocks.
ALWAYS = {"loop", "caller", "varargs", "kwargs", "self", "super"}
# Of what only a build knows.
UNKNOWN = object()


class MissingError(Exception):
    """A step of a path that leads nowhere."""


def shown(checks: Checks, name: str) -> Iterator[str]:
    """A line for each mistake in the template of a write-up."""
    folders = checks.declared.folders
    file = folders.file(f"{TEMPLATES}/{name}.html.j2")
    try:
        tree = _parsed(file)
        parents = [_parsed(path) for path in _parents(file, tree, folders.file)]
        macros = {one.target: _macros(one, folders.file) for one in tree.find_all(nodes.Import)}
        for one in tree.find_all(nodes.Include):
            if isinstance(one.template, nodes.Const):
                _parsed(folders.file(f"{TEMPLATES}/{one.template.value}"))
    except UnicodeDecodeError:
        yield f"{file}: not UTF-8 text; save it as UTF-8"
        return
    except OSError as error:
        own = error.filename == str(file)
        what = "a write-up needs a template of its name" if own else f"{file} names it"
        yield f"{error.filename}: missing; {what}"
        return
    except jinja2.TemplateSyntaxError as error:
        yield f"{error.filename}:{error.lineno}: {str(error.message).rstrip('.')}; correct it"
        return
    if not parents:
        yield f'{file}:1: begin with {{% extends "report.html.j2" %}}, which makes the page'
        return
    for line, wrong in sorted(set(_mistakes(checks, tree, parents, macros))):
        yield f"{file}:{line}: {wrong}"
    headings = dict(_headings(tree))
    for call in tree.find_all(nodes.Call):
        yield from _named(checks, f"{file}:{call.lineno}", call, headings)


def _parsed(file: Path) -> nodes.Template:
    try:
        return _tree(file.read_text(encoding="utf-8"))
    except jinja2.TemplateSyntaxError as error:
        error.filename = str(file)
        raise


@cache  # a write-up's parents and macros are those of the others
def _tree(text: str) -> nodes.Template:
    return jinja2.Environment().parse(text)


def _parents(file: Path, tree: nodes.Template, find: Any) -> list[Path]:
    """The templates that one is a part of, the nearest first."""
    found = [file]
    extended = tree.find(nodes.Extends)
    while extended and isinstance(extended.template, nodes.Const):
        parent = find(f"{TEMPLATES}/{extended.template.value}")
        if parent in found:
            raise jinja2.TemplateSyntaxError("extends itself", extended.lineno, None, str(file))
        found.append(parent)
        extended = _parsed(parent).find(nodes.Extends)
    return found[1:]


def _macros(imported: nodes.Import, find: Any) -> set[str]:
    if not isinstance(imported.template, nodes.Const):
        return set()
    tree = _parsed(find(f"{TEMPLATES}/{imported.template.value}"))
    return {macro.name for macro in tree.find_all(nodes.Macro)}


@cache
def given(kind: str) -> set[str]:
    """What a template has without declaring it, read from where pages are rendered: ``names``,
    ``filters`` or ``globals``."""
    found: set[str] = set()
    for file in ("render.py", "page.py"):
        for node in ast.walk(ast.parse((REPORT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "render":
                found |= {str(one.arg) for one in node.keywords if kind == "names"}
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == f"made.{kind}":
                found.add(ast.literal_eval(node.slice))
    return found


def _mistakes(
    checks: Checks,
    tree: nodes.Template,
    parents: list[nodes.Template],
    macros: dict[str, set[str]],
) -> Iterator[tuple[int, str]]:
    """Names that are nowhere, with their lines."""
    environment = jinja2.Environment()
    blocks = {block.name for parent in parents for block in parent.find_all(nodes.Block)}
    for block in tree.find_all(nodes.Block):
        if block.name not in blocks:
            yield block.lineno, f"no block {block.name!r} to fill; there are {_all(blocks)}"
    filters = {*environment.filters, *given("filters")}
    for used in tree.find_all(nodes.Filter):
        if used.name not in filters:
            own = _all(given("filters"))
            yield used.lineno, f"no filter {used.name!r}; beside Jinja's own there are {own}"
    for imported in tree.find_all(nodes.Import):
        if not imported.with_context:
            yield imported.lineno, "an import without what the page knows; add `with context`"
    yield from _put_out(tree)
    known = {*environment.globals, *given("names"), *given("globals"), *macros, *ALWAYS}
    known |= {one.name for one in tree.find_all(nodes.Macro)}
    known |= {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}
    for one in tree.find_all(nodes.Name):
        if one.name not in known:
            remedy = IMPORT if one.name == "show" else "put words in quotes"
            yield one.lineno, f"nothing is called {one.name!r}; {remedy}"
            known.add(one.name)  # told once
    yield from _paths(checks, tree, macros)
    yield from _shown_twice(tree)


def _shown_twice(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Figures and tables that stand twice, each with the id to which links lead; where a template
    chooses, one of two may."""
    chosen = {
        id(call) for branch in tree.find_all(nodes.If) for call in branch.find_all(nodes.Call)
    }
    lines: dict[str, int] = {}
    for call in tree.find_all(nodes.Call):
        shown = call.args[0] if _name_of(call) in ("figure", "table") and call.args else None
        if isinstance(shown, nodes.Getattr) and id(call) not in chosen:
            what = f"{_name_of(call)} {shown.attr!r}"
            if lines.setdefault(what, call.lineno) != call.lineno:
                yield call.lineno, f"{what} stands in line {lines[what]}, too; show it once"


def _put_out(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Words, formulas and exhibits that a page cannot show as they stand."""
    literal = "printed as it stands; a template's braces are double"
    other = "no file lies beside a page; declare a figure and show that"
    for words in tree.find_all(nodes.TemplateData):
        for pattern, wrong in ((LITERAL, literal), (OTHER_FILE, other)):
            for found in pattern.finditer(words.data):
                line = words.lineno + words.data[: found.start()].count("\n")
                yield line, f"{found[found.lastindex or 0]}: {wrong}"
    for used in tree.find_all(nodes.Filter):
        latex = used.node.value if isinstance(used.node, nodes.Const) else ""
        if used.name == "formula" and (wrong := _unbalanced(latex)):
            yield used.lineno, f"{wrong} in a formula; write one for each"
    for shown in tree.find_all(nodes.Output):
        for one in shown.nodes:
            of = getattr(getattr(one, "node", None), "name", "")
            if isinstance(one, nodes.Getattr | nodes.Getitem) and of in ("figures", "tables"):
                kind = of.removesuffix("s")
                yield one.lineno, f"a {kind} is no text; write show.{kind}(…) around it"


def _paths(
    checks: Checks, tree: nodes.Template, macros: dict[str, set[str]]
) -> Iterator[tuple[int, str]]:
    """Steps from the write-up, its figures and its tables that lead nowhere."""
    writeup = checks.writeup.model_copy(update={"experiments": checks.experiments})
    known: dict[str, Any] = {
        "writeup": writeup,
        "figures": dict.fromkeys(writeup.figures, UNKNOWN),
        "tables": dict.fromkeys(writeup.tables, UNKNOWN),
    }

    def reached(node: nodes.Node) -> Any:
        if isinstance(node, nodes.Name):
            return known.get(node.name, UNKNOWN)
        if isinstance(node, nodes.Getattr):
            return step(reached(node.node), node.attr, node)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return step(reached(node.node), node.arg.value, node)
        return UNKNOWN

    def step(base: Any, name: Any, node: Any) -> Any:
        if base is UNKNOWN:
            return UNKNOWN
        if isinstance(base, dict) and name in base:
            return base[name]
        if isinstance(name, str) and hasattr(base, name):
            return getattr(base, name)
        if isinstance(base, list | tuple) and isinstance(name, int):
            return UNKNOWN
        of = node.node.name if isinstance(node.node, nodes.Name) else node.node.attr
        there = base if isinstance(base, dict) else type(base).model_fields
        raise MissingError(f"{of} has no {name!r}; there are {_all(map(str, there))}")

    for loop in tree.find_all(nodes.For):
        known |= {one.name: UNKNOWN for one in loop.target.find_all(nodes.Name)}
        if isinstance(loop.target, nodes.Name):
            known[loop.target.name] = UNKNOWN
    for node in tree.find_all((nodes.Assign, nodes.Getattr, nodes.Getitem)):
        try:
            if isinstance(node, nodes.Assign):
                if isinstance(node.target, nodes.Name):
                    known[node.target.name] = reached(node.node)
            else:
                reached(node)
        except MissingError as missing:
            yield node.lineno, str(missing)
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            there = macros.get(node.node.name)
            if there and node.attr not in there:
                yield node.lineno, f"{node.node.name} has no {node.attr!r}; there are {_all(there)}"


def _headings(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Macros of a template that hand an argument on as a part, and which it is."""
    for macro in tree.find_all(nodes.Macro):
        takes = [one.name for one in macro.args]
        for call in macro.find_all(nodes.Call):
            name = getattr(call.args[0], "name", "") if call.args else ""
            if _name_of(call) == "heading" and name in takes:
                yield macro.name, takes.index(name)


def _name_of(call: nodes.Call) -> str:
    return getattr(call.node, "attr", getattr(call.node, "name", ""))


def _unbalanced(latex: str) -> str:
    """What LaTeX opens more often than it closes, or less often."""
    words = re.findall(r"\\[a-zA-Z]+|\\.|[{}]", latex)
    for opens, closes in (("{", "}"), (r"\left", r"\right")):
        if words.count(opens) != words.count(closes):
            return f"{words.count(opens)} {opens} and {words.count(closes)} {closes}"
    return ""


def _named(checks: Checks, at: str, call: nodes.Call, headings: dict[str, int]) -> Iterator[str]:
    """What a call names that is not declared, or is of another kind."""
    writeup = checks.writeup
    name = _name_of(call)
    given = [one.value if isinstance(one, nodes.Const) else None for one in call.args]
    if len(given) > headings.get(name, len(given)):
        name, given = "heading", given[headings[name] :]
    first = given[0] if given else None
    takes, count = TAKE.get(name, ("", len(given)))
    if len(given) != count and not (call.kwargs or call.dyn_args or call.dyn_kwargs):
        yield f"{at}: {name} takes {takes}"
    elif name in ("said", "say") and first and first not in writeup.statements():
        yield f"{at}: no claim or remark {first!r}; declare it, or remove it"
    elif name == "heading" and first and first not in writeup.parts:
        yield f"{at}: no part {first!r}; declare it, or remove it"
    elif name == "value" and len(given) == 3 and all(given):
        text = f"{{{given[0]}/{given[1]}|{given[2]}}}"
        try:
            references(text)
        except ValueError as error:
            yield f"{at}: {error}"
            return
        yield from checks.said(at, text, {})
    elif name == "printed" and len(given) == 2 and all(given):
        yield from checks.printed(at, str(given[1]), [str(given[0])])
    elif name in ("figure", "table") and call.args:
        of = getattr(getattr(call.args[0], "node", None), "name", "")
        if of in ("figures", "tables") and of != f"{name}s":
            yield f"{at}: {name}({of}…): that is a {of.removesuffix('s')}; show it as one"


def _all(names: Any) -> str:
    return ", ".join(sorted(names))
