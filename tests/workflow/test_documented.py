"""What the documents say of the project is so."""

import re
import tomllib
from itertools import pairwise

import pytest

from conftest import PROJECT

DOCUMENTS = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), PROJECT / "config" / "README.md"]


def drawn():
    """Arrows of the drawing in the README: ``a & b --> c`` is two."""
    text = re.search(r"```mermaid\n(.*?)```", (PROJECT / "README.md").read_text(), re.S)[1]
    arrows = set()
    for line in text.splitlines()[1:]:
        stops = [stop.split(" & ") for stop in line.strip().split(" --> ")]
        for before, after in pairwise(stops):
            arrows |= {(one, other) for one in before for other in after}
    return arrows


def test_the_drawn_graph_is_that_of_the_workflow(built):
    """All rules, those of single experiments as one, without arrows that others imply."""
    dot = built.snakemake("--rulegraph", environment={}).stdout
    names = {
        number: re.sub("_.*", "", name) if name.startswith(("train_", "evaluate_")) else name
        for number, name in re.findall(r'^\s*(\d+)\[label = "([^"]+)"', dot, re.M)
    }
    arrows = {(names[one], names[other]) for one, other in re.findall(r"(\d+) -> (\d+)", dot)}
    arrows = {(one, other) for one, other in arrows if one != other}

    def reached(start, without):
        further = {other for one, other in arrows - {without} if one == start}
        return further.union(*(reached(one, without) for one in further))

    assert drawn() == {arrow for arrow in arrows if arrow[1] not in reached(arrow[0], arrow)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document):
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text())
    gone = [one for one in links if "://" not in one and not (document.parent / one).exists()]
    assert gone == []


def test_the_changelog_begins_with_the_version():
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(), re.M)
    assert newest[1] == version
