from proofsheet.files import write_json
from proofsheet.jobs.job import job
from proofsheet.results.manifest import manifest

with job(snakemake.log[0]):
    write_json(snakemake.output.manifest, manifest(snakemake.input.files))
