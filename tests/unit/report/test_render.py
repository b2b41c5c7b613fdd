from html.parser import HTMLParser

import pytest

from proofsheet.report.render import contents

PAGE = """
<h1 id="top">Title</h1>
<h2 class="plain" id="contents">Contents</h2>
<h2 id="one">First <em>part</em></h2>
<h3 id="below">Below</h3>
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
    assert [target for target, _ in links] == ["#one", "#two"]


def test_contents_say_what_the_headings_say(links):
    assert [" ".join(text.split()) for _, text in links] == ["First part", "Second & last"]


def test_a_page_without_sections_has_no_contents():
    assert contents("<h1>Title</h1>") == ""
