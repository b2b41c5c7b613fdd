"""Does nobody build this run? Then Snakemake's lock may go."""

import sys
from pathlib import Path

from proofsheet.errors import ProofsheetError
from proofsheet.jobs.lock import Lock

try:
    Lock(Path(sys.argv[1])).take()
except ProofsheetError as error:
    sys.exit(f"ERROR  {error}")
