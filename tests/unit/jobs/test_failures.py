import pytest

from proofsheet.jobs.failures import as_lines, failures

# As Snakemake writes it: a job alone, and one in a group that went to Slurm.
ALONE = """
[Sun Nov 22 20:22:05 2026]
Error in rule train_a:
    message: SLURM-job '7' failed, SLURM status is: 'FAILED'.
    jobid: 4
    input: data.npz
    log: a.log{more} (check log file(s) for error details)
"""
GROUP = """
[Sun Nov 22 20:22:05 2026]
    message: Error in group short
    log: slurm_logs/7.log (check log file(s) for error details)
    jobs:
        rule train_a:
            jobid: 0
            output: weights
            log: a.log (check log file(s) for error details)
        rule evaluate_a:
            jobid: 1
            output: metrics
            log: b.log (check log file(s) for error details)
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "slurm_logs").mkdir()
    return tmp_path


def test_the_last_lines_of_a_log_stand_under_its_path(here):
    lines = [f"epoch {number}" for number in range(20)] + ["ERROR  loss is nan"]
    (here / "a.log").write_text("\n".join(lines))
    told = as_lines(failures(ALONE.format(more="")))
    assert told[:4] == ["", "Failed:", "", "a.log"]
    assert told[4:] == [f"    {line}" for line in lines[-8:]]


def test_a_job_that_was_tried_again_and_finished_did_not_fail(here):
    (here / "a.log").write_text("ERROR  once")
    assert failures(ALONE.format(more="") + "Finished jobid: 4 (Rule: train_a)\n") == {}


def test_of_a_group_the_job_that_says_why_is_shown(here):
    (here / "a.log").write_text("trained")
    (here / "b.log").write_text("ERROR  no classifier")
    assert as_lines(failures(GROUP))[3:] == ["b.log", "    ERROR  no classifier"]


def test_what_slurm_killed_is_told_by_slurm(here):
    (here / "a.log").write_text("epoch 3")
    (here / "slurm_logs" / "7.log").write_text(
        "WorkflowError:\nslurmstepd: error: Detected 1 oom-kill event\nsrun: error: task 0\n"
    )
    expected = [
        *("a.log", "    epoch 3", ""),
        *("slurm_logs/7.log", "    slurmstepd: error: Detected 1 oom-kill event"),
    ]
    assert as_lines(failures(GROUP))[3:] == expected
    assert as_lines(failures(ALONE.format(more=", slurm_logs/7.log")))[3:] == expected


def test_the_log_of_a_seed_of_an_array_is_found_where_it_is(here):
    folder = here / "slurm_logs" / "rule_train_a"
    folder.mkdir()
    (folder / "7_2.log").write_text("slurmstepd: error: Exceeded job memory limit\n")
    told = as_lines(failures(ALONE.format(more=", slurm_logs/rule_train_a/1/7_2.log")))
    assert told[3:] == [
        "slurm_logs/rule_train_a/7_2.log",
        "    slurmstepd: error: Exceeded job memory limit",
    ]


def test_where_nobody_says_why_the_last_lines_are_shown(here):
    (here / "a.log").write_text("epoch 3")
    assert as_lines(failures(GROUP))[3:] == ["a.log", "    epoch 3"]
    (here / "a.log").unlink()
    assert as_lines(failures(GROUP))[3:] == ["a.log", "    (empty)", "", "b.log", "    (empty)"]


def test_nothing_failed():
    assert failures("Building DAG of jobs...\n") == {}
