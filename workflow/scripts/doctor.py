"""Before a long build: is what is declared right, and the library there for its last step?"""

import sys
from pathlib import Path

from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError
from proofsheet.report.pdf import require_pango

try:
    # Snakemake reads the run's file first, and would not say what is wrong in it.
    load_project([Path(sys.argv[1])])
    require_pango()
except ProofsheetError as error:
    sys.exit("\n".join(f"ERROR  {line}" for line in str(error).splitlines()))
