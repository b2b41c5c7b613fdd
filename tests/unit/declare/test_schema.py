"""What editors complete and check by."""

import json
from pathlib import Path

import jsonschema
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


@pytest.mark.parametrize("path", [*PROJECT.glob("writeups/*.yaml"), *PROJECT.glob("config/*.yaml")])
def test_every_shipped_file_is_valid_by_its_schema(path):
    schema = path.parent / path.read_text().splitlines()[0].split("$schema=")[1]
    # As JSON, in which every key is text.
    value = json.loads(json.dumps(yaml.safe_load(path.read_text())))
    jsonschema.validate(value, json.loads(schema.read_text()))


def undescribed():
    for schema in schemas().values():
        for model in (schema, *schema["$defs"].values()):
            for key, value in model.get("properties", {}).items():
                if "description" not in value:
                    yield f"{model['title']}.{key}"


def test_every_key_has_a_description():
    assert sorted(set(undescribed())) == []
