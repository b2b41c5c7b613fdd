import shlex

import pytest

from proofsheet.declare.job import Commands

OVERRIDES = {"seeds": [0], "train": {"vae_bce": {"epochs": 1}}}


def commands(run, **overrides):
    return Commands(run=run, configfile=f"config/{run}.yaml", overrides=overrides)


@pytest.mark.parametrize(
    ("run", "expected"), [("quick", "make verdicts"), ("full", "make verdicts RUN=full")]
)
def test_a_command_names_every_run_but_the_quick_one(run, expected):
    assert commands(run).make("make verdicts") == expected


def test_a_file_is_made_again_from_the_same_configuration():
    assert commands("mine").again("x.csv") == (
        ".venv/bin/snakemake results/mine/x.csv --force --cores 1 --configfile config/mine.yaml"
    )


def test_a_command_repeats_what_replaced_keys_of_the_file():
    words = shlex.split(commands("quick", **OVERRIDES).again("x.csv"))
    expected = ["--config", "seeds=[0]", 'train={"vae_bce":{"epochs":1}}']
    assert words[-3:] == expected
    (_, _, arguments) = shlex.split(commands("quick", **OVERRIDES).make("make report"))
    assert shlex.split(arguments.removeprefix("ARGS=")) == expected
