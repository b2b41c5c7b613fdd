from proofsheet.jobs.warm import hand_over

hand_over()

from pathlib import Path

from proofsheet.jobs.job import job
from proofsheet.report.pdf import write_pdf

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    write_pdf(Path(snakemake.input.html), Path(snakemake.output.pdf))
    log.info("wrote %s", snakemake.output.pdf)
