import base64
import html
import io
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import jinja2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from proofsheet.report.page import (
    data_uri,
    environment,
    formula,
    original,
    render,
    svg_uri,
    thumbnail,
)

FONTS = Path(__file__).parents[3] / "templates" / "fonts"


def drawing(uri):
    """The root element of a drawing that is a part of a page."""
    kind, _, written = uri.partition(",")
    assert kind == "data:image/svg+xml"
    return ElementTree.fromstring(unquote(written))


def test_a_formula_is_an_image():
    (uri,) = re.findall(r'<img class="formula" src="([^"]*)"', formula(r"\max(0, m - D)^2"))
    assert drawing(html.unescape(uri)).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_formula_says_its_source():
    assert r'alt="\max(0, m - D)^2"' in formula(r"\max(0, m - D)^2")


def test_a_formula_has_the_same_bytes_every_time():
    assert formula(r"\frac{1}{2}") == formula(r"\frac{1}{2}")


SVG = """<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">
<svg width="1.23456">
 <path d="M 1.23456 -0.98765
L 2.5 1e-05 z" id="d"/>
 <text fill="#fff">100% &amp; "1.23456"</text>
</svg>
"""


def test_a_drawing_is_told_without_what_ends_an_attribute_or_an_address():
    assert not set('"<>#\n') & set(svg_uri(SVG))


def test_quotes_around_attributes_are_those_that_an_address_may_have():
    assert svg_uri(SVG).count("%22") == 2  # those of its words


def test_a_drawing_keeps_its_words_and_colours():
    text = drawing(svg_uri(SVG)).find("text")
    assert (text.text, text.get("fill")) == ('100% & "1.23456"', "#fff")


def test_paths_are_drawn_to_a_hundredth():
    assert drawing(svg_uri(SVG)).find("path").get("d") == "M 1.23 -0.98 L 2.5 1e-05 z"


def test_what_is_no_path_keeps_its_digits():
    assert drawing(svg_uri(SVG)).get("width") == "1.23456"


@pytest.mark.parametrize("alpha", [255, 100])
def test_pictures_within_a_drawing_keep_what_shows_through(alpha):
    picture = io.BytesIO()
    Image.new("RGBA", (2, 1), (200, 100, 0, alpha)).save(picture, "PNG")
    svg = f'<svg><image href="{data_uri(picture.getvalue(), "image/png")}"/></svg>'
    kept = re.search("base64,([^'\"]+)", unquote(svg_uri(svg)))[1]
    with Image.open(io.BytesIO(base64.b64decode(kept))) as image:
        assert image.convert("RGBA").getpixel((0, 0)) == (200, 100, 0, alpha)


# Templates


@pytest.fixture
def folder(tmp_path):
    """``folder(template)``: a folder with one template, a style sheet and the project's fonts."""
    (tmp_path / "fonts").symlink_to(FONTS)
    (tmp_path / "style.css").write_text("p > em { color: red }")

    def written(template):
        (tmp_path / "page.html.j2").write_text(template)
        return tmp_path

    return written


def shown(folder, **names):
    """A page before it has its fonts."""
    return environment([folder]).get_template("page.html.j2").render(**names)


def test_a_misspelt_name_in_a_template_is_an_error(folder):
    with pytest.raises(jinja2.UndefinedError, match="figuers"):
        shown(folder("{{ figuers }}"))


def test_text_from_a_declaration_is_escaped(folder):
    assert shown(folder("{{ text }}"), text="<b>&") == "&lt;b&gt;&amp;"


def test_a_page_has_its_style_sheet(folder):
    assert shown(folder("{{ style }}")) == "p > em { color: red }"


# Fonts

PAGE = "<style>{{ font_faces }}</style><p>Żółw ±{{ number }}</p>"


@pytest.fixture
def page(folder):
    return render([folder(PAGE)], "page.html.j2", number=7)


def fonts(page):
    """The fonts of a page, by family, weight and style."""
    rules = re.findall(
        r"font-family:'([^']+)';font-weight:(\d+);font-style:(\w+);"
        r"src:url\(data:font/woff2;base64,([^)]+)\)",
        page,
    )
    return {tuple(rule[:3]): TTFont(io.BytesIO(base64.b64decode(rule[3]))) for rule in rules}


def test_a_page_has_a_font_for_each_face(page):
    assert set(fonts(page)) == {
        ("Plex Serif", "400", "normal"),
        ("Plex Serif", "400", "italic"),
        ("Plex Serif", "600", "normal"),
        ("Plex Sans", "400", "normal"),
        ("Plex Sans", "600", "normal"),
        ("Plex Mono", "400", "normal"),
    }


def test_each_font_has_what_the_page_says(page):
    assert all(set("Żółw ±7") <= characters(font) for font in fonts(page).values())


def test_no_font_has_what_the_page_does_not_say(page):
    assert all(not set("8QŁ") & characters(font) for font in fonts(page).values())


def characters(font):
    return set(map(chr, font.getBestCmap()))


def test_fonts_have_the_same_bytes_every_time(page, folder):
    assert render([folder(PAGE)], "page.html.j2", number=7) == page


# Thumbnails


@pytest.mark.parametrize(("size", "expected"), [((1120, 400), (560, 200)), ((280, 70), (560, 140))])
def test_a_thumbnail_has_one_width_and_the_shape_of_its_picture(tmp_path, size, expected):
    Image.new("RGB", size, "white").save(tmp_path / "figure.png")
    with Image.open(io.BytesIO(thumbnail(tmp_path / "figure.png"))) as small:
        assert (small.format, small.size) == ("PNG", expected)


def test_a_thumbnail_shows_its_picture(tmp_path):
    picture = Image.new("RGBA", (1120, 560), "white")
    picture.paste("black", (0, 0, 560, 560))
    picture.save(tmp_path / "figure.png")
    with Image.open(io.BytesIO(thumbnail(tmp_path / "figure.png"))) as small:
        shown = small.convert("L")
        assert (shown.getpixel((140, 140)), shown.getpixel((420, 140))) == (0, 255)


@pytest.mark.parametrize(
    ("name", "expected"), [("cifar10", "CIFAR-10"), ("mnist", "MNIST"), ("svhn", "SVHN")]
)
def test_a_data_set_is_called_as_the_field_calls_it(name, expected):
    assert original(name) == expected


def test_a_character_written_as_an_entity_is_in_the_fonts_too(tmp_path):
    for file in ("style.css", "fonts"):
        (tmp_path / file).symlink_to(FONTS.parent / file)
    (tmp_path / "a.html.j2").write_text("{{ font_faces }}&Omega;")
    page = render([tmp_path], "a.html.j2")
    font = re.search(r"font/woff2;base64,([^)]+)", page)[1]
    assert ord("Ω") in TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()


def test_formulas_beside_each_other_are_images_of_their_own():
    found = re.findall(r'alt="([^"]*)"', formula(r"a + b \qquad c"))
    assert found == ["a + b", "c"]
