"""The lock files and the conda environments say the same."""

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]


def locked(name):
    """Versions by package that the lock gives to Python 3.11."""
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$", text, re.M)
    return {
        package: version
        for package, version, marker in pins
        if not re.search(r"python_full_version >= '3\.1[2-9]", marker)
    }


@pytest.mark.parametrize("name", ["report", "train"])
def test_conda_environments_pin_what_the_lock_pins(name):
    dependencies = yaml.safe_load((PROJECT / "envs" / f"{name}.yaml").read_text())["dependencies"]
    pins = dict(pin.split("==") for pin in dependencies[-1]["pip"])
    assert len(pins) > 5
    assert pins == {package: locked(name)[package] for package in pins}


@pytest.mark.parametrize(("small", "large"), [("report", "train"), ("train", "test")])
def test_a_larger_lock_holds_the_smaller_one(small, large):
    assert locked(small).items() <= locked(large).items()


def test_drawing_and_rendering_install_no_torch():
    assert not {"torch", "torchvision"} & locked("report").keys()


@pytest.mark.parametrize("path", sorted(PROJECT.glob("requirements/*.txt")), ids=lambda p: p.stem)
def test_locks_hold_hashes_and_no_addresses(path):
    text = path.read_text()
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(re.findall(r"^[a-z]", text, re.M))
