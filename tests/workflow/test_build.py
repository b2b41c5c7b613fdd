"""The whole pipeline, from data to manifest."""

import hashlib
import json
import re
import shutil
import subprocess

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
        if path.is_file() and path.relative_to(built.results).parts[0] not in ("logs", "benchmarks")
    }
    assert set(manifest) == kept - {"manifest.json"}
    for path, digest in manifest.items():
        assert hashlib.sha256((built.results / path).read_bytes()).hexdigest() == digest


def test_a_rebuild_elsewhere_with_other_cores_gives_the_same_bytes(built, fresh):
    fresh.build(cores=3)
    one, two = (
        json.loads((project.results / "manifest.json").read_text()) for project in (built, fresh)
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
    assert all(source.startswith("data:") for source in sources)
    assert "<link" not in page
    assert "<script" not in page


def test_links_of_the_page_lead_somewhere(built):
    assert broken_links(built.results / "reports" / "verification_vae.html") == []


def test_the_report_has_the_figures_of_the_write_up_in_its_order(built):
    page = (built.results / "reports" / "verification_vae.html").read_text()
    labels = re.findall(r"<figcaption><strong>(Figure [^.]+)\.</strong>", page)
    assert labels == [f"Figure {n}" for n in "1234"] + [f"Figure S{n}" for n in "123456"]


def test_the_report_judges_the_six_claims(built):
    page = (built.results / "reports" / "verification_vae.html").read_text()
    claims = re.findall(r'<section class="verdict" id="claim-([^"]+)">', page)
    assert claims == CLAIMS["verification_vae"]


def test_a_table_in_the_page_shows_what_its_csv_holds(built):
    import pandas as pd

    csv = pd.read_csv(built.results / "tables" / "verification_vae" / "vae_losses.csv")
    page = (built.results / "reports" / "verification_vae.html").read_text()
    body = page.split('id="tab-vae_losses"')[1].split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r"<td>([^<]+)", body)
    by_row = csv.pivot(index="row", columns="column", values="mean")[list(csv.column.unique())]
    assert cells == [f"{value:.2f}" for value in by_row.to_numpy().flatten()]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
def test_every_page_in_print_names_the_stand_in(built):
    pages = page_texts(built.results / "reports" / "verification_vae.pdf")
    assert len(pages) > 5
    assert all("Stand-in data: scikit-learn digits" in page for page in pages)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
def test_pages_in_print_are_numbered(built):
    pages = page_texts(built.results / "reports" / "verification_vae.pdf")
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page


def test_the_author_comes_from_the_configuration(copy):
    copy.configure(author={"name": "Ada Lovelace", "id": "1815", "date": "10 December"})
    copy.build("results/tiny/reports/verification_vae.html")
    page = (copy.results / "reports" / "verification_vae.html").read_text()
    assert re.search(r"Ada Lovelace.*1815.*10 December", page, re.S)


def test_snakemake_lint_is_content(fresh):
    fresh.build("--lint")


def test_snakemake_writes_its_own_report(copy):
    copy.build("--report", "report.zip")
    listing = subprocess.run(
        ["python3", "-m", "zipfile", "-l", "report.zip"],
        cwd=copy.folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "loss_curves" in listing
