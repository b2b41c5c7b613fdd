"""Before a long build: do the declarations hold, and is the library there that the last step needs?

``doctor.py <configuration file>``
"""

import sys
from pathlib import Path

from proofsheet.declare.project import load_project, run_document
from proofsheet.errors import ProofsheetError
from proofsheet.report.pdf import require_pango

try:
    document = run_document([Path(sys.argv[1])], {}, Path("config"))
    load_project(document, Path("writeups"), Path("templates"), Path("."))
    require_pango()
except ProofsheetError as error:
    sys.exit("\n".join(f"ERROR  {line}" for line in str(error).splitlines()))
