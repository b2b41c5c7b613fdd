from proofsheet.jobs.warm import hand_over

hand_over()

from pathlib import Path

from proofsheet.declare.job import IndexJob
from proofsheet.files import write_text
from proofsheet.jobs.job import job
from proofsheet.report.render import render_index
from proofsheet.results.reader import Results
from proofsheet.verdicts.judge import read_verdicts

with job(snakemake.log[0], snakemake.output, snakemake.input):
    told = IndexJob.model_validate_json(snakemake.params.told)
    files = [*snakemake.input.cards, *snakemake.input.kept, *snakemake.input.figures]
    page = render_index(
        told,
        Results(files, own_images=told.own_images),
        read_verdicts(snakemake.input.verdicts),
        templates=[Path(snakemake.input.shared[0]).parent],
    )
    write_text(snakemake.output.html, page)
