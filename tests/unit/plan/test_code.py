from pathlib import Path

from proofsheet.plan.code import sources


def names(*modules):
    return {Path(path).stem for path in sources(*modules)}


def test_a_training_depends_on_its_task_and_model_and_on_no_other():
    found = names("training", "tasks.verify", "models.embedding")
    assert {"training", "verify", "pairs", "triplet", "embedding", "splits"} <= found
    assert found.isdisjoint({"vae", "kl", "reconstruction", "classifier", "style", "verdicts"})


def test_a_training_does_not_depend_on_the_schema():
    found = names("training", "tasks.vae", "models.vae", "data.prepare", "evaluation.evaluate")
    assert found.isdisjoint({"declarations", "config", "validation"})


def test_paths_lead_from_the_project_to_files_that_exist():
    project = Path(__file__).parents[3]
    for path in sources("report"):
        assert not Path(path).is_absolute()
        assert (project / path).is_file()
