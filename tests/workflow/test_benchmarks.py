"""Benchmarks are run by hand, so a test keeps them running."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_the_start_of_a_job_has_a_line_for_every_contender(monkeypatch, capsys):
    module = runpy.run_path(str(BENCHMARKS / "job_start.py"))
    monkeypatch.setitem(module["main"].__globals__, "ROUNDS", 1)
    module["main"]()
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize(
    "command",
    [
        "loops.py logistic_ce ours images=400",
        "loops.py logistic_ce resident images=400",
        "loops.py logistic_ce textbook images=400",
        "snakemake_jobs.py idle ours 1",
        "snakemake_jobs.py touch bare 1",
    ],
)
def test_a_contender_prints_its_seconds(command):
    command = [sys.executable, *f"benchmarks/{command}".split()]
    done = subprocess.run(command, cwd=BENCHMARKS.parent, capture_output=True, text=True)
    assert 0 < float(done.stdout) < 120, done.stderr


def test_a_figure_is_drawn_by_hand(built, tmp_path):
    command = [sys.executable, BENCHMARKS / "draw_figure.py", built.results, tmp_path]
    subprocess.run(command, check=True)
    forms = {"loss_curves.svg", "loss_curves.png", "loss_curves.pdf", "loss_curves.csv"}
    assert {path.name for path in tmp_path.iterdir()} == forms


def test_all_processes_of_a_contender_count(monkeypatch, tmp_path):
    """A grandchild that burns a second of CPU, as those of the warm process do."""
    bench = runpy.run_path(str(BENCHMARKS / "bench.py"))
    burn = "import time\nwhile time.process_time() < 1: pass"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    scope = bench["run"].__globals__
    command = [sys.executable, "-c", start]
    monkeypatch.setitem(scope, "prepared", lambda contender, folder: (tmp_path, command))
    assert bench["run"]("any", tmp_path)["cpu"] > 1


@pytest.mark.parametrize(
    ("bar", "times_faster", "said"),
    [(1, False, "met"), (0.4, False, "missed"), (1, True, "missed"), (0.4, True, "met")],
)
def test_a_row_ends_with_its_ratio_and_whether_its_bar_was_met(
    monkeypatch, capsys, bar, times_faster, said
):
    bench = runpy.run_path(str(BENCHMARKS / "bench.py"))
    pairs = [2, 3, 1, 9, 1.5, 3]  # ours and other in turn: medians of 1.5 and 3
    seconds = iter(reversed(pairs) if times_faster else pairs)
    scope = bench["main"].__globals__
    monkeypatch.setitem(scope, "run", lambda contender, folder: {"wall": next(seconds)})
    row = bench["Row"]("some", "ours", "other", "wall", bar, times_faster, rounds=3)
    monkeypatch.setitem(scope, "rows", lambda: [row])
    monkeypatch.setattr(sys, "argv", ["bench.py", "so"])
    with pytest.raises(SystemExit) as ended:
        bench["main"]()
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split()[-4] == "0.50"
    assert (last.split()[-1], ended.value.code) == (said, said == "missed")


def test_the_plain_script_trains_draws_and_prints(tmp_path, monkeypatch, capsys):
    few = {"source": "embedded", "name": "digits", "limit": {"train": 120, "test": 80}}
    run = {"run": "plain", "writeups": ["verification_vae"], "data": {"mnist": few}}
    run |= {"seeds": {"*": [0]}, "train": {"*": {"epochs": 1}}}
    (tmp_path / "plain.yaml").write_text(yaml.safe_dump(run))
    module = runpy.run_path(str(BENCHMARKS / "plain_script.py"))
    arguments = [str(tmp_path), "--configfile", str(tmp_path / "plain.yaml"), "--threads", "1"]
    monkeypatch.setattr(sys, "argv", ["plain_script.py", *arguments])
    module["main"]()
    parts = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert all(parts[name] > 0 for name in ("data", "train", "evaluate", "figures", "pdf"))
    assert (tmp_path / "verification_vae.pdf").read_bytes().startswith(b"%PDF")
