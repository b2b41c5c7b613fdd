"""Benchmarks are run by hand, so a test keeps them running."""

import json
import runpy
import sys
from pathlib import Path

import pytest
import yaml

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SCRIPTS = [BENCHMARKS / f"{name}.py" for name in ("input_pipeline", "job_start", "planning")]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_it_prints_a_line_for_every_contender(script, monkeypatch, capsys):
    module = runpy.run_path(str(script))
    monkeypatch.setitem(module["main"].__globals__, "IMAGES", 256)
    monkeypatch.setitem(module["main"].__globals__, "ROUNDS", 1)
    monkeypatch.setitem(module["main"].__globals__, "SIZES", [1])
    monkeypatch.setattr(sys, "argv", [str(script)])
    module["main"]()
    assert len(capsys.readouterr().out.splitlines()) == 3


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
