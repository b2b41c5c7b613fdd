"""Before a long build: is what is declared right, and the library there for its last step?"""

import sys
from pathlib import Path

from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError
from proofsheet.plan.plan import Plan
from proofsheet.plan.precision import emulated
from proofsheet.report.pdf import require_pango

try:
    # Snakemake reads the run's file first, and would not say what is wrong in it.
    project = load_project([Path(sys.argv[1])])
    Plan(project)
    require_pango()
except ProofsheetError as error:
    sys.exit("\n".join(f"ERROR  {line}" for line in str(error).splitlines()))
if slow := emulated(project.experiments):
    print(
        f"NOTE  {', '.join(slow)}: bf16 is not multiplied by this processor, and takes ten times "
        f"as long; to avoid it, in {sys.argv[1]}: train: {{{slow[0]}: {{precision: fp32}}}}",
        file=sys.stderr,
    )
