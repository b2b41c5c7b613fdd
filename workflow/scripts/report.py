from proofsheet.jobs.warm import hand_over

hand_over()

from pathlib import Path

from proofsheet.declare.job import ReportJob
from proofsheet.files import write_text
from proofsheet.jobs.job import job
from proofsheet.report.render import render_report
from proofsheet.results.reader import Results
from proofsheet.verdicts.judge import read_verdicts

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    told = ReportJob.model_validate_json(snakemake.params.told)
    files = [*snakemake.input.kept, *snakemake.input.cards, *snakemake.input.figures]
    page = render_report(
        told,
        Results(files, told.writeup.published, told.own_images),
        read_verdicts(snakemake.input.verdicts),
        templates=[
            Path(file).parent for file in (snakemake.input.template, snakemake.input.shared[0])
        ],
    )
    write_text(snakemake.output.html, page)
    log.info("wrote %s", snakemake.output.html)
