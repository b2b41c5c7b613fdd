import errno
import gc
import logging
import re
import subprocess
import sys

import pytest

from proofsheet.errors import ProofsheetError
from proofsheet.jobs.job import job


def test_bad_input_is_one_line_and_a_failure(tmp_path):
    log = tmp_path / "logs" / "a.log"

    def fail():
        with job(log) as logger:
            logger.info("starting")
            raise ProofsheetError("a.png: not a readable image; replace it")

    with pytest.raises(SystemExit, match="1"):
        fail()
    assert log.read_text().splitlines() == [
        "starting",
        "ERROR  a.png: not a readable image; replace it",
    ]


def test_a_bug_keeps_its_traceback(tmp_path):
    with pytest.raises(SystemExit), job(tmp_path / "a.log"):
        raise KeyError("oops")
    assert "Traceback" in (tmp_path / "a.log").read_text()


def test_what_a_job_reads_and_somebody_changed_is_named_and_no_bug(tmp_path):
    read, log = tmp_path / "runs" / "a" / "metrics.csv", tmp_path / "logs" / "evaluate" / "a.log"
    read.parent.mkdir(parents=True)
    read.write_text("0,loss\n")
    with job(log, made=[str(read)]):
        pass
    read.write_text("0-loss\n")
    with pytest.raises(SystemExit), job(tmp_path / "logs" / "b.log", reads=[str(read)]):
        raise ValueError("invalid literal for int(): '0-loss'")
    assert (tmp_path / "logs" / "b.log").read_text() == (
        f"ERROR  {read}: changed since it was made ({log}); to make it again, delete it\n"
    )


def full(how):
    error = OSError(errno.ENOSPC, "No space left on device", "results/a.csv")
    if how == "said by the system":
        raise error
    if how == "in a library's words":
        raise RuntimeError("I/O error: No space left on device (os error 28)")
    try:
        raise error
    except OSError as cause:
        raise ValueError("cannot write") from cause


@pytest.mark.parametrize("how", ["said by the system", "in a library's words", "below another"])
def test_a_full_disk_is_one_line(tmp_path, how):
    with pytest.raises(SystemExit), job(tmp_path / "a.log"):
        full(how)
    (line,) = (tmp_path / "a.log").read_text().splitlines()
    assert re.fullmatch(r"ERROR  (results/a\.csv: )?no space left on the disk; free some, .*", line)


def test_what_the_library_tells_stands_in_the_log(tmp_path):
    with job(tmp_path / "a.log"):
        logging.getLogger("proofsheet.train.checkpoint").info("going on after epoch 4")
    assert (tmp_path / "a.log").read_text() == "going on after epoch 4\n"


def test_what_is_told_after_a_job_is_not_in_its_log(tmp_path):
    with job(tmp_path / "a.log"):
        pass
    logging.getLogger("proofsheet.train.checkpoint").info("of another job")
    assert (tmp_path / "a.log").read_text() == ""


def test_the_garbage_collector_works_again_in_a_job(tmp_path):
    gc.disable()
    with job(tmp_path / "a.log"):
        assert gc.isenabled()


def test_a_job_with_torchvision_ends_without_a_word(tmp_path):
    script = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "import torchvision\n"
        "from proofsheet.jobs.job import job\n"
        f"with job({str(tmp_path / 'a.log')!r}): pass\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_a_job_says_stands_in_its_log_alone(tmp_path, monkeypatch):
    """Some library may have told Python to print what is logged."""
    printed = logging.Handler()
    monkeypatch.setattr(printed, "emit", lambda record: pytest.fail(record.getMessage()))
    monkeypatch.setattr(logging.root, "handlers", [printed])
    with job(tmp_path / "a.log") as logger:
        logger.info("wrote a.png")
