"""The workflow used from other folders and by other workflows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import PROJECT, TINY, copy_parts

FIGURE = "results/tiny/figures/verification_vae/vae_loss_gaps.svg"
PARTS = ["Snakefile", "LICENSE", "config", "envs", "profiles", "templates", "workflow", "writeups"]
IMPORT = """
module proofsheet:
    snakefile: {snakefile!r}
    config: {config!r}

use rule * from proofsheet as their_*

rule mine:
    default_target: True
    input: {figure!r}
    output: "figure.txt"
    shell: "sha256sum < {{input}} > {{output}}"
"""


def run(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "snakemake", *arguments, "--cores", "2"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def snakemake(folder, *arguments, **environment):
    done = run(folder, *arguments, **environment)
    assert done.returncode == 0, done.stderr[-3000:]


def test_a_build_of_another_folder_gives_the_same_bytes(built_small, tmp_path):
    """Its configuration is there; library, write-ups, templates and author are the workflow's."""
    folder = tmp_path / "my folder"
    folder.mkdir()
    (folder / "config").mkdir()
    shutil.copy(built_small.folder / "config" / "tiny.yaml", folder / "config")
    where = ("-s", built_small.folder / "Snakefile", "-d", folder)
    snakemake(tmp_path, *where, "--configfile", folder / "config" / "tiny.yaml")
    built_here = (folder / "results" / "tiny" / "manifest.json").read_text()
    assert built_here == (built_small.results / "manifest.json").read_text()


def test_another_workflow_imports_the_rules_and_uses_a_figure(built, tmp_path):
    snakefile = str(built.folder / "Snakefile")
    words = IMPORT.format(snakefile=snakefile, config=TINY, figure=FIGURE)
    (tmp_path / "Snakefile").write_text(words)
    snakemake(tmp_path)
    assert (tmp_path / FIGURE).read_bytes() == (built.folder / FIGURE).read_bytes()
    assert (tmp_path / "figure.txt").exists()


@pytest.mark.parametrize("key", ['prefix: "theirs"', 'replace_prefix: {"results/": "theirs/"}'])
def test_a_module_that_moves_paths_is_refused(tmp_path, key):
    words = IMPORT.format(snakefile=str(PROJECT / "Snakefile"), config=TINY, figure=FIGURE)
    words = words.replace("    config:", f"    {key}\n    config:")
    (tmp_path / "Snakefile").write_text(words)
    done = run(tmp_path, "--dry-run")
    assert done.returncode == 1
    assert "prefix: paths of this workflow cannot be moved" in done.stdout


@pytest.fixture
def hosted(tmp_path):
    """An environment in which git finds a repository of the project at an address of a host."""
    repository = tmp_path / "hosted"
    repository.mkdir()
    copy_parts(PROJECT, repository, PARTS)
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@b.c")
    for words in (("init", "--quiet"), ("add", "."), ("commit", "-qm", "One"), ("tag", "v1")):
        subprocess.run([*git, *words], cwd=repository, check=True)
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/someone/proofsheet",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def test_snakedeploy_deploys_it_from_a_host(built, hosted, tmp_path):
    folder = tmp_path / "deployed"
    folder.mkdir()
    deploy = ["deploy-workflow", "https://github.com/someone/proofsheet", ".", "--tag", "v1"]
    subprocess.run(
        [Path(sys.executable).parent / "snakedeploy", *deploy],
        cwd=folder,
        env={**os.environ, **hosted},
        check=True,
    )
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "config.yaml").write_text(yaml.safe_dump(TINY, sort_keys=False))
    snakemake(folder, FIGURE, **hosted)
    assert (folder / FIGURE).read_bytes() == (built.folder / FIGURE).read_bytes()
