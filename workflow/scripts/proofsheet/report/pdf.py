"""The PDF of a report, from its HTML page."""

import logging
import os
from pathlib import Path

from proofsheet.errors import ProofsheetError
from proofsheet.files import replacing

try:
    import weasyprint
except OSError:  # of a missing library; require_pango says which
    weasyprint = None

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def require_pango() -> None:
    """Raise a clear error where WeasyPrint's system library is missing."""
    if weasyprint is None:
        raise ProofsheetError(
            "WeasyPrint cannot load the system library Pango, which it needs for PDFs; on Debian "
            f"or Ubuntu install it with: apt-get install {PACKAGES}"
        )


def write_pdf(html: Path, pdf: Path) -> None:
    """Print a self-contained page as PDF/UA-1, tagged and with bookmarks.

    WeasyPrint goes on after a missing image or font and only logs it; here that is an error.

    :raises ProofsheetError: where Pango is missing or WeasyPrint logged an error.
    """
    require_pango()
    # fontTools stamps embedded fonts with the time unless it is told one.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    complaints: list[str] = []
    handler = logging.Handler(level=logging.WARNING)
    handler.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        page = html.read_text(encoding="utf-8")
        embedded_alone = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
        document = weasyprint.HTML(string=page, url_fetcher=embedded_alone)
        with replacing(pdf) as temporary:
            document.write_pdf(temporary, pdf_variant="pdf/ua-1")
            if complaints:
                raise ProofsheetError(f"{html}: WeasyPrint: {complaints[0]}")
    finally:
        logger.removeHandler(handler)
