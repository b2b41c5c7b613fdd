import pytest

from proofsheet.paths import Paths, below_root, seed_of

CITED = Paths("")
FILES = [
    CITED.data("mnist"),
    CITED.card("mnist"),
    CITED.of_seed("vae_bce", 3, "history.csv"),
    CITED.of_experiment("vae_bce", "metrics.csv"),
    CITED.figure("w", "f", "svg"),
    CITED.table("w", "t"),
    CITED.verdicts("w"),
    CITED.verdicts(),
    CITED.report("w", "html"),
]


@pytest.mark.parametrize("cited", FILES)
@pytest.mark.parametrize("root", ["results/quick", "/a/results/mine", ".snakemake/fs/results/x"])
def test_a_file_is_known_wherever_the_folder_of_its_run_is(cited, root):
    assert below_root(f"{root}/{cited}") == cited


@pytest.mark.parametrize("name", ["figures", "tables", "runs", "verdicts", "data"])
def test_a_writeup_may_be_called_as_a_folder_is(name):
    for cited in (CITED.figure(name, name, "csv"), CITED.table(name, name)):
        assert below_root(f"results/quick/{cited}") == cited


def test_a_seed_is_read_from_its_folder():
    assert seed_of("results/quick/runs/vae_bce/seed12/run.json") == 12


def test_wildcards_stay_where_they_are_put():
    assert Paths("r").of_seed("e", "{seed}", "run.json") == "r/runs/e/seed{seed}/run.json"
