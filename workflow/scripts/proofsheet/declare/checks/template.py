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

from proofsheet.declare.checks.trial import rendered
from proofsheet.declare.folders import TEMPLATES
from proofsheet.declare.validation import short

if TYPE_CHECKING:
    from proofsheet.declare.checks.writeup import Checks
    from proofsheet.declare.writeup import Writeup

REPORT = Path(__file__).parents[2] / "report"
# What looks like a place for a number, and is printed as it stands.
LITERAL = re.compile(r"\{[^{}\n]*[(|/][^{}\n]*\}")
# A page is one file: what it shows stands in it.
OTHER_FILE = re.compile(
    r"""<(?:img|script|link)\b[^>]*\b(?:src|href)=["']?(?!["']|data:|#)([^"'\s>]+)"""
)
IMPORT = 'begin with {% import "macros.html.j2" as show with context %}'
# Those of macros.html.j2 that a template calls.
MACROS = ("figure", "table", "heading", "said", "line", "untested")
# What Jinja gives inside its own blocks.
ALWAYS = {"loop", "caller", "varargs", "kwargs", "self", "super"}


def shown(checks: Checks, name: str) -> Iterator[str]:
    """A line for each mistake in the template of a write-up."""
    folders = checks.declared.folders
    file = folders.file(f"{TEMPLATES}/{name}.html.j2")
    try:
        tree = _parsed(file)
        parents = [_parsed(path) for path in _parents(file, tree, folders.file)]
        used: list[Any] = [*tree.find_all(nodes.Import), *tree.find_all(nodes.Include)]
        for one in used:
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
    # What is nowhere is told first, alone: on trial it would be told again.
    found = set(_mistakes(checks.writeup, tree, parents)) or rendered(
        checks, file, tree, given("names") | given("globals")
    )
    for line, wrong in sorted(found):
        yield f"{file}:{line}: {wrong}"


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
    writeup: Writeup, tree: nodes.Template, parents: list[nodes.Template]
) -> Iterator[tuple[int, str]]:
    """Names that are nowhere and words that cannot be shown, with their lines."""
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
    for part in tree.body:
        if isinstance(part, nodes.Output) and (lost := _lost(part)):
            yield part.lineno, f"{lost} stands outside of all blocks and is lost; put it into one"
    known = {*environment.globals, *given("names"), *given("globals"), *ALWAYS}
    known |= {one.target for one in tree.find_all(nodes.Import)}
    for some in tree.find_all(nodes.FromImport):
        known |= {name if isinstance(name, str) else name[1] for name in some.names}
    known |= {one.name for one in tree.find_all(nodes.Macro)}
    known |= {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}
    for one in tree.find_all(nodes.Name):
        if one.name not in known:
            yield one.lineno, f"nothing is called {one.name!r}; {_meant(one.name, writeup)}"
            known.add(one.name)  # told once


def _lost(part: nodes.Output) -> str:
    """The first words or the expression of what Jinja drops."""
    for one in part.nodes:
        if not isinstance(one, nodes.TemplateData):
            return "what is in double braces"
        if words := one.data.strip("\ufeff \n\t"):
            return short(words.splitlines()[0])
    return ""


def _meant(name: str, writeup: Writeup) -> str:
    """What a name may stand for that nothing has."""
    if name == "show":
        return IMPORT
    for kind, there in (("figures", writeup.figures), ("tables", writeup.tables)):
        if name in there:
            return f"write {kind}.{name}"
    return f"write show.{name}(…)" if name in MACROS else "put words in quotes"


def _put_out(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Words, formulas and exhibits that a page cannot show as they stand."""
    literal = "printed as it stands; a template's braces are double"
    other = "a page loads nothing, neither from beside it nor from the net; declare a figure"
    for words in tree.find_all(nodes.TemplateData):
        for pattern, wrong in ((LITERAL, literal), (OTHER_FILE, other)):
            for found in pattern.finditer(words.data):
                line = words.lineno + words.data[: found.start()].count("\n")
                yield line, f"{found[found.lastindex or 0]}: {wrong}"
    for used in tree.find_all(nodes.Filter):
        latex = used.node.value if isinstance(used.node, nodes.Const) else ""
        if used.name == "formula" and (wrong := _unbalanced(latex)):
            yield used.lineno, f"{wrong} in a formula; write one for each"
        if used.name == "formula" and any(ord(one) < ord(" ") for one in latex):
            yield used.lineno, "a \\ alone is a sign to Jinja; write it twice in a formula"
        if used.name == "formula" and ("$" in latex or r"\begin" in latex):
            yield used.lineno, "a formula needs no $ and no \\begin; write what stands within"
    for call in tree.find_all(nodes.Call):
        name = getattr(call.node, "attr", "")
        of = getattr(getattr(call.args[0], "node", None), "name", "") if call.args else ""
        if name in ("figure", "table") and of in ("figures", "tables") and of != f"{name}s":
            kind = of.removesuffix("s")
            yield call.lineno, f"{name}({of}…): that is a {kind}; show it as one"


def _unbalanced(latex: str) -> str:
    """What LaTeX opens more often than it closes, or less often."""
    words = re.findall(r"\\[a-zA-Z]+|\\.|[{}]", latex)
    for opens, closes in (("{", "}"), (r"\left", r"\right")):
        if words.count(opens) != words.count(closes):
            return f"{words.count(opens)} {opens} and {words.count(closes)} {closes}"
    return ""


def _all(names: Any) -> str:
    return ", ".join(sorted(names))
