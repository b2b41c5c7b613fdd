import base64
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from proofsheet.declare.job import IndexJob
from proofsheet.files import write_json
from proofsheet.report.render import contents, render_index
from proofsheet.verdicts.judge import COLUMNS
from synthetic import printed, read_results, write_experiment

PAGE = """
<h1 id="top">Title</h1>
<h2 class="plain" id="contents">Contents</h2>
<h2 id="one">First <em>part</em></h2>
<h3 id="below">Below</h3>
<details id="folded"><summary><h3>Folded</h3></summary>
<h3>Within it</h3></details>
<details><summary><h3>Without a place</h3></summary></details>
<h2>Without a place</h2>
<div><h2 id="two">Second &amp;
last</h2></div>
"""


class Links(HTMLParser):
    """Targets and texts of all links."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.found.append([dict(attributes)["href"], ""])

    def handle_data(self, data):
        if self.found:
            self.found[-1][1] += data


@pytest.fixture
def links():
    return Links(contents(PAGE)).found


def test_contents_lead_to_every_section_that_has_a_place_and_to_nothing_else(links):
    assert [target for target, _ in links] == ["#one", "#folded", "#two"]


def test_contents_say_what_the_headings_say(links):
    assert [" ".join(text.split()) for _, text in links] == [
        "First part",
        "Folded",
        "Second & last",
    ]


def test_a_page_without_sections_has_no_contents():
    assert contents("<h1>Title</h1>") == ""


# The page that leads to all reports


@pytest.fixture
def index(tmp_path, writeup):
    """``index(template, headline)``: the page, of one write-up with one figure."""
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.5, 0.75]})
    (tmp_path / "figures" / "w").mkdir(parents=True)
    Image.new("RGB", (1120, 560), "white").save(tmp_path / "figures" / "w" / "bars.png")
    write_json(tmp_path / "data" / "mnist.json", {"stand_in": True})
    fonts = Path(__file__).parents[3] / "templates" / "fonts"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "fonts").symlink_to(fonts)
    (tmp_path / "templates" / "style.css").write_text("")

    def index(template, headline="H"):
        (tmp_path / "templates" / "index.html.j2").write_text(template)
        published = {"a": {"loss": printed(epochs={1: 3.0, 2: 0.33}, decimals=3)}}
        told = IndexJob(
            run="quick",
            author={"name": "N"},
            own_images={},
            writeups={"w": writeup(headline=headline, published=published)},
            thumbnails={"w": "bars"},
        )
        verdicts = pd.DataFrame(columns=COLUMNS)
        return render_index(told, read_results(tmp_path), verdicts, [tmp_path / "templates"])

    return index


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("A network.", "A network."),
        ("It reaches {a/test accuracy|.1%}.", "It reaches 62.5%."),
        ("It prints {a[loss]}.", "It prints 0.330."),
    ],
)
def test_a_headline_has_its_numbers(index, headline, expected):
    assert index("{{ writeups[0].headline }}", headline) == expected


def test_a_writeup_is_shown_by_its_first_figure_narrower(index):
    page = index("{{ writeups[0].thumbnail }}")
    (png,) = re.findall("^data:image/png;base64,(.*)$", page)
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        assert image.size == (560, 280)


def test_the_index_names_stand_ins(index):
    assert index("{{ stand_ins|map(attribute='name')|join }}") == "mnist"
