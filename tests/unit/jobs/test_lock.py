import os
import subprocess
import sys
import threading

import pytest

from proofsheet.errors import ProofsheetError
from proofsheet.jobs.lock import Lock, at_work

HOLD = """
import sys; sys.path[:0] = {path!r}
from pathlib import Path
from proofsheet.jobs.lock import Lock, at_work
{hold}
"""
BUILD = 'lock = Lock(Path({root!r})); lock.take(); print("held", flush=True); input()'
JOB = 'with at_work(Path({root!r}, "logs", "train", "a.log")): print("held", flush=True); input()'


@pytest.fixture
def held(tmp_path):
    """Another process that holds a lock until it is told to end."""
    started = []

    def held(hold):
        code = HOLD.format(path=sys.path, hold=hold.format(root=str(tmp_path)))
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield held
    for process in started:
        process.kill()
        process.communicate()


def test_a_second_build_is_refused_and_told_whose_the_first_is(tmp_path, held):
    process = held(BUILD)
    with pytest.raises(ProofsheetError, match=rf"another build .*\(process {process.pid}\)"):
        Lock(tmp_path).take()
    process.kill()
    process.wait()
    lock = Lock(tmp_path)
    lock.take()
    lock.release()


def test_what_was_released_may_be_taken(tmp_path):
    lock = Lock(tmp_path)
    lock.take()
    lock.release()
    other = Lock(tmp_path)
    other.take()
    other.release()


def test_jobs_that_a_killed_build_left_are_waited_for(tmp_path, held):
    (tmp_path / "logs").mkdir()
    job = held(JOB)
    told = []
    lock = Lock(tmp_path)
    taking = threading.Thread(target=lock.take, args=(told.append,))
    taking.start()
    taking.join(0.5)
    assert taking.is_alive()
    job.communicate("\n")
    taking.join(10)
    assert not taking.is_alive()
    assert told == [f"{tmp_path}: waiting for jobs of a build that was killed"]
    lock.release()


def test_jobs_do_not_wait_for_each_other(tmp_path, held):
    (tmp_path / "logs").mkdir()
    held(JOB)
    with at_work(tmp_path / "logs" / "evaluate" / "b.log"):
        pass


def test_a_log_of_no_run_has_no_lock(tmp_path):
    with at_work(tmp_path / "some.log"):
        assert os.listdir(tmp_path) == []


def test_results_that_cannot_be_written_are_one_line(tmp_path):
    (tmp_path / "results").write_text("no folder")
    with pytest.raises(ProofsheetError, match=r"results.*: .*; results need a folder that may be"):
        Lock(tmp_path / "results" / "quick").take()
