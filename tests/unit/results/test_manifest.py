import pytest

from proofsheet.errors import ProofsheetError
from proofsheet.jobs.records import recorded, records
from proofsheet.results.manifest import differences, manifest

# The SHA-256 of "abc", as FIPS 180-2 gives it.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
METRICS = "runs/a/metrics.csv"


@pytest.fixture
def run(tmp_path):
    """A run of one file, which the log of its job records."""
    root = tmp_path / "results" / "quick"
    for file in (root / METRICS, root / "logs" / "evaluate" / "a.log"):
        file.parent.mkdir(parents=True)
    (root / METRICS).write_text("abc")
    line = recorded(str(root / METRICS))
    (root / "logs" / "evaluate" / "a.log").write_text(f"a: 3 metrics\n{line}\n")
    return root


def test_every_file_has_its_digest_by_its_path_below_the_run(run):
    assert manifest([str(run / METRICS)], records(run / "logs")) == {METRICS: ABC}


def test_what_is_not_as_its_job_made_it_is_refused(run):
    (run / METRICS).write_text("abd")
    with pytest.raises(ProofsheetError, match=r"metrics\.csv: changed since .*a\.log.*delete it"):
        manifest([str(run / METRICS)], records(run / "logs"))


def test_a_file_whose_log_is_gone_is_taken_as_it_is(run):
    (run / "logs" / "evaluate" / "a.log").unlink()
    assert manifest([str(run / METRICS)], records(run / "logs")) == {METRICS: ABC}


def test_what_is_as_the_manifest_says_differs_in_nothing(run):
    assert differences({METRICS: ABC}, run) == {}


def test_what_differs_is_named(run):
    (run / METRICS).write_text("abd")
    found = differences({METRICS: ABC, "verdicts.csv": ABC}, run)
    assert found == {METRICS: "changed", "verdicts.csv": "missing"}


def test_a_record_names_the_log_of_its_job(run):
    assert records(run / "logs") == {METRICS: (ABC, run / "logs" / "evaluate" / "a.log")}
