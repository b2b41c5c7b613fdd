"""Before a long build: is the library there that its last step needs?"""

import sys

from proofsheet.errors import ProofsheetError
from proofsheet.report.pdf import require_pango

try:
    require_pango()
except ProofsheetError as error:
    sys.exit(f"ERROR  {error}")
