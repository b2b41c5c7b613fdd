"""Markup of a page: what is opened is closed, and links within the page lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

# Elements without an end, and those whose end HTML lets one leave out.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
OPTIONAL = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"}


class Page(HTMLParser):
    """What a page opens and does not close, ids and links."""

    def __init__(self, page: str):
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: dict[str, None] = {}
        self.wrong: dict[str, str] = {}
        self.feed(page)
        self.close()
        self.wrong |= {tag: f"<{tag}> is not closed" for tag in self.open}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID | OPTIONAL:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name == "href" and (value or "").startswith("#"):
                self.links[str(value)] = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # of an SVG

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID | OPTIONAL:
            return
        if tag not in self.open:
            self.wrong[tag] = f"</{tag}> closes nothing"
            return
        while (last := self.open.pop()) != tag:
            self.wrong[last] = f"<{last}> is not closed"


def mistakes(page: str) -> Iterator[tuple[str, str]]:
    """What is wrong, each with the words by which it is found in a template."""
    read = Page(page)
    for tag, wrong in read.wrong.items():
        yield ("</" if wrong.startswith("</") else "<") + tag, f"{wrong}; correct it"
    for link in read.links:
        if link[1:] not in read.ids:
            yield f'"{link}"', f"{link}: nothing of the page has this id; correct it"
    if page.count("<!--") != page.count("-->"):
        yield "<!--", "a comment is not closed; write --> behind it"
