"""The whole pipeline, from data to manifest."""

import hashlib
import json
import re
import shutil
import time
from pathlib import Path

import matplotlib
import pytest

from expected import CLAIMS
from workflow_helpers import broken_links, page_texts


def test_reports_index_and_manifest_are_there(built):
    for name in ("verification_vae.html", "verification_vae.pdf", "index.html"):
        assert (built.results / "reports" / name).stat().st_size > 10_000
    assert (built.results / "manifest.json").is_file()


def test_a_second_build_runs_no_job(built):
    assert built.planned() == {}


def test_the_manifest_holds_the_digest_of_every_file(built):
    manifest = json.loads((built.results / "manifest.json").read_text())
    kept = {
        str(path.relative_to(built.results))
        for path in built.results.rglob("*")
        if path.is_file() and not path.relative_to(built.results).parts[0].startswith(("logs", "."))
    }
    assert set(manifest) == kept - {"manifest.json"}
    for path, digest in manifest.items():
        assert hashlib.sha256((built.results / path).read_bytes()).hexdigest() == digest


def test_a_rebuild_elsewhere_with_other_cores_gives_the_same_bytes(built_small, small):
    small.build(cores=3)
    one, two = (
        json.loads((project.results / "manifest.json").read_text())
        for project in (built_small, small)
    )
    assert one == two


def test_no_result_holds_a_path_of_this_machine(built):
    manifest = json.loads((built.results / "manifest.json").read_text())
    here = str(built.folder).encode()
    assert [path for path in manifest if here in (built.results / path).read_bytes()] == []


def test_the_page_loads_nothing_from_elsewhere(built):
    page = (built.results / "reports" / "verification_vae.html").read_text()
    sources = re.findall(r'(?:src="|url\()([^")]{0,12})', page)
    assert sources
    # What is not data is a part of a drawing that is.
    assert all(source.startswith(("data:", "%23")) for source in sources)
    assert "<link" not in page
    assert "<script src" not in page


def test_links_of_the_page_lead_somewhere(built):
    assert broken_links(built.results / "reports" / "verification_vae.html") == []


def test_the_report_has_the_figures_of_the_write_up_in_its_order(built):
    page = (built.results / "reports" / "verification_vae.html").read_text()
    labels = re.findall(r"<figcaption><strong>([^.]+)\.</strong>", page)
    assert labels == [f"Figure {n}" for n in "1234"] + [f"A{n}" for n in range(1, 10)]


def test_the_report_judges_the_six_claims(built):
    page = (built.results / "reports" / "verification_vae.html").read_text()
    claims = re.findall(r'<tbody id="claim-([^"]+)">', page)
    assert claims == CLAIMS["verification_vae"]


def test_a_table_in_the_page_shows_what_its_csv_holds(built):
    import pandas as pd

    csv = pd.read_csv(built.results / "tables" / "verification_vae" / "vae_losses.csv")
    page = (built.results / "reports" / "verification_vae.html").read_text()
    body = page.split('id="tab-vae_losses"')[1].split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r"<td>([^<]+)", body)  # below three seeds there is no interval
    by_row = csv.pivot(index="row", columns="column", values="mean")[list(csv.column.unique())]
    assert cells == [f"{value:.2f}" for value in by_row.to_numpy().flatten()]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
def test_every_page_in_print_names_the_stand_in(built):
    pages = page_texts(built.results / "reports" / "verification_vae.pdf")
    assert len(pages) > 5
    assert all("Stand-in data: 5,000 of MNIST" in page for page in pages)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
def test_pages_in_print_are_numbered(built):
    pages = page_texts(built.results / "reports" / "verification_vae.pdf")
    for number, page in enumerate(pages, start=1):
        assert page.replace(" ", "").rstrip().endswith(f"{number}/{len(pages)}")


def test_the_author_comes_from_the_configuration(copy):
    copy.configure(author={"name": "Ada Lovelace", "id": "1815", "date": "10 December"})
    copy.build("results/tiny/reports/verification_vae.html")
    page = (copy.results / "reports" / "verification_vae.html").read_text()
    assert re.search(r"Ada Lovelace.*1815.*10 December", page, re.S)


def test_a_name_that_no_font_has_is_refused_until_one_has_it(copy):
    copy.configure(author={"name": "Արամ"})
    target = "results/tiny/reports/verification_vae.pdf"
    done = copy.snakemake(target)
    assert done.returncode != 0
    assert "author: no font has 'Աամր'" in done.stdout
    assert "a .ttf file, into templates/fonts" in done.stdout

    font = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    shutil.copy(font, copy.folder / "templates" / "fonts")
    copy.build(target)
    assert "Արամ" in "".join(page_texts(copy.folder / target))


def test_snakemake_lint_is_content(fresh):
    fresh.build("--lint")


def test_a_build_does_not_wait_for_a_limit_on_its_jobs(copy):
    """Snakemake's scheduler waits at its end for as long as the limit's timespan."""
    target = "results/tiny/verdicts.csv"
    started = time.monotonic()
    done = copy.snakemake(target, "--force", "--max-jobs-per-timespan", "100/60s")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - started < 40
