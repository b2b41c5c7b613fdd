"""Verdicts of whole builds: in their file, on pages, in the terminal, against the record."""

import re

import pandas as pd
import pytest

from conftest import copy_built
from expected import CLAIMS, PUBLISHED
from workflow_helpers import make, words_of

WRITEUPS = ["cnn_autoencoder", "losses_and_architectures", "mnist_and_lenet"]


@pytest.fixture(scope="module")
def verdicts(built_all):
    return pd.read_csv(built_all.results / "verdicts.csv")


@pytest.fixture
def copy_all(built_all, tmp_path):
    return copy_built(built_all, tmp_path)


@pytest.mark.parametrize("writeup", WRITEUPS)
def test_every_claim_and_every_number_has_a_verdict(verdicts, writeup):
    rows = verdicts[verdicts.writeup == writeup]
    claims = rows[rows.statement == "claim"]
    assert list(claims.name.unique()) == CLAIMS[writeup]
    assert claims.overall.notna().all()
    assert (rows.statement == "published").sum() == PUBLISHED[writeup]


def test_on_stand_ins_no_published_number_is_compared(verdicts):
    numbers = verdicts[verdicts.statement == "published"]
    assert set(numbers.verdict) == {"not comparable"}
    assert numbers.effect.isna().all()


def test_what_needs_no_data_is_judged_on_stand_ins_too(verdicts):
    claims = verdicts[verdicts.statement == "claim"].drop_duplicates("name").set_index("name")
    assert claims.overall["validation-table-consistent"] == "contradicted"
    assert not claims.stand_in["validation-table-consistent"]
    # Convexity hardly depends on the images that the loss is of; it is marked all the same.
    assert claims.overall["ce-linear-nonconvex"] == "contradicted"
    assert claims.overall["ce-penalises-confident-errors"] == "confirmed"


def test_the_index_counts_every_verdict(built_all):
    index = words_of((built_all.results / "reports" / "index.html").read_text())
    for writeup in WRITEUPS:
        claims, numbers = len(CLAIMS[writeup]), PUBLISHED[writeup]
        assert f"{claims} claims:" in index
        assert not numbers or f"{numbers} printed numbers: {numbers} – not comparable" in index


def test_every_claim_links_to_its_evidence(built_all):
    for writeup in WRITEUPS:
        page = (built_all.results / "reports" / f"{writeup}.html").read_text()
        table = page.split('class="numbers judged"')[1].split("</table>")[0]
        links = re.findall(r'· <a href="#((?:fig|tab)-\w+)"', table)
        assert len(links) == len(CLAIMS[writeup])
        assert all(f'id="{link}"' in page for link in links)


def test_every_published_quantity_links_to_its_evidence(built_all):
    page = (built_all.results / "reports" / "cnn_autoencoder.html").read_text()
    table = page.split('class="numbers published"')[1].split("</table>")[0]
    rows = table.split("<tbody>")[1].split("<tr id=")[1:]
    assert len(rows) == 9
    assert all(re.search(r'<a href="#(fig|tab)-', row) for row in rows)


def test_a_number_in_the_text_leads_to_a_note_with_its_file(built_all):
    page = (built_all.results / "reports" / "cnn_autoencoder.html").read_text()
    values = re.findall(r'<a class="value" href="#(note-\d+)" data-source="([^"]+)"', page)
    assert len(values) > 20
    for note, source in values:
        path = source.split(":")[0]
        assert (built_all.results / path).is_file()
        assert f'<li id="{note}"><a class="file" href="../{path}">' in page
        again = f"results/tiny/{path} --force --cores 1 --configfile config/tiny.yaml"
        assert source.endswith(f".venv/bin/snakemake {again}")


def test_make_verdicts_fails_where_the_record_says_otherwise_and_strict_is_asked(copy_all):
    done = make(copy_all, "verdicts", "STRICT=1")
    assert done.returncode == 0, done.stdout[-3000:]
    assert "2 verdicts compared with the record, 0 differ" in done.stdout
    for claims in CLAIMS["cnn_autoencoder"], CLAIMS["mnist_and_lenet"]:
        assert all(claim in done.stdout for claim in claims)

    text = "    recorded: contradicted\n    text: The published validation table"
    copy_all.edit("writeups/cnn_autoencoder.yaml", text, text.replace("contradicted", "confirmed"))
    done = make(copy_all, "verdicts")
    assert done.returncode == 0, done.stdout[-3000:]
    done = make(copy_all, "verdicts", "STRICT=1")
    assert done.returncode != 0
    assert "validation-table-consistent: now contradicted, recorded confirmed" in done.stdout


def test_make_verdicts_trains_nothing(copy_all):
    metrics = copy_all.results / "runs" / "cnn6" / "metrics.csv"
    metrics.unlink()
    (copy_all.results / "verdicts" / "cnn_autoencoder.csv").unlink()
    done = make(copy_all, "verdicts")
    assert done.returncode != 0
    assert "If the run is not built yet: make report RUN=tiny" in done.stdout
    assert not metrics.exists()
