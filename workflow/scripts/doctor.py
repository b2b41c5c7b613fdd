"""Before a long build: is what is declared right, and the library there for its last step?

Behind the run's file may stand a kept file to make, ``figures/<writeup>/<figure>.svg``, or a key.
"""

import sys
from pathlib import Path

from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError
from proofsheet.plan.plan import Plan
from proofsheet.plan.precision import emulated

file, asked = sys.argv[1], "".join(sys.argv[2:])
try:
    # Snakemake reads the run's file first, and would not say what is wrong in it.
    key, equals, value = asked.partition("=")
    project = load_project([Path(file)], {key: value} if equals and value else {})
    plan = Plan(project)
    if asked.startswith(("figures/", "tables/")):
        kind, writeup, name = [*asked.split("/", 2), ""][:3]
        plan.declared(writeup.rpartition(".")[0] or writeup, kind, name.rpartition(".")[0])
        sys.exit()
    from proofsheet.report.pdf import require_pango  # here: a figure does without

    require_pango()
except ProofsheetError as error:
    sys.exit("\n".join(f"ERROR  {line}" for line in str(error).splitlines()))
if slow := emulated(project.experiments):
    print(
        f"NOTE  {', '.join(slow)}: bf16 is not multiplied by this processor, and takes ten times "
        f"as long; to avoid it, in {sys.argv[1]}: train: {{{slow[0]}: {{precision: fp32}}}}",
        file=sys.stderr,
    )
