"""Is every file of a run as its manifest says? What is not is named, with how to make it again."""

import sys
from pathlib import Path

from proofsheet.declare.job import Commands
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json
from proofsheet.jobs.records import records
from proofsheet.results.manifest import differences

run, configfile = sys.argv[1:]
root = Path("results", run)
if not (root / "manifest.json").is_file():
    sys.exit(f"{root}/manifest.json: not there; a build that ends writes it: make report RUN={run}")
try:
    listed = read_json(root / "manifest.json")
except ProofsheetError as error:
    sys.exit(f"ERROR  {error}")
found = differences(listed, root)
again = Commands(run=run, configfile=configfile, overrides={}).again
made = records(root / "logs")
for path, how in found.items():
    print(f"{how}  {root}/{path}  {f'made by the job of {made[path].log}' if path in made else ''}")
    print(f"    again: {again(path)}")
print(f"{len(listed) - len(found)} of {len(listed)} files are as {root}/manifest.json says")
sys.exit(bool(found))
