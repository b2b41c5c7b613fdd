"""Whatever stands at whatever place of a declaration: it is taken, or refused in lines that name the
place, in no time and with nothing left behind."""

import copy
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError

from .conftest import ORIGINAL, PROJECT, RUN

FULL_RUN = {
    **RUN,
    "seeds": {"*": [0]},
    "train": {"vae_bce": {"epochs": 1}},
    "resources": {"*": {"runtime": 5}},
    "author": {"name": "A", "id": "1"},
    "root": "data",
    "source_url": "https://example.org/{commit}/{path}",
}
WRONG = [
    True,
    None,
    -1,
    10**12,
    float("nan"),
    [],
    {},
    "../x",
    "/x",
    "a{b}",
    "mn(ist",
    "<b>",
    "\0",
    "x" * 300,
    {"a": 1},
    [True],
]


def places(value, place=()):
    """All places of a declaration, the document itself left out."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in items:
        yield (*place, key)
        if isinstance(part, dict | list):
            yield from places(part, (*place, key))


def with_(document, place, value):
    changed = copy.deepcopy(document)
    part = changed
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    return changed


@pytest.fixture(scope="module")
def attempt(tmp_path_factory):
    """Load a run and a write-up; the lines that refuse it, none where it is taken."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "writeups").mkdir()
    (folder / "config").mkdir()
    (folder / "templates").symlink_to(PROJECT / "templates")
    (folder / "writeups" / "recovered").symlink_to(PROJECT / "writeups" / "recovered")

    def attempt(run=FULL_RUN, writeup=ORIGINAL):
        dump = {"sort_keys": False, "Dumper": yaml.CSafeDumper}
        (folder / "writeups" / "verification_vae.yaml").write_text(yaml.dump(writeup, **dump))
        (folder / "config" / "tiny.yaml").write_text(yaml.dump(run, **dump))
        begun = time.monotonic()
        try:
            load_project([folder / "config" / "tiny.yaml"], {}, Folders(folder, PROJECT))
        except ProofsheetError as error:
            return str(error).splitlines()
        finally:
            assert time.monotonic() - begun < 5
        return []

    return attempt


# Words of any kind, and places that nobody looks into while planning.
FREE = {"title", "course", "text", "caption", "alt", "where", "says", "assumptions", "licence"}
FREE |= {"author", "root", "source_url", "headline", "yaxis", "xlabel", "ylabel", "format"}


@pytest.mark.parametrize("place", [*places(FULL_RUN)], ids=lambda place: ".".join(map(str, place)))
def test_a_run_is_taken_or_refused_at_the_place(attempt, place):
    for value in WRONG:
        lines = attempt(run=with_(FULL_RUN, place, value))
        assert all("tiny.yaml" in line or "verification_vae.yaml" in line for line in lines), lines
        if value is True or value == [True] or value == "\0":
            assert lines, value


# What the run replaces is not looked into.
REPLACED = ("experiments", "vae_bce", "train", "epochs")
WRITEUP_PLACES = [place for place in places(ORIGINAL) if len(place) > 1 and place != REPLACED]


@pytest.mark.parametrize("number", range(400))
def test_a_writeup_is_taken_or_refused_at_the_place(attempt, number):
    place = WRITEUP_PLACES[number * len(WRITEUP_PLACES) // 400]
    value = WRONG[number % len(WRONG)]
    lines = attempt(writeup=with_(ORIGINAL, place, value))
    # Of data that the run does not have, the run's file is the place.
    assert all("verification_vae.yaml" in line or "tiny.yaml" in line for line in lines), lines
    # A mistake in one place may be told at what reads it.
    if value == "../x" and not FREE.intersection(place):
        assert any("../x" in line for line in lines)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.sampled_from([*places(ORIGINAL)]), value=ANYTHING)
def test_anything_at_any_place_is_taken_or_refused_in_lines(attempt, place, value):
    assert isinstance(attempt(writeup=with_(ORIGINAL, place, value)), list)
