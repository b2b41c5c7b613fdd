"""Planning a build: this project against a bare Snakefile with the same jobs and files.

Both plan in the same folder, a copy of the project without results. The bare Snakefile has a rule
for each of ours with nothing but inputs and outputs, and looks its inputs up in a dictionary; so
the ratio is the cost of what this project adds to Snakemake: reading and checking declarations,
input functions, params.

    .venv/bin/python benchmarks/planning.py 100 1000    # numbers of trainings
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[1]
PARTS = ["Snakefile", "config", "envs", "profiles", "templates", "workflow", "writeups"]
ROUNDS = 3
SIZES = [100, 1000]

BARE = """
import json

with open({jobs!r}) as file:
    RULES = json.load(file)

wildcard_constraints:
    dataset="[^/]+", experiment="[^/]+", writeup="[^/]+", figure="[^/]+", table="[^/]+",
    seed="[0-9]+",

rule all:
    input: RULES["all"]["jobs"][""]
"""
RULE = """
rule {name}:
    input: lambda wildcards: RULES[{name!r}]["jobs"]["/".join(wildcards)]
    output: RULES[{name!r}]["output"]
    shell: "true"
"""


def dump(configfile: str, jobs: str) -> None:
    """Write inputs and output patterns of every planned job; run inside the copy."""
    from snakemake.api import SnakemakeApi
    from snakemake.settings.types import ConfigSettings, OutputSettings, ResourceSettings

    with SnakemakeApi(OutputSettings(quiet={"all"})) as api:
        workflow = api.workflow(
            ResourceSettings(cores=1),
            config_settings=ConfigSettings(configfiles=[Path(configfile)]),
            snakefile=Path("Snakefile"),
        )
        workflow.dag().execute_workflow(executor="dryrun")
        rules = {}
        for job in workflow._workflow.dag.jobs:
            patterns = [str(pattern) for pattern in job.rule.output]
            rule = rules.setdefault(job.rule.name, {"output": patterns, "jobs": {}})
            rule["jobs"]["/".join(job.wildcards)] = [str(path) for path in job.input]
    Path(jobs).write_text(json.dumps(rules))


def plan(folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one dry run."""
    command = [sys.executable, "-m", "snakemake", "--dry-run", "--quiet", "all", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    with process.stderr as stream:
        errors = stream.read()
    _, status, usage = os.wait4(process.pid, 0)  # the one wait that tells the peak of memory
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(errors)
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print(f"{'trainings':>10} {'jobs':>7} {'':>6} {'ours':>9} {'bare':>9} {'ratio':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for part in PARTS:
                copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy2
                copy(PROJECT / part, folder / part)
            config = yaml.safe_load((folder / "config" / "config.yaml").read_text())
            experiments = sum(
                len(yaml.safe_load(path.read_text())["experiments"])
                for path in (folder / "writeups").glob("*.yaml")
            )
            seeds = max(1, round(size / experiments))
            configfile = "config/many.yaml"
            many = {**config, "run": "many", "seeds": {"*": list(range(seeds))}}
            (folder / configfile).write_text(yaml.safe_dump(many))
            script = [sys.executable, str(Path(__file__).resolve()), "--dump", configfile]
            subprocess.run([*script, "jobs.json"], cwd=folder, check=True, capture_output=True)
            rules = json.loads((folder / "jobs.json").read_text())
            text = BARE.format(jobs="jobs.json")
            text += "".join(RULE.format(name=name) for name in rules if name != "all")
            (folder / "bare.smk").write_text(text)

            runs = {"ours": ["--configfile", configfile], "bare": ["--snakefile", "bare.smk"]}
            found = {name: min(plan(folder, *runs[name]) for _ in range(ROUNDS)) for name in runs}
        jobs = sum(len(rule["jobs"]) for rule in rules.values())
        for what, unit, place in (("time", "s", 0), ("memory", "MB", 1)):
            ours, bare = found["ours"][place], found["bare"][place]
            print(
                f"{seeds * experiments:>10,} {jobs:>7,} {what:>6} "
                f"{ours:>6.1f} {unit:<2} {bare:>6.1f} {unit:<2} {ours / bare:>6.2f}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--dump"]:
        dump(*sys.argv[2:])
    else:
        main()
