import re

import pytest

from proofsheet.report.citations import Citations
from synthetic import printed, read_results, write_experiment


@pytest.fixture
def citations(tmp_path):
    metrics = {
        ("test", "psnr"): [20.0, 21.0, 22.0],
        # arcsin √p is 30, 45 and 60 degrees.
        ("test", "accuracy"): [0.25, 0.5, 0.75],
        ("", "parameters"): [7.0, 7.0, 7.0],
        ("", "two", "chords"): [0.0, 1.0, 2.0],
    }
    write_experiment(tmp_path, "a", metrics)
    write_experiment(tmp_path, "b", {("test", "psnr"): [30.0]})
    published = {"a": {"psnr": printed(epochs={1: 9.0, 2: 21.5}, scale="decibel", decimals=2)}}
    return Citations(read_results(tmp_path, published), lambda path: f"make {path}", "v.csv")


def text_of(shown):
    return re.search(r">([^<]*)</a>$", shown)[1]


def source_of(shown):
    return re.search(r'data-source="([^"]+)"', shown)[1]


def test_a_number_is_shown_as_the_mean_alone(citations):
    assert text_of(citations.value("a", "test psnr", ".1f")) == "21.0"


def test_a_number_tells_its_file_its_interval_and_the_command(citations):
    # t(0.975, 2) · s / √3 is 2.484, with s = 1.
    assert source_of(citations.value("a", "test psnr", ".1f")) == (
        "runs/a/metrics.csv: test psnr, mean of 3 seeds, 18.5 to 23.5 · make runs/a/metrics.csv"
    )


def test_a_share_tells_the_interval_of_a_share(citations):
    # In angles 45 degrees, and 4.3027 · 15 / √3 to each side: sin²(7.738°) and sin²(82.262°).
    source = source_of(citations.value("a", "test accuracy", ".1%"))
    assert ", 1.8 to 98.2%" in source


@pytest.mark.parametrize(
    ("experiment", "metric", "told"),
    [("b", "test psnr", "test psnr, one seed"), ("a", "parameters", "parameters, mean of 3 seeds")],
)
def test_where_no_spread_is_known_none_is_told(citations, experiment, metric, told):
    source = source_of(citations.value(experiment, metric, ".1f"))
    assert source.split(": ")[1].split(" · ")[0] == told


def test_a_metric_of_a_case_is_named_with_it(citations):
    assert text_of(citations.value("a", "two chords", ".1f")) == "1.0"


def test_a_printed_number_is_shown_as_printed(citations):
    # The last one of a curve.
    assert text_of(citations.printed("a", "psnr")) == "21.50"


def test_a_printed_number_leads_to_the_verdicts(citations):
    source = source_of(citations.printed("a", "psnr"))
    assert source == "v.csv: a/psnr, as printed · make v.csv"


def test_notes_are_numbered_by_their_first_use(citations):
    citations.value("b", "test psnr", ".1f")
    citations.value("a", "test psnr", ".1f")
    again = citations.value("b", "test psnr", ".2f")
    assert 'href="#note-1"' in again
    assert [note.path for note in citations.notes()] == ["runs/b/metrics.csv", "runs/a/metrics.csv"]


def test_text_of_a_source_is_escaped(citations):
    assert "&lt;b&gt;" in citations.cite("1", "x.csv", "<b>")


def test_a_number_is_escaped(citations):
    assert text_of(citations.cite("<1", "x.csv", "")) == "&lt;1"
