import math
import re

import pytest

from proofsheet.report.citations import Citations
from synthetic import printed, read_results, write_experiment


@pytest.fixture
def citations(tmp_path):
    metrics = {
        ("test", "psnr"): [20.0, 22.0],
        ("test", "ssim"): [0.5, 0.6],
        ("", "parameters"): [7.0, 7.0],
        ("", "one", "chords"): [0.0, 0.0],
        ("", "two", "chords"): [0.0, 1.0],
        ("val", "epochs_to_target"): [3.0, math.nan],
    }
    write_experiment(tmp_path, "a", metrics)
    write_experiment(tmp_path, "b", {("test", "psnr"): [30.0], ("val", "epochs_to_target"): [1.0]})
    published = {"a": {"psnr": printed(epochs={1: 9.0, 2: 21.5}, scale="decibel")}}
    return Citations(read_results(tmp_path, published), lambda path: f"make {path}", "v.csv")


def source_of(shown):
    return re.search(r'data-source="([^"]+)"', shown)[1]


def test_a_number_is_shown_with_its_interval_and_a_note(citations):
    # t(0.975, 1) · √2 / √2 is 12.7.
    assert ">21.0 ± 12.7<sup>1</sup>" in citations.value("a", "test psnr", ".1f")


def test_a_number_tells_its_file_its_row_and_the_command(citations):
    source = source_of(citations.value("a", "test psnr", ".1f"))
    assert source == "runs/a/metrics.csv: test psnr, mean of 2 seeds · make runs/a/metrics.csv"


def test_one_seed_is_no_mean(citations):
    assert "test psnr, one seed" in source_of(citations.value("b", "test psnr"))


def test_a_metric_of_no_split_is_named_alone(citations):
    assert ">7<sup>" in citations.value("a", "parameters", ".0f")


def test_a_metric_of_a_case_is_named_with_it(citations):
    assert citations.mean("a", "two chords") == 0.5


def test_no_spread_is_not_shown_as_one(citations):
    assert "±" not in citations.value("a", "parameters", ".0f")


def test_a_printed_number_leads_to_the_verdicts(citations):
    shown = citations.printed("a", "psnr", ".1f")
    assert ">21.5<sup>" in shown
    assert source_of(shown) == "v.csv: a/psnr, printed in the write-up · make v.csv"


def test_notes_are_numbered_by_their_first_use(citations):
    citations.value("b", "test psnr")
    citations.value("a", "test ssim")
    again = citations.value("b", "test psnr")
    assert 'href="#note-1"' in again
    assert [note.path for note in citations.notes()] == ["runs/b/metrics.csv", "runs/a/metrics.csv"]


def test_experiments_are_ranked_by_their_means(citations):
    assert citations.ranked(["a", "b"], "test psnr") == ["b", "a"]


def test_what_decides_a_sentence_leaves_no_note(citations):
    citations.ranked(["a", "b"], "test psnr")
    citations.mean("a", "test psnr")
    assert citations.notes() == []


def test_cases_are_found_in_which_something_was_seen(citations):
    assert citations.positive("a", ["one", "two"], ["chords"]) == ["two"]


def test_experiments_are_found_in_which_something_was_never_reached(citations):
    assert citations.unknown(["a", "b"], "val epochs_to_target") == ["a"]


@pytest.mark.parametrize(
    ("second", "expected"), [([0.9, 0.91, 0.9], True), ([0.5, 0.4, 0.6], False)]
)
def test_two_are_apart_where_their_interval_leaves_out_0(tmp_path, second, expected):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.5, 0.5, 0.51]})
    write_experiment(tmp_path, "b", {("test", "accuracy"): second})
    citations = Citations(read_results(tmp_path), str, "v.csv")
    assert citations.apart("a", "b", "test accuracy") is expected
    assert citations.apart("b", "a", "test accuracy") is expected


def test_text_of_a_source_is_escaped(citations):
    assert "&lt;b&gt;" in citations.cite("1", "x.csv", "<b>")
