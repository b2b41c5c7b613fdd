"""What pages are made with: Jinja, fonts, style sheet, formulas, the form of numbers."""

import base64
from pathlib import Path

import jinja2
from markupsafe import Markup
from ziamath.zmath import Latex

from proofsheet.report.numbers import number
from proofsheet.verdicts.rules import MARKS, VERDICTS

FONT_FACES = {
    "IBMPlexSerif-Regular": ("Plex Serif", 400, "normal"),
    "IBMPlexSerif-Italic": ("Plex Serif", 400, "italic"),
    "IBMPlexSerif-SemiBold": ("Plex Serif", 600, "normal"),
    "IBMPlexSans-Regular": ("Plex Sans", 400, "normal"),
    "IBMPlexSans-SemiBold": ("Plex Sans", 600, "normal"),
    "IBMPlexMono-Regular": ("Plex Mono", 400, "normal"),
}


def environment(templates: Path) -> jinja2.Environment:
    """The environment in which every page is rendered."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,  # a misspelt name fails instead of leaving a gap
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["formula"] = formula
    made.filters["number"] = number
    made.globals["marks"] = MARKS
    made.globals["verdict_words"] = VERDICTS
    made.globals["font_faces"] = Markup(_font_faces(templates / "fonts"))
    made.globals["style"] = Markup((templates / "style.css").read_text(encoding="utf-8"))
    return made


def formula(latex: str) -> Markup:
    """A displayed formula as an SVG image whose alternative text is its LaTeX."""
    svg = Latex(latex, size=18).svg()
    uri = data_uri(svg.encode(), "image/svg+xml")
    return Markup('<img class="formula" src="{}" alt="{}">').format(uri, latex)


def data_uri(content: bytes, kind: str) -> str:
    """Content as a part of a page."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _font_faces(folder: Path) -> str:
    rules = []
    for file, (family, weight, style) in FONT_FACES.items():
        uri = data_uri((folder / f"{file}.woff2").read_bytes(), "font/woff2")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
            f"src:url({uri}) format('woff2')}}"
        )
    return "\n".join(rules)
