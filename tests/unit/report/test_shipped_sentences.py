"""Every sentence that a shipped write-up may say, whatever comes out."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.report.citations import Citations
from proofsheet.report.judgements import Claim
from proofsheet.report.sentences import Sentences
from proofsheet.results.reader import Results
from proofsheet.results.statistics import Estimate

PROJECT = Path(__file__).parents[3]
SENTENCES = [
    (path.stem, name, verdict.replace("_", " "), text)
    for path in sorted((PROJECT / "writeups").glob("*.yaml"))
    for kind in ("claims", "remarks")
    for name, one in yaml.safe_load(path.read_text()).get(kind, {}).items()
    for verdict, text in one["says"].items()
]


@cache
def project():
    return load_project([PROJECT / "config" / "full.yaml"], {}, Folders(PROJECT, PROJECT))


class AnyResults(Results):
    """Kept files in which every metric of every experiment is a half."""

    def estimate(self, experiment, metric):
        return Estimate(0.5, 0.25, 0.75, 3)


def said(writeup, name, verdict):
    # A report is told of the experiments that it borrows, too.
    declared = project().writeups[writeup].model_copy(update={"experiments": project().experiments})
    finding = {"effect": 0.5, "verdict": verdict, "seeds": 3, "beside": False}
    titles = [part.title for part in declared.statements()[name].parts()]
    judged = {name: Claim(name, "", verdict, False, "", dict.fromkeys(titles, finding))}
    citations = Citations(AnyResults([], declared.published), str, "v.csv")
    return Sentences(declared, judged, citations).say(name)


@pytest.mark.parametrize(
    ("writeup", "name", "verdict", "text"),
    SENTENCES,
    ids=["-".join(sentence[:3]).replace(" ", "-") for sentence in SENTENCES],
)
def test_every_outcome_has_a_sentence_with_all_of_its_numbers(writeup, name, verdict, text):
    found = said(writeup, name, verdict)
    numbers = re.findall(r'<a class="value"[^>]*>([^<]*)</a>', found)
    assert len(numbers) == text.count("{")
    assert all(numbers)
    assert not set("{}–") & set("".join(numbers))


def test_every_writeup_says_something():
    assert {writeup for writeup, *_ in SENTENCES} == {
        path.stem for path in (PROJECT / "writeups").glob("*.yaml")
    }
