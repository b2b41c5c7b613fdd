"""Before a long build: is what is declared right, and the library there for its last step?

Behind the run's file may stand a kept file to make, ``figures/<writeup>/<figure>.svg``, or a key.
"""

import sys
from pathlib import Path

from proofsheet.declare.project import load_project, run_document
from proofsheet.errors import ProofsheetError
from proofsheet.plan.plan import Plan

file, asked = sys.argv[1], "".join(sys.argv[2:])
try:
    # Snakemake reads the run's file first, and would not say what is wrong in it.
    key, equals, value = asked.partition("=")
    overrides = {key: value} if equals and value else {}
    document = run_document([Path(file)], overrides, Path("config"))
    plan = Plan(load_project(document, Path("writeups"), Path("templates"), Path(".")))
    if asked.startswith(("figures/", "tables/")):
        kind, writeup, name = [*asked.split("/", 2), ""][:3]
        plan.declared(writeup.rpartition(".")[0] or writeup, kind, name.rpartition(".")[0])
    else:
        from proofsheet.report.pdf import require_pango  # here: a figure does without

        require_pango()
except ProofsheetError as error:
    sys.exit("\n".join(f"ERROR  {line}" for line in str(error).splitlines()))
