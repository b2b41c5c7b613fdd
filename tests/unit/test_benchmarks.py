"""Benchmarks are run by hand, so a test keeps them running."""

import runpy
import sys
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[2] / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_it_prints_a_line_for_every_contender(script, monkeypatch, capsys):
    module = runpy.run_path(str(script))
    monkeypatch.setitem(module["main"].__globals__, "IMAGES", 256)
    monkeypatch.setitem(module["main"].__globals__, "ROUNDS", 1)
    monkeypatch.setitem(module["main"].__globals__, "SIZES", [1])
    monkeypatch.setattr(sys, "argv", [str(script)])
    module["main"]()
    assert len(capsys.readouterr().out.splitlines()) == 3
