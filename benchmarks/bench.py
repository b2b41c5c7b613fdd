"""One table of ratios: ``make bench``, or ``make bench BENCH=<rows that begin so>``.

Contenders of a row run in turn, round by round, on one machine with one Python; a row gives the
ratio of their medians. The exit status is 0 where every bar was met.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from project import PARTS, PROJECT, copy_project

sys.path.append(str(PROJECT / "workflow" / "scripts"))

from proofsheet.plan.precision import of_processor

# The last commit before the pipeline was made fast.
BEFORE = "7942ce3"
BF16 = of_processor() == "bf16"
PYTHON = sys.executable
# Of rows that draw or print what is there already.
BUILT = PROJECT / "results" / "quick"


class Row(NamedTuple):
    """``what`` of ``ours`` divided by that of ``other`` is at most ``bar``; or the other way round
    at least ``bar``, where ours is to be so many times faster."""

    name: str
    ours: str
    other: str
    what: str
    bar: float
    times_faster: bool = False
    rounds: int = 5


def epoch(experiment: str, contender: str, *given: str) -> str:
    return " ".join(["loop", experiment, contender, *given])


def rows() -> list[Row]:
    found = [
        Row("quick_build", "build", "plain", "wall", 0.75 if BF16 else 0.85, rounds=3),
        Row("quick_build", "build", "plain --threads 1", "cpu", 0.9, rounds=3),
        Row("quick_build_before", "build", "before", "cpu", 0.55, rounds=3),
    ]
    loops = [
        ("fnn", "textbook", 6.5, ("images=60000",)),
        ("fnn", "lightning", 2.3, ("images=60000",)),
        ("verify_triplet", "textbook", 3, ()),
        ("verify_contrastive", "metric_learning", 3, ()),
        ("vae_bce", "textbook", 3, ("images=20000",)),
        ("cnn6", "textbook", 2.5 if BF16 else 1.3, ("images=2000",)),
    ]
    step = ("images=512", "batch_size=64")
    names = ("lenet5", "alexnet", "vgg", "resnet18", "resnet50", "resnet101")
    loops += [(f"svhn_{name}", "textbook", 1.3 if BF16 else 1.0, step) for name in names]
    for experiment, other, bar, given in loops:
        fast = ("precision=bf16",) if BF16 and experiment.startswith(("cnn6", "svhn")) else ()
        ours, against = epoch(experiment, "ours", *given, *fast), epoch(experiment, other, *given)
        found.append(Row(experiment, ours, against, "printed", bar, times_faster=True))
    for experiment, given in (
        ("fnn", "images=60000"),
        ("cnn6", "images=2000"),
        ("logistic_ce", "images=60000"),
    ):
        both = [epoch(experiment, name, *given.split()) for name in ("ours", "resident")]
        found.append(Row(f"{experiment}_resident", both[0], both[1], "printed", 1.1))
    return [
        *found,
        Row("figure", "figure", "draw", "wall", 2.0),
        Row("nothing_to_do", "jobs idle ours 34", "jobs idle bare 34", "printed", 1.3),
        Row("jobs_of_true", "jobs touch ours 590", "jobs touch bare 590", "printed", 1.2, rounds=3),
        Row("pdf", "pdf", "chromium", "wall", 1.5),
    ]


def run(contender: str, folder: Path) -> dict[str, float]:
    """Seconds of wall time, of CPU of all its processes, and what it prints as its last line.

    :param folder: an empty one, for what it writes.
    """
    where, command = prepared(contender, folder)
    # A child of its own, so that its CPU time, and that of all that it waited for, is told apart.
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=where, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode().splitlines()
    if process.returncode:
        raise SystemExit("\n".join([f"{contender}: exit status {process.returncode}", *said[-20:]]))
    found = {"wall": time.perf_counter() - started, "cpu": usage.ru_utime + usage.ru_stime}
    with suppress(IndexError, ValueError):
        found["printed"] = float(said[-1])
    return found


def prepared(contender: str, folder: Path) -> tuple[Path, list[str]]:
    """Where a contender's command runs, and the command; a build has a copy of the project."""
    name, *given = contender.split()
    if name == "loop":
        return PROJECT, [PYTHON, "benchmarks/loops.py", *given]
    if name == "jobs":
        return PROJECT, [PYTHON, "benchmarks/snakemake_jobs.py", *given]
    if name == "plain":
        return PROJECT, [PYTHON, "benchmarks/plain_script.py", str(folder), *given]
    if name in ("build", "before"):
        where = folder / "project"
        where.mkdir()
        if name == "before":
            archive = ["git", "archive", BEFORE, *PARTS]
            done = subprocess.run(archive, cwd=PROJECT, check=True, capture_output=True)
            subprocess.run(["tar", "x"], cwd=where, check=True, input=done.stdout)
        else:
            copy_project(where)
        build = ["--cores", "all", "--quiet", "all", "--configfile", "config/config.yaml"]
        return where, [PYTHON, "-m", "snakemake", *build]
    if not (BUILT / "manifest.json").exists():
        raise SystemExit(f"{name}: {BUILT} holds no build; make it with: make report")
    if name == "figure":
        return PROJECT, ["make", "figure", "FIGURE=verification_vae/loss_curves"]
    if name == "draw":
        return PROJECT, [PYTHON, "benchmarks/draw_figure.py", str(BUILT), str(folder)]
    pages = sorted(str(page) for page in (BUILT / "reports").glob("*_*.html"))
    return PROJECT, [PYTHON, "benchmarks/print_pages.py", name, str(folder), *pages]


def main() -> None:
    chosen = [row for row in rows() if row.name.startswith(sys.argv[1] if sys.argv[1:] else "")]
    if not chosen:
        raise SystemExit(
            f"BENCH={sys.argv[1]}: no such row; choose of: {sorted({r.name for r in rows()})}"
        )
    print(
        f"{'row':<20} {'against':<44} {'':<7} {'ours':>8} {'other':>8} {'ratio':>6}  bar",
        flush=True,
    )
    missed = 0
    measured: dict[str, list[dict[str, float]]] = {}
    for row in chosen:
        for number in range(row.rounds):
            for contender in (row.ours, row.other):
                if len(measured.setdefault(contender, [])) <= number:
                    with tempfile.TemporaryDirectory() as folder:
                        measured[contender].append(run(contender, Path(folder)))
        ours, other = (
            statistics.median(one[row.what] for one in measured[contender])
            for contender in (row.ours, row.other)
        )
        ratio = other / ours if row.times_faster else ours / other
        met = ratio >= row.bar if row.times_faster else ratio <= row.bar
        missed += not met
        numbers = f"{ours:8.2f} {other:8.2f} {ratio:6.2f}"
        bar = f"{'≥' if row.times_faster else '≤'} {row.bar} {'met' if met else 'missed'}"
        against = row.other.removeprefix("loop ")
        if "bf16" in row.ours:
            against += ", ours in bf16"
        print(f"{row.name:<20} {against:<44} {row.what:<7} {numbers}  {bar}", flush=True)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
