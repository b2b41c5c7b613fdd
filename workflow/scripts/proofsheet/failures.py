"""What failed in a build, read from Snakemake's log: where each job's own log is, how it ends."""

import re
from pathlib import Path

# Lines of a log that are shown: an error of ours is one, and a traceback's end says what happened.
SHOWN = 8

_ERROR = re.compile(r"Error in (group|rule) ")
_JOB = re.compile(r"^ *jobid: (\S+)$")
_LOG = re.compile(r"^ *log: (.+) \(check log file")
_FINISHED = re.compile(r"^Finished jobid: (\S+)")


def failures(log: str) -> list[str]:
    """Lines for a person: path and last lines of the logs of all jobs that failed for good.

    :param log: the text of Snakemake's log of this build.
    """
    paths = _failed_logs(log)
    logs = {path: _lines(path) for path in paths if "slurm_logs" not in path}
    # Of jobs that are one job of a cluster, those that say what was wrong speak for the others.
    telling = {path: lines for path, lines in logs.items() if _says_why(lines)}
    # A job that was killed says nothing, and Slurm tells in a log of its own that it did it.
    for path in paths:
        if "slurm_logs" in path:
            telling[path] = [line for line in _lines(path) if line.startswith("slurmstepd")]
    shown = {path: lines for path, lines in telling.items() if lines} or logs
    told = []
    for path, lines in shown.items():
        told += ["", path, *(f"    {line}" for line in lines[-SHOWN:] or ["(empty)"])]
    return ["", "Failed:", *told] if told else []


def _says_why(lines: list[str]) -> bool:
    return any(line.startswith(("ERROR  ", "Traceback")) for line in lines)


def _lines(path: str) -> list[str]:
    file = Path(path)
    if "slurm_logs" in path and not file.exists():
        file = file.parents[1] / file.name  # of an array, the plugin names a folder too many
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:  # the job never began
        return []


def _failed_logs(log: str) -> list[str]:
    """Logs of jobs that failed and did not finish later, their own before the scheduler's."""
    by_job: dict[str, list[str]] = {}
    job = ""
    of_group: list[str] = []
    for line in log.splitlines():
        if _ERROR.search(line):
            job, of_group = "", []
        elif found := _FINISHED.match(line):
            by_job.pop(found[1], None)
        elif found := _JOB.match(line):
            job = found[1]
        elif found := _LOG.match(line):
            paths = found[1].split(", ")
            if job:
                by_job[job] = paths + of_group + by_job.get(job, [])
            else:  # a group's own comes before its jobs
                of_group = paths
    failed = dict.fromkeys(path for paths in by_job.values() for path in paths)
    return sorted(failed, key=lambda path: "slurm_logs" in path)
