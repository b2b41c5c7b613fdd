"""This project's rules against a bare Snakefile of the same jobs and files:
``snakemake_jobs.py idle|touch ours|bare <trainings>``.

Prints the seconds of a build whose every job only touches its outputs (``touch``), or of one that
finds all of them there (``idle``). The bare Snakefile has a rule for each of ours with nothing but
inputs and outputs, and looks its inputs up in a dictionary; so the ratio is the cost of what this
project adds to Snakemake: reading and checking declarations, input functions, params.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from project import copy_project

CONFIG = "config/many.yaml"
SCRIPT = re.compile(r'script:\s+"[^"]+"')
TOUCH = 'shell: "touch {output}"'

BARE = """
import json

with open("jobs.json") as file:
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
    shell: "touch {{output}}"
"""


def dump() -> None:
    """Write inputs and output patterns of every planned job; run inside the copy."""
    from snakemake.api import SnakemakeApi
    from snakemake.settings.types import ConfigSettings, OutputSettings, ResourceSettings

    with SnakemakeApi(OutputSettings(quiet={"all"})) as api:
        workflow = api.workflow(
            ResourceSettings(cores=1),
            config_settings=ConfigSettings(configfiles=[Path(CONFIG)]),
            snakefile=Path("Snakefile"),
        )
        workflow.dag().execute_workflow(executor="dryrun")
        rules = {}
        for job in workflow._workflow.dag.jobs:
            patterns = [str(pattern) for pattern in job.rule.output]
            rule = rules.setdefault(job.rule.name, {"output": patterns, "jobs": {}})
            rule["jobs"]["/".join(job.wildcards)] = [str(path) for path in job.input]
    Path("jobs.json").write_text(json.dumps(rules))


def prepare(folder: Path, contender: str, trainings: int) -> list[str]:
    """A copy of the project, or the Snakefile of its jobs; the command that builds it."""
    copy_project(folder)
    config = yaml.safe_load((folder / "config" / "config.yaml").read_text())
    writeups = (folder / "writeups").glob("*.yaml")
    experiments = sum(len(yaml.safe_load(path.read_text())["experiments"]) for path in writeups)
    seeds = list(range(max(1, round(trainings / experiments))))
    (folder / CONFIG).write_text(yaml.safe_dump({**config, "run": "many", "seeds": {"*": seeds}}))
    command = [sys.executable, "-m", "snakemake", "--cores", "all", "--quiet", "all"]
    if contender == "ours":
        for rules in (folder / "workflow" / "rules").glob("*.smk"):
            rules.write_text(SCRIPT.sub(TOUCH, rules.read_text()))
        return [*command, "--configfile", CONFIG]
    this = [sys.executable, str(Path(__file__).resolve()), "dump"]
    subprocess.run(this, cwd=folder, check=True, capture_output=True)
    rules = json.loads((folder / "jobs.json").read_text())
    text = BARE + "".join(RULE.format(name=name) for name in rules if name != "all")
    (folder / "bare.smk").write_text(text)
    return [*command, "--snakefile", "bare.smk"]


def main() -> None:
    what, contender, trainings = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        command = prepare(Path(folder), contender, int(trainings))
        for _ in range(2 if what == "idle" else 1):
            started = time.perf_counter()
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(done.stdout + done.stderr)
            seconds = time.perf_counter() - started
    print(seconds)


if __name__ == "__main__":
    dump() if sys.argv[1:] == ["dump"] else main()
