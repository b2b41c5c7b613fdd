"""What a build that failed in part has to show: the write-ups that are whole."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pandas as pd

from proofsheet.declare.folders import TEMPLATES
from proofsheet.declare.job import IndexJob
from proofsheet.files import write_frame, write_json, write_text
from proofsheet.plan.plan import Plan
from proofsheet.report.render import render_index
from proofsheet.results.manifest import manifest
from proofsheet.results.reader import Results
from proofsheet.verdicts.judge import read_verdicts

if TYPE_CHECKING:
    from proofsheet.jobs.records import Record


def not_made(plan: Plan, failed: dict[str, list[str]]) -> dict[str, str]:
    """By write-up of which a file is not there, why.

    :param failed: the last lines of the log of each job that failed, by its path.
    """
    found = {}
    for name in plan.writeups:
        if gone := [file for file in _files(plan.only([name])) if not Path(file).exists()]:
            found[name] = _reason(gone, failed)
    return found


def show_rest(plan: Plan, why: dict[str, str], made: dict[str, Record]) -> None:
    """Index, verdicts and manifest of all write-ups but those that were not made.

    They are dated older than anything, so that the next build makes them anew.

    :param why: by write-up that was not made, the reason.
    :param made: what all jobs recorded.
    """
    rest = plan.only([name for name in plan.writeups if name not in why])
    verdicts, page = plan.paths.verdicts(), plan.paths.report("index", "html")
    of_each = [pd.read_csv(plan.paths.verdicts(name), dtype=str) for name in rest.writeups]
    write_frame(verdicts, pd.concat(of_each))
    inputs, told = rest.index()
    files = [file for kind in ("cards", "kept", "figures") for file in inputs[kind]]
    job = IndexJob.model_validate_json(told)
    job = job.model_copy(
        update={"not_made": {plan.writeups[name].title: reason for name, reason in why.items()}}
    )
    results = Results(files, own_images=job.own_images)
    write_text(
        page,
        render_index(job, results, read_verdicts(verdicts), [plan.folders.workflow / TEMPLATES]),
    )
    listed = {**manifest(_files(rest), made), **manifest([verdicts, page], {})}
    write_json(plan.paths.manifest(), listed)
    for file in (verdicts, page, plan.paths.manifest()):
        os.utime(file, (0, 0))


def _files(plan: Plan) -> list[str]:
    """All files of a run but those that speak of all its write-ups."""
    of_all = {plan.paths.verdicts(), plan.paths.report("index", "html")}
    return [file for file in plan.manifest().inputs["files"] if file not in of_all]


def _reason(gone: list[str], failed: dict[str, list[str]]) -> str:
    """The end of the log of the first job that failed to make one of these files."""
    names = [set(PurePath(file).with_suffix("").parts) for file in gone]
    for path, lines in failed.items():
        _, _, rest = PurePath(path).with_suffix("").as_posix().partition("/logs/")
        _, *of = rest.split("/")
        if of and any(set(of) <= some for some in names):
            return f"{path}: {(lines or ['(empty)'])[-1].removeprefix('ERROR  ')}"
    return "a job that it hangs on failed, or was not begun"
