"""A project in a folder of its own: shipped write-ups, of which a test changes what it wants."""

import copy
import shutil
from pathlib import Path

import pytest
import yaml

from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project

PROJECT = Path(__file__).parents[3]
ORIGINAL = yaml.safe_load((PROJECT / "writeups" / "verification_vae.yaml").read_text())
RUN = {
    "run": "tiny",
    "writeups": ["verification_vae"],
    "data": {"mnist": {"source": "embedded", "name": "digits"}},
}


@pytest.fixture
def load(tmp_path):
    """Load the run ``tiny`` of one write-up after ``change`` to it and ``run`` to the run's file."""
    for part in ("writeups", "templates", "config"):
        (tmp_path / part).mkdir()
    shutil.copy(PROJECT / "config" / "author.yaml", tmp_path / "config")

    def load(change=lambda writeup: None, run=None, overrides=None, text=None):
        writeup = copy.deepcopy(ORIGINAL)
        change(writeup)
        written = text or yaml.dump(writeup, Dumper=yaml.CSafeDumper, sort_keys=False)
        (tmp_path / "writeups" / "verification_vae.yaml").write_text(written)
        file = tmp_path / "config" / "tiny.yaml"
        file.write_text(yaml.safe_dump({**RUN, **(run or {})}, sort_keys=False))
        return load_project([file], overrides, Folders(tmp_path, PROJECT))

    return load
