from pathlib import Path

import pytest

from proofsheet.plan.code import sources

PROJECT = Path(__file__).parents[3]


def names(script, *modules):
    return {str(Path(path).with_suffix("")) for path in below(sources(script, *modules))}


def below(paths):
    library = "workflow/scripts/proofsheet/"
    return [path.removeprefix(library) for path in paths if path.startswith(library)]


def test_a_training_depends_on_its_task_and_model_and_on_no_other():
    found = names("train", "tasks.verify.objective", "models.embedding")
    assert {"train/loop", "tasks/verify/objective", "tasks/pairs", "losses/triplet"} <= found
    assert {"models/embedding", "data/splits", "data/dataset"} <= found
    others = {"tasks/vae/objective", "losses/kl", "models/classifier", "figures/style"}
    assert found.isdisjoint(others)


def test_a_training_does_not_depend_on_evaluations():
    found = names("train", "tasks.vae.objective", "models.vae")
    assert found.isdisjoint({"tasks/vae/evaluation", "metrics/images", "evaluate/experiment"})


def test_what_a_script_imports_itself_is_among_its_sources():
    assert sources("table")[0] == "workflow/scripts/table.py"
    assert {"tables/build", "results/published", "results/reader"} <= names("table")


def test_a_table_depends_on_no_verdict():
    assert not [name for name in names("table") if name.startswith("verdicts")]


@pytest.mark.parametrize("script", ["prepare", "train", "evaluate"])
def test_the_schema_decides_no_training(script):
    assert not [name for name in names(script) if name.startswith("declare")]


@pytest.mark.parametrize("script", ["figure", "table", "verdicts", "report", "index"])
def test_what_shows_results_asks_declarations(script):
    assert {"declare/quantity", "declare/published"} <= names(script)


@pytest.mark.parametrize("script", ["train", "evaluate", "report"])
def test_how_jobs_log_and_start_decides_nothing(script):
    assert not [name for name in names(script) if name.startswith(("jobs", "startup"))]


def test_paths_lead_from_the_project_to_files_that_exist():
    for path in sources("report"):
        assert not Path(path).is_absolute()
        assert (PROJECT / path).is_file()


def test_a_library_elsewhere_is_named_where_it_stands(tmp_path, monkeypatch):
    here = sources("report")
    library = tmp_path / "proofsheet"
    monkeypatch.setattr("proofsheet.plan.code.LIBRARY", library)
    assert {Path(path).resolve().parents[0] for path in sources("report")[:1]} == {tmp_path}
    assert len(sources("report")) == len(here)
