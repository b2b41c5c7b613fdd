import datetime
from pathlib import Path

import pytest
import yaml

from proofsheet.declare.run import Config, load_config
from proofsheet.errors import ProofsheetError

PROJECT = Path(__file__).parents[3]
AUTHOR = yaml.safe_load((PROJECT / "config" / "author.yaml").read_text())
NAMES = sorted(path.stem for path in (PROJECT / "writeups").glob("*.yaml"))
QUICK = {**AUTHOR, **yaml.safe_load((PROJECT / "config" / "config.yaml").read_text())}


@pytest.mark.parametrize("name", ["config", "full"])
def test_configurations_of_the_project_are_valid(name):
    raw = yaml.safe_load((PROJECT / "config" / f"{name}.yaml").read_text())
    assert load_config({**AUTHOR, **raw}, NAMES, "config").run in ("quick", "full")


def test_every_key_is_explained():
    text = (PROJECT / "config" / "README.md").read_text()
    assert [key for key in Config.model_fields if f"`{key}`" not in text] == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"sedes": [0]}, r"config: sedes: unknown key; did you mean 'seeds'"),
        ({"run": "my run"}, r"config: run: 'my run': string should match pattern"),
        ({"writeups": ["nope"]}, r"writeups: 'nope': no such write-up; there are cnn_autoencoder"),
        ({"data": {"mnist": {"source": "ftp"}}}, r"data\.mnist\.source: 'ftp': expected one of"),
        ({"data": {"mnist": {"source": "folder", "path": "/no/where", "title": "Mine"}}}, r"data\.mnist\.path: '/no/where': no such folder"),
        ({"data": {"mnist": {"source": "embedded", "name": "digits", "limit": {"train": 5}}}}, r"data\.mnist\.limit\.test: missing"),
        ({"seeds": []}, r"seeds\.\*: list should have at least 1 item"),
        ({"seeds": [0, 0]}, r"seeds\.\*: a seed repeats"),
        ({"author": {}}, r"config/author\.yaml: author: name: missing; add it"),
        ({"author": {"name": "A", "id": 5349}}, r"config/author\.yaml: author: id: 5349: put it in quotes"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_names_it(change, line):
    with pytest.raises(ProofsheetError, match=line) as caught:
        load_config({**QUICK, **change}, NAMES, "config")
    assert "\n" not in str(caught.value)


def test_a_run_has_the_name_of_its_file():
    raw = {**QUICK, "run": "mine"}
    assert load_config(raw, NAMES, "config/mine.yaml").run == "mine"
    with pytest.raises(ProofsheetError, match=r"config/other\.yaml: run: 'mine': a run has the"):
        load_config(raw, NAMES, "config/other.yaml")


def test_an_unquoted_date_is_a_date():
    author = {"name": "A", "date": datetime.date(2026, 11, 22)}
    config = load_config({**QUICK, "author": author}, NAMES, "config")
    assert config.author.date == "2026-11-22"
