"""What pages are made with: Jinja, fonts, style sheet, formulas, the form of numbers."""

import base64
import html
import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from markupsafe import Markup
from PIL import Image
from ziamath.zmath import Latex

from proofsheet.errors import ProofsheetError
from proofsheet.report.numbers import number
from proofsheet.verdicts.rules import MARKS

FONT_FACES = {
    "IBMPlexSerif-Regular": ("Plex Serif", 400, "normal"),
    "IBMPlexSerif-Italic": ("Plex Serif", 400, "italic"),
    "IBMPlexSerif-SemiBold": ("Plex Serif", 600, "normal"),
    "IBMPlexSans-Regular": ("Plex Sans", 400, "normal"),
    "IBMPlexSans-SemiBold": ("Plex Sans", 600, "normal"),
    "IBMPlexMono-Regular": ("Plex Mono", 400, "normal"),
}


# Where fonts go, once it is known what characters they must have.
FONTS = "/* fonts */"
THUMBNAIL = 560  # pixels wide


def render(templates: list[Path], template: str, **names: Any) -> str:
    """A page, with as much of each font as it uses.

    :param templates: folders where a template is looked for, this workflow's last.
    """
    page = environment(templates).get_template(template).render(**names)
    characters = {*html.unescape(page), "•"}  # and what stands before an item of a list
    return page.replace(FONTS, _font_faces(templates[-1] / "fonts", characters), 1)


def environment(templates: list[Path]) -> jinja2.Environment:
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
    made.filters["original"] = original
    made.globals["marks"] = MARKS
    made.globals["verdict_words"] = list(MARKS)
    made.globals["font_faces"] = Markup(FONTS)
    made.globals["style"] = Markup((templates[-1] / "style.css").read_text(encoding="utf-8"))
    return made


def original(dataset: str) -> str:
    """A data set's name as the field writes it: ``cifar10`` is CIFAR-10."""
    return re.sub(r"(?<=[A-Z])(?=\d)", "-", dataset.upper())


def formula(latex: str) -> Markup:
    """Displayed formulas, parted by ``\\qquad``: each an SVG image whose alternative text is its
    LaTeX."""
    one = Markup('<img class="formula" src="{}" alt="{}">')
    parts = [part.strip() for part in latex.split(r"\qquad")]
    shown = Markup(" ").join(
        one.format(svg_uri(Latex(part, size=18).svg()), part) for part in parts
    )
    return Markup('<div class="formulas">{}</div>').format(shown)


def svg_uri(svg: str) -> Markup:
    """A drawing as a part of a page, to a hundredth of a point."""
    paths = re.compile(r' d="[^"]*"')
    shorter = paths.sub(lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    shorter = re.sub(r"data:image/png;base64,([^\"]+)", lambda png: _smaller(png[1]), shorter)
    words = " ".join(shorter[shorter.index("<svg") :].split())
    words = re.sub(r'="([^"\']*)"', r"='\1'", words)  # a quote would be three characters
    return Markup("data:image/svg+xml," + quote(words, safe=" /:=;,.()+-!*'@$?"))


def _smaller(png: str) -> str:
    """A picture, in Base64; an opaque one without what says that it is, grey where it is."""
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        if image.convert("RGBA").getchannel("A").getextrema() != (255, 255):
            return f"data:image/png;base64,{png}"
        colour = image.convert("RGB")
        grey = colour.convert("L")
        packed = io.BytesIO()
        same = colour.tobytes() == grey.convert("RGB").tobytes()
        (grey if same else colour).save(packed, "PNG", optimize=True)
    return data_uri(packed.getvalue(), "image/png")


def data_uri(content: bytes, kind: str) -> str:
    """Content as a part of a page."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def thumbnail(picture: Path) -> bytes:
    """A PNG file, narrower; raises :class:`ProofsheetError` where it is none."""
    try:
        with Image.open(picture) as image:
            whole = image.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise ProofsheetError(f"{picture}: damaged; delete it, and it is drawn again") from error
    size = (THUMBNAIL, THUMBNAIL * whole.height // whole.width)
    narrower = io.BytesIO()
    small = whole.resize(size, Image.Resampling.LANCZOS).quantize(64)
    small.save(narrower, "PNG", optimize=True)
    return narrower.getvalue()


def _font_faces(folder: Path, characters: set[str]) -> str:
    rules = []
    further = [file.stem for file in sorted(folder.glob("*.ttf")) if file.stem not in FONT_FACES]
    faces = {**FONT_FACES, **dict.fromkeys(further, ("Further", 400, "normal"))}
    for file, (family, weight, style) in faces.items():
        uri = data_uri(_subset(folder / f"{file}.ttf", characters), "font/woff2")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
            f"src:url({uri}) format('woff2')}}"
        )
    return "\n".join(rules)


def _subset(font: Path, characters: set[str]) -> bytes:
    """A font, WOFF2, with these characters alone."""
    options = Options(flavor="woff2", layout_features=["kern", "liga", "tnum"])
    loaded = TTFont(font, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(loaded)
    loaded.flavor = "woff2"
    written = io.BytesIO()
    loaded.save(written)
    return written.getvalue()
