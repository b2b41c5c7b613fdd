"""Print pages as PDFs: ``print_pages.py pdf|chromium <folder> <page>...``."""

import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "workflow" / "scripts"))

contender, folder, *pages = sys.argv[1:]
for page in pages:
    pdf = Path(folder, f"{Path(page).stem}.pdf")
    if contender == "pdf":
        from proofsheet.report.pdf import write_pdf

        write_pdf(Path(page), pdf)
    else:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = ["chromium", *options, f"--print-to-pdf={pdf}", Path(page).resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)
    assert pdf.read_bytes().startswith(b"%PDF")
