"""What configures a run."""

from pathlib import Path

import pytest
import yaml

from proofsheet.declare.folders import Folders
from proofsheet.declare.project import run_document
from proofsheet.declare.run import Run, load_run
from proofsheet.errors import ProofsheetError

PROJECT = Path(__file__).parents[3]
NAMES = sorted(path.stem for path in (PROJECT / "writeups").glob("*.yaml"))
QUICK = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text())
AUTHOR = "author:\n  name: Ada\n"


@pytest.fixture
def load(tmp_path):
    """Load a run from files with these contents."""

    def load(change=None, author=AUTHOR, name="config", text=None, overrides=None):
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "author.yaml").write_text(author)
        file = tmp_path / "config" / f"{name}.yaml"
        file.write_text(text or yaml.safe_dump({**QUICK, **(change or {})}, sort_keys=False))
        return load_run(run_document([file], overrides or {}, Folders(tmp_path, tmp_path)), NAMES)

    return load


def test_every_key_is_explained():
    text = (PROJECT / "config" / "README.md").read_text()
    assert [key for key in Run.model_fields if f"`{key}`" not in text] == []


FOLDER = {"source": "folder", "path": "/no/where", "title": "Mine"}
DIGITS = {"source": "embedded", "name": "digits", "limit": {"train": 5}}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"sedes": [0]}, r"config\.yaml:\d+: sedes: unknown key; did you mean 'seeds'"),
        (
            {"run": "my run"},
            r"config\.yaml:\d+: run: 'my run': a name has small letters .*; not ' '",
        ),
        ({"run": "My_run"}, r"run: 'My_run': a name has small letters .*; not 'M' \(latin capital"),
        (
            {"writeups": ["nope"]},
            r"writeups\.0: 'nope': no writeups/nope\.yaml; there are cnn_autoenc",
        ),
        ({"data": {"mnist": {"source": "ftp"}}}, r"data\.mnist\.source: 'ftp': expected one of"),
        ({"data": {"mnist": FOLDER}}, r"data\.mnist\.path: '/no/where': no such folder"),
        ({"data": {"mnist": DIGITS}}, r"data\.mnist\.limit\.test: missing"),
        ({"data": {"../mnist": DIGITS}}, r"data.*'\.\./mnist': a name has letters .*; not '\.'"),
        ({"seeds": []}, r"seeds: list should have at least 1 item"),
        ({"seeds": [0, 0]}, r"seeds.*: a seed repeats"),
    ],
)
def test_a_mistake_is_a_line_that_names_it(load, change, line):
    with pytest.raises(ProofsheetError, match=line):
        load(change)


@pytest.mark.parametrize(
    ("author", "line"),
    [
        ("author: {}\n", r"author\.name: missing; add it"),
        ("author: {name: A, id: 5349}\n", r"author\.yaml:1: author\.id: 5349: .*put it in quotes"),
        (
            "author: {name: A}\nauthor: {name: B}\n",
            r"author\.yaml:2: key 'author' appears twice; remove one",
        ),
    ],
)
def test_a_mistake_about_the_author_is_a_line(load, author, line):
    with pytest.raises(ProofsheetError, match=line):
        load(author=author)


def test_a_key_that_stands_twice_is_refused(load):
    with pytest.raises(ProofsheetError, match=r":2: key 'run' appears twice"):
        load(text="run: quick\nrun: full\n")


def test_a_run_has_the_name_of_its_file(load):
    assert load({"run": "mine"}, name="mine").run == "mine"
    with pytest.raises(ProofsheetError, match=r"other\.yaml:\d+: run: 'mine': a run has the name"):
        load({"run": "mine"}, name="other")


def test_an_unquoted_date_is_a_date(load):
    assert load(author="author: {name: A, date: 2026-11-22}\n").author.date == "2026-11-22"


def test_a_run_may_name_another_author(load):
    assert load({"author": {"name": "Grace"}}).author.name == "Grace"


def test_single_keys_come_last(load):
    run = load({"root": "here"}, overrides={"root": "there", "author": {"id": "1815"}})
    assert (run.root, run.author.name, run.author.id) == ("there", "Ada", "1815")


def test_a_mapping_serves_instead_of_files(tmp_path):
    mapping = {**QUICK, "run": "anything", "author": {"name": "Ada"}}
    assert load_run(run_document([], mapping, Folders(tmp_path, tmp_path)), NAMES).run == "anything"


def test_without_a_file_the_quick_run_is_meant(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text(yaml.safe_dump(QUICK))
    (tmp_path / "config" / "author.yaml").write_text(AUTHOR)
    assert load_run(run_document([], {}, Folders(tmp_path)), NAMES).run == "quick"


def test_of_files_of_one_name_a_persons_own_counts_and_the_workflow_has_the_rest(tmp_path):
    own, workflow = tmp_path / "own", tmp_path / "workflow"
    for folder in (own, workflow):
        (folder / "config").mkdir(parents=True)
        (folder / "config" / "author.yaml").write_text(f"author: {{name: {folder.name}}}\n")
    (workflow / "config" / "config.yaml").write_text(yaml.safe_dump(QUICK))
    run = load_run(run_document([], {}, Folders(own, workflow)), NAMES)
    assert (run.run, run.author.name) == ("quick", "own")
