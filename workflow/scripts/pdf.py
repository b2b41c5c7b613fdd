from pathlib import Path

from proofsheet.job import job
from proofsheet.pdf import write_pdf

with job(snakemake.log[0]) as say:
    write_pdf(Path(snakemake.input.html), Path(snakemake.output.pdf))
    say(f"wrote {snakemake.output.pdf}")
