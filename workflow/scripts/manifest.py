from pathlib import Path

from proofsheet.files import write_json
from proofsheet.jobs.job import job
from proofsheet.jobs.records import records
from proofsheet.results.manifest import manifest

with job(snakemake.log[0]):
    logs = Path(snakemake.output.manifest).with_name("logs")
    write_json(snakemake.output.manifest, manifest(snakemake.input.files, records(logs)))
