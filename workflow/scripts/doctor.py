"""Before a long build: is what is declared right, and the library there for its last step?"""

import sys
from pathlib import Path

from proofsheet.declare.project import load_project, run_document
from proofsheet.errors import ProofsheetError
from proofsheet.plan.plan import Plan
from proofsheet.report.pdf import require_pango

try:
    # Snakemake reads the run's file first, and would not say what is wrong in it.
    document = run_document([Path(sys.argv[1])], {}, Path("config"))
    Plan(load_project(document, Path("writeups"), Path("templates"), Path(".")))
    require_pango()
except ProofsheetError as error:
    sys.exit("\n".join(f"ERROR  {line}" for line in str(error).splitlines()))
