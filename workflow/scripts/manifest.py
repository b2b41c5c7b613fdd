from pathlib import Path

from proofsheet.files import write_json
from proofsheet.job import job
from proofsheet.manifest import manifest

with job(snakemake.log[0]):
    output = Path(snakemake.output.manifest)
    write_json(output, manifest(output.parent, list(snakemake.input.files)))
