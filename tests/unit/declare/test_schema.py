"""What editors complete and check by."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    """By file name, as the script writes them now."""
    folder = tmp_path_factory.mktemp("schema")
    script = PROJECT / "workflow" / "scripts" / "write_schema.py"
    subprocess.run([sys.executable, script, folder], check=True)
    return {path.name: json.loads(path.read_text()) for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["run.json", "author.json", "writeup.json"])
def test_the_committed_schema_is_fresh(name, schemas):
    committed = json.loads((PROJECT / "config" / "schema" / name).read_text())
    assert committed == schemas[name]


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


def undescribed(schemas):
    for schema in schemas.values():
        for model in (schema, *schema["$defs"].values()):
            for key, value in model.get("properties", {}).items():
                if "description" not in value:
                    yield f"{model['title']}.{key}"


def test_every_key_has_a_description(schemas):
    assert sorted(set(undescribed(schemas))) == []
