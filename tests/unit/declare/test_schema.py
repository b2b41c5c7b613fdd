"""What editors complete and check by."""

import json
from pathlib import Path

import pytest
import yaml

from proofsheet.declare.schema import schemas

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["run.json", "author.json", "writeup.json"])
def test_the_committed_schema_is_fresh(name):
    committed = json.loads((PROJECT / "config" / "schema" / name).read_text())
    assert committed == json.loads(json.dumps(schemas()[name]))


@pytest.mark.parametrize("path", [*PROJECT.glob("writeups/*.yaml"), *PROJECT.glob("config/*.yaml")])
def test_every_file_names_its_schema_in_its_first_line(path):
    first = path.read_text().splitlines()[0]
    prefix, place = first.split("$schema=")
    assert prefix == "# yaml-language-server: "
    assert (path.parent / place).is_file()


@pytest.mark.parametrize("path", [*PROJECT.glob("writeups/*.yaml")])
def test_what_an_experiment_must_have_stands_in_every_shipped_one(path):
    required = schemas()["writeup.json"]["$defs"]["Experiment"]["required"]
    for experiment in yaml.safe_load(path.read_text())["experiments"].values():
        assert set(required) <= set(experiment)


def undescribed():
    for schema in schemas().values():
        for model in (schema, *schema["$defs"].values()):
            for key, value in model.get("properties", {}).items():
                if "description" not in value and "$ref" not in value and "const" not in value:
                    yield f"{model['title']}.{key}"


def test_every_key_has_a_description():
    assert sorted(set(undescribed())) == []
