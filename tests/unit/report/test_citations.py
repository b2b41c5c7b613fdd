import re

import pytest

from proofsheet.results.reader import Evidence
from proofsheet.report.citations import Citations
from synthetic import write_experiment


@pytest.fixture
def citations(tmp_path):
    metrics = {("test", "psnr"): [20.0, 22.0], ("test", "ssim"): [0.5, 0.6]}
    write_experiment(tmp_path, "a", metrics)
    write_experiment(tmp_path, "b", {("test", "psnr"): [30.0]})
    return Citations(Evidence(tmp_path), lambda path: f"make {path}", "v.csv")


def test_a_number_tells_its_file_its_row_and_the_command(citations):
    shown = citations.value("a", "test", "psnr", ".1f")
    assert re.search(r">21\.0 ± 12\.7<sup>1</sup>", shown)
    source = re.search(r'data-source="([^"]+)"', shown)[1]
    assert source == "runs/a/metrics.csv: test psnr, mean of 2 seeds · make runs/a/metrics.csv"


def test_one_seed_is_no_mean(citations):
    assert "test psnr, one seed" in citations.value("b", "test", "psnr")


def test_no_spread_is_not_shown_as_one(tmp_path):
    write_experiment(tmp_path, "c", {("model", "parameters"): [7.0, 7.0]})
    citations = Citations(Evidence(tmp_path), str, "v.csv")
    assert "±" not in citations.value("c", "model", "parameters", ".0f")


def test_notes_are_numbered_by_their_first_use(citations):
    citations.value("b", "test", "psnr")
    citations.value("a", "test", "ssim")
    again = citations.value("b", "test", "psnr")
    assert 'href="#note-1"' in again
    assert [note.path for note in citations.notes()] == ["runs/b/metrics.csv", "runs/a/metrics.csv"]


def test_what_decides_a_sentence_leaves_no_note(citations):
    assert citations.ranked(["a", "b"], "test", "psnr") == ["b", "a"]
    assert citations.mean("a", "test", "psnr") == 21.0
    assert citations.notes() == []


def test_text_of_a_source_is_escaped(citations):
    assert "&lt;b&gt;" in citations.cite("1", "x.csv", "<b>")
