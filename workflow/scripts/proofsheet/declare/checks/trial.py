"""A page on trial: rendered while planning, with stand-ins for what only a build finds out."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup
from pydantic import BaseModel

from proofsheet.declare.checks import markup
from proofsheet.declare.folders import TEMPLATES, Folders
from proofsheet.declare.sentence import references

if TYPE_CHECKING:
    from proofsheet.declare.checks.writeup import Checks

VERDICTS = ("confirmed", "contradicted", "inconclusive", "not comparable")
NO_TEXT = {type(None): "nothing", dict: "a mapping", Macro: "a macro"}
# What a template may ask of a figure or table, and of a claim.
EXHIBIT = ("name", "number", "caption", "path", "command", "body", "small", "anchor", "wide")
BODY = {"figure": ("src", "alt"), "table": ("columns", "rows")}
CLAIM = ("name", "text", "verdict", "stand_in", "evidence", "findings", "few_seeds")


class Anything:
    """What only a build finds out. Whatever is asked of it is as unknown; it is 1 where a number is
    wanted, and true or false as it is told to be."""

    def __init__(self, true: bool):
        self._true = true

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self

    def items(self) -> list[tuple[Any, Any]]:
        return [(self, self)]

    def __iter__(self) -> Iterator[Any]:
        return iter([self])

    __reversed__ = __iter__

    def __len__(self) -> int:
        return int(self._true)

    def __bool__(self) -> bool:
        return self._true

    def __contains__(self, _: Any) -> bool:
        return self._true

    def __int__(self) -> int:
        return 1

    __index__ = __int__

    def __float__(self) -> float:
        return 1.0

    def __str__(self) -> str:
        return "1"

    __html__ = __str__

    def __format__(self, _: str) -> str:
        return "1"

    __hash__ = object.__hash__


def _as_unknown(self: Anything, *_: Any) -> Anything:
    return self


def _compared(self: Anything, _: Any) -> bool:
    return self._true


for _name in ("getitem", "neg", "pos", "abs", "round"):
    setattr(Anything, f"__{_name}__", _as_unknown)
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(Anything, f"__{_name}__", _as_unknown)
    setattr(Anything, f"__r{_name}__", _as_unknown)
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Anything, f"__{_name}__", _compared)


# What may stand for a name: one, or what only a build finds out.
TEXT = (str, Anything)


class Missing(jinja2.StrictUndefined):
    """What is nowhere, with what there is instead."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing:
            return self._undefined_hint or f"nothing is called {self._undefined_name!r}"
        of = self._undefined_obj
        there = of if isinstance(of, dict) else {**getattr(of, "__dict__", {})}
        there = {**there, **(getattr(of, "model_extra", None) or {})}
        known = ", ".join(sorted(str(one) for one in there if str(one)[:1] != "_")) or "none"
        return f"has no {self._undefined_name!r}; there are {known}"


class Exhibit(dict[str, Any]):
    """A figure or table as a template knows it."""

    def __init__(self, kind: str, unknown: Anything, **known: Any):
        super().__init__({**dict.fromkeys(EXHIBIT, unknown), **known})
        self.kind = kind


class Links(dict[str, Any]):
    """The code links of a write-up's parts."""

    def __init__(self, parts: Any, trial: Trial):
        super().__init__(dict.fromkeys(parts, trial.unknown))
        self.trial = trial

    def __getitem__(self, name: Any) -> Any:
        if name in self:
            self.trial.once(f"heading {name!r}")
        elif not isinstance(name, Anything | jinja2.Undefined):
            self.trial.told(f"no part {name!r}; declare it, or remove it")
        return self.trial.unknown


class Trial:
    """One rendering of a write-up's page, in which every claim has the same verdict."""

    def __init__(self, checks: Checks, file: Path, names: set[str], verdict: str, true: bool):
        self.checks, self.file = checks, file
        self.unknown = Anything(true)
        self.found: list[tuple[int, str]] = []
        self.shown: dict[str, int] = {}
        writeup = checks.writeup.model_copy(update={"experiments": checks.experiments})
        claim = {**dict.fromkeys(CLAIM, self.unknown), "verdict": verdict}
        exhibits = {
            kind: {
                name: Exhibit(
                    kind,
                    self.unknown,
                    name=name,
                    number=getattr(one, "number", None),
                    caption=one.caption,
                    body=dict.fromkeys(BODY[kind], self.unknown),
                )
                for name, one in declared.items()
            }
            for kind, declared in (("figure", writeup.figures), ("table", writeup.tables))
        }
        self.names: dict[str, Any] = {
            **dict.fromkeys(names, self.unknown),
            "writeup": writeup,
            "author": checks.declared.run.author,
            "figures": exhibits["figure"],
            "tables": exhibits["table"],
            "claims": {
                name: {**claim, "name": name, "evidence": one.evidence}
                for name, one in writeup.claims.items()
            },
            "links": Links(writeup.parts, self),
            "value": self.value,
            "printed": self.printed,
            "say": self.say,
            "mark": self.mark,
        }

    def told(self, wrong: str) -> None:
        """Keep a mistake, at the line of the template that is being rendered."""
        self.found.append((self._line(), wrong))

    def value(self, *given: Any, **named: Any) -> Any:
        if named or len(given) != 3 or not all(isinstance(one, TEXT) for one in given):
            raise TypeError("value takes an experiment, a metric and a format, all in quotes")
        if all(isinstance(one, str) for one in given):
            text = "{{{}/{}|{}}}".format(*given)
            references(text)
            self._said(self.checks.said("", text, {}))
        return self.unknown

    def printed(self, *given: Any, **named: Any) -> Any:
        if named or len(given) != 2 or not all(isinstance(one, TEXT) for one in given):
            raise TypeError("printed takes an experiment and a printed quantity, both in quotes")
        if all(isinstance(one, str) for one in given):
            self._said(self.checks.printed("", given[1], [given[0]]))
        return self.unknown

    def say(self, name: Any) -> Any:
        if name not in self.checks.writeup.statements():
            self.told(f"no claim or remark {str(name)!r}; declare it, or remove it")
        return self.unknown

    def mark(self, shown: Any) -> None:
        """What a macro shows stands once, with the id to which links lead."""
        if isinstance(shown, Exhibit):
            self.once(f"{shown.kind} {shown['name']!r}")
        elif not isinstance(shown, Anything | jinja2.Undefined):
            raise TypeError("no figure or table; write figures.<name> or tables.<name>")

    def once(self, what: str) -> None:
        """What has an id stands once."""
        if what in self.shown:
            self.told(f"{what} stands in line {self.shown[what]}, too; show it once")
        self.shown.setdefault(what, self._line())

    def _said(self, wrong: Iterator[str]) -> None:
        for one in wrong:
            self.told(one.removeprefix(": "))

    def _line(self) -> int:
        frame: FrameType | None = sys._getframe()
        while frame and frame.f_code.co_filename != str(self.file):
            frame = frame.f_back
        if frame is None:
            return 1
        return frame.f_globals["__jinja_template__"].get_corresponding_lineno(frame.f_lineno)


def rendered(
    checks: Checks, file: Path, tree: nodes.Template, names: set[str]
) -> set[tuple[int, str]]:
    """Mistakes that show when a write-up's template is rendered, with their lines.

    It is rendered once for each verdict, and what only a build finds out is true in one half of
    the renderings, so that what a template chooses by is seen either way.

    :param names: what a page has.
    """
    made = _environment(checks.declared.folders)
    found: set[tuple[int, str]] = set()
    for verdict, true in zip(VERDICTS, cycle([True, False]), strict=False):
        trial = Trial(checks, file, names, verdict, true)
        try:
            page = made.get_template(file.name).render(trial.names)
            found |= set(_marked(file.read_text(encoding="utf-8"), page))
        except Exception as error:  # whatever a template's expressions raise
            line = _line_of(error.__traceback__, file)
            told = line in {at for at, _ in trial.found}  # and failed for that
            if not told and (wrong := _wrong(error, tree, line)):
                found.add((line, wrong))
        found |= set(trial.found)
    return found


def _marked(text: str, page: str) -> Iterator[tuple[int, str]]:
    """Mistakes in the markup of a page that a template's own words make, at the last of these."""
    for words, wrong in markup.mistakes(page):
        if (place := text.rfind(words)) >= 0:
            yield text.count("\n", 0, place) + 1, wrong


@cache  # what all write-ups' pages are made of is compiled once
def _environment(folders: Folders) -> jinja2.Environment:
    """As pages are rendered, but for formulas and fonts, which take their time."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folders.own / TEMPLATES, folders.workflow / TEMPLATES]),
        autoescape=True,
        undefined=Missing,
        finalize=_put_out,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "formula": Markup,
        "number": number,
        "original": lambda name: str(name).upper(),
    }
    return made


def _put_out(value: Any) -> Any:
    """What stands in double braces; raises :class:`TypeError` for what would be Python's own words
    on the page."""
    if isinstance(value, Exhibit):
        raise TypeError(f"a {value.kind} is no text; write show.{value.kind}(…) around it")
    if value is None or isinstance(value, dict | BaseModel | Macro):
        raise TypeError(f"{NO_TEXT.get(type(value), 'this')} is no text; name what of it to show")
    return value


def number(value: float, spec: str) -> str:
    if math.isnan(value):
        return "–"
    return format(float(value), spec.removesuffix("p") + "%" * spec.endswith("p"))


def _line_of(traceback: TracebackType | None, file: Path) -> int:
    line = 1
    while traceback:
        if traceback.tb_frame.f_code.co_filename == str(file):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _wrong(error: Exception, tree: nodes.Template, line: int) -> str:
    """What is told of an error; nothing where it comes from a stand-in that knows no better."""
    words = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if Anything.__name__ in words or "unpack" in words:
        return ""
    if not words.startswith("has no "):
        return words if ";" in words else f"{words}; correct it"
    of = "this"
    steps: list[Any] = [*tree.find_all(nodes.Getattr), *tree.find_all(nodes.Getitem)]
    for step in steps:
        name = step.attr if isinstance(step, nodes.Getattr) else getattr(step.arg, "value", "")
        if step.lineno == line and repr(name) in words:
            of = getattr(step.node, "name", getattr(step.node, "attr", of))
    return f"{of} {words}"
