import re

import jinja2
import pytest

from proofsheet.report import page
from proofsheet.report.page import environment, formula


def test_a_formula_is_an_image_that_says_its_source():
    image = formula(r"\max(0, m - D)^2")
    assert image.startswith('<img class="formula" src="data:image/svg+xml;base64,')
    assert r'alt="\max(0, m - D)^2"' in image


def test_a_formula_has_the_same_bytes_every_time():
    assert formula(r"\frac{1}{2}") == formula(r"\frac{1}{2}")


def test_a_misspelt_name_in_a_template_is_an_error(tmp_path):
    (tmp_path / "fonts").mkdir()
    (tmp_path / "style.css").write_text("")
    (tmp_path / "page.j2").write_text("{{ figuers }}")
    made = _environment_without_fonts(tmp_path)
    with pytest.raises(jinja2.UndefinedError, match="figuers"):
        made.get_template("page.j2").render()


def _environment_without_fonts(folder):
    for face in page.FONT_FACES:
        (folder / "fonts" / f"{face}.woff2").write_bytes(b"")
    return environment(folder)


def test_text_from_a_declaration_is_escaped(tmp_path):
    (tmp_path / "fonts").mkdir()
    (tmp_path / "style.css").write_text("")
    (tmp_path / "page.html.j2").write_text("{{ text }}")
    template = _environment_without_fonts(tmp_path).get_template("page.html.j2")
    assert re.fullmatch("&lt;b&gt;&amp;", template.render(text="<b>&"))
