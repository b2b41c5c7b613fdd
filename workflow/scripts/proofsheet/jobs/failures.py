"""What failed in a build, read from Snakemake's log: where each job's own log is, how it ends."""

import re
from pathlib import Path

# Lines of a log that are shown: an error of ours is one, and a traceback's end says what happened.
SHOWN = 8

_ERROR = re.compile(r"Error in (group|rule) ")
_JOB = re.compile(r"^ *jobid: (\S+)$")
_LOG = re.compile(r"^ *log: (.+) \(check log file")
_FINISHED = re.compile(r"^Finished jobid: (\S+)")


def failures(log: str) -> dict[str, list[str]]:
    """The last lines of the logs of all jobs that failed for good, by path.

    :param log: the text of Snakemake's log of this build.
    """
    own, slurm = _failed_logs(log)
    logs = {path: _lines(path) for path in own}
    # Of jobs that are one job of a cluster, those that say what was wrong speak for the others.
    shown = {path: lines for path, lines in logs.items() if _says_why(lines)} or {
        path: lines for path, lines in logs.items() if lines
    }
    # A job that was killed cannot say it; Slurm does, in a log of its own.
    for path in slurm:
        if lines := [line for line in _lines(path) if line.startswith("slurmstepd")]:
            shown[path] = lines
    return {path: lines[-SHOWN:] or ["(empty)"] for path, lines in (shown or logs).items()}


def as_lines(failed: dict[str, list[str]]) -> list[str]:
    """The same, for a person."""
    told = []
    for path, lines in failed.items():
        told += ["", path, *(f"    {line}" for line in lines)]
    return ["", "Failed:", *told] if told else []


def _says_why(lines: list[str]) -> bool:
    return any(line.startswith(("ERROR  ", "Traceback")) for line in lines)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:  # the job never began
        return []


def _failed_logs(log: str) -> tuple[list[str], list[str]]:
    """Logs of jobs that failed and did not finish later: their own, and Slurm's."""
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
    failed = list(dict.fromkeys(path for paths in by_job.values() for path in paths))
    slurm = [path for path in failed if "slurm_logs" in path]
    return [path for path in failed if path not in slurm], [_where_it_is(path) for path in slurm]


def _where_it_is(path: str) -> str:
    """Of an array, the plugin names a folder too many."""
    file = Path(path)
    return path if file.exists() else str(file.parents[1] / file.name)
