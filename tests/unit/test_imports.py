"""Import discipline as a person meets it; the contracts in pyproject.toml hold it statically."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "plan.code",
        "declare.run",
        "declare.project",
        "figures.loss_curves",
        "tables.build",
        "verdicts",
        "report",
        "report.pdf",
    ],
)
def test_planning_drawing_and_rendering_load_no_torch(module):
    script = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        f"import proofsheet.{module}\n"
        "print([name for name in ('torch', 'sklearn', 'snakemake') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
