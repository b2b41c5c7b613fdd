import hashlib
import importlib
import sys

import pytest
from PIL import Image

from proofsheet.errors import ProofsheetError
from proofsheet.report.pdf import write_pdf

PAGE = '<html lang="en"><head><title>A page</title></head><body><h1>{}</h1></body></html>'


@pytest.fixture
def page(tmp_path, request):
    pytest.importorskip("weasyprint", reason="needs the system library Pango", exc_type=OSError)
    path = tmp_path / "page.html"
    path.write_text(PAGE.format("Text"))
    return path


def test_a_page_becomes_a_pdf_with_the_same_bytes(page, tmp_path):
    digests = set()
    for name in ("one", "two"):
        write_pdf(page, tmp_path / f"{name}.pdf")
        digests.add(hashlib.sha256((tmp_path / f"{name}.pdf").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_missing_image_fails_and_leaves_no_pdf(page, tmp_path):
    page.write_text(PAGE.format('<img src="data:image/png;base64,AAAA" alt="broken">'))
    with pytest.raises(ProofsheetError, match="WeasyPrint: Failed to load image"):
        write_pdf(page, tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


def test_no_file_of_the_host_gets_into_a_pdf(tmp_path):
    secret = tmp_path / "secret.png"
    Image.new("L", (4, 4)).save(secret)
    page = tmp_path / "page.html"
    page.write_text(f'<html lang="en"><title>T</title><img alt="" src="file://{secret}">')
    with pytest.raises(ProofsheetError, match="secret"):
        write_pdf(page, tmp_path / "page.pdf")


def test_missing_pango_names_the_package_to_install(monkeypatch):
    """As cffi fails where a library is not there: the module is imported anew."""
    monkeypatch.delitem(sys.modules, "proofsheet.report.pdf")
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)

    def cannot_load(library, *flags):
        raise OSError(f"cannot load library {library!r}")

    monkeypatch.setattr("cffi.FFI.dlopen", lambda ffi, library, *flags: cannot_load(library))
    with pytest.raises(ProofsheetError, match=r"apt-get install libpango-1\.0-0 libpangoft2"):
        importlib.import_module("proofsheet.report.pdf").require_pango()
