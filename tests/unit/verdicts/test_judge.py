import io

import pandas as pd
import pytest
from rich.console import Console

from proofsheet.declare.job import VerdictsJob
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.judge import COLUMNS, changed, judge_writeup, read_verdicts
from proofsheet.verdicts.terminal import print_verdicts
from synthetic import SAYS, printed, read_results, write_experiment


def row(**keys):
    blank = dict.fromkeys(COLUMNS)
    common = {"writeup": "w", "statement": "claim", "measure": "m", "stand_in": False}
    numbers = dict.fromkeys(("effect", "low", "high", "measured", "published"), float("nan"))
    return {**blank, **common, **numbers, "beside": False, "agree": 2, "seeds": 3, **keys}


VERDICTS = pd.DataFrame(
    [
        # A claim is recorded as a whole, and so are printed numbers.
        row(name="same", verdict="inconclusive", overall="confirmed", recorded="confirmed"),
        row(name="other", verdict="confirmed", overall="confirmed", recorded="contradicted"),
        row(name="other", measure="n", verdict="confirmed", overall="confirmed",
            recorded="contradicted"),
        row(name="new", verdict="confirmed", overall="confirmed"),
        row(name="elsewhere", verdict="confirmed", overall="confirmed", recorded="contradicted",
            stand_in=True),
        row(name="told", statement="remark", verdict="confirmed", overall="confirmed"),
        row(name="a/loss", statement="published", measure="epoch 1", verdict="not reproduced",
            overall="near", recorded="reproduced", printed="1.0"),
        row(name="a/loss", statement="published", measure="epoch 2", verdict="reproduced",
            overall="near", recorded="reproduced", printed="1.0"),
        row(name="a/loss", statement="curve", verdict="near", overall="near",
            recorded="reproduced", effect=0.125),
    ],
    columns=COLUMNS,
)  # fmt: skip


def test_what_differs_from_the_record_is_found():
    found = changed(VERDICTS)
    assert list(zip(found.name, found.overall, strict=True)) == [
        ("other", "confirmed"),
        ("a/loss", "near"),
    ]


def test_the_terminal_shows_every_verdict_and_what_differs():
    console = Console(record=True, width=120, file=io.StringIO())
    assert print_verdicts(VERDICTS, console) == 2
    text = console.export_text()
    assert "differs from the record: w: other: now confirmed, recorded contradicted" in text
    assert "differs from the record: w: a/loss: now near, recorded reproduced" in text
    assert "3 verdicts compared with the record, 2 differ; 1 speak of a stand-in" in text
    assert "told" not in text  # what is said beside claims has no verdict
    assert "×✓" in text  # one mark for each number of a curve
    assert "0.125 on average" in text


def verdicts_job(**parts):
    nothing = {key: {} for key in ("claims", "remarks", "published", "titles", "datasets")}
    return VerdictsJob.model_validate({**nothing, **parts})


def test_a_writeup_without_claims_and_numbers_has_no_verdict(tmp_path):
    comparability = Comparability({}, [], len)
    found = judge_writeup("w", verdicts_job(), read_results(tmp_path), comparability)
    assert list(found.columns) == COLUMNS
    assert found.empty


@pytest.fixture
def judged(tmp_path):
    """One claim, one remark and one published number of an experiment."""
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.5, 0.6]})
    metric = {"split": "test", "quantity": "accuracy"}
    part = {"kind": "threshold", "title": "m", "experiment": "a", **metric, "above": 0}
    statement = {"says": SAYS, "measures": [part]}
    published = {"a": {"accuracy": printed(value=0.55, scale="share", measured=metric)}}
    results = read_results(tmp_path, published)
    told = verdicts_job(
        claims={"x": {"text": "", "evidence": "", **statement}},
        remarks={"y": statement},
        published=published,
        titles={"a": "A"},
        datasets={"a": "mnist"},
    )
    return judge_writeup("w", told, results, Comparability(told.datasets, [], len))


def test_claims_come_before_remarks_and_published_numbers_after_them(judged):
    assert judged[["writeup", "statement", "name"]].to_numpy().tolist() == [
        ["w", "claim", "x"],
        ["w", "remark", "y"],
        ["w", "published", "a/accuracy"],
    ]


@pytest.mark.parametrize("column", ["agree", "seeds"])
def test_counts_are_whole_numbers_in_the_file(judged, column):
    assert judged[:1].to_csv(columns=[column], index=False) == f"{column}\n2\n"


@pytest.mark.parametrize("column", ["beside", "stand_in"])
def test_what_is_yes_or_no_is_never_empty(judged, column):
    assert judged[column].tolist() == [False, False, False]


def test_numbers_as_printed_stay_text_in_the_file(tmp_path):
    path = tmp_path / "verdicts.csv"
    pd.DataFrame([row(name="a/loss", statement="published", printed="0.330")]).to_csv(path)
    assert list(read_verdicts(path).printed) == ["0.330"]
