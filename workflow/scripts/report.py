import json
from pathlib import Path

from proofsheet.files import write_text
from proofsheet.job import job
from proofsheet.report.render import render_report

with job(snakemake.log[0]) as say:
    output = Path(snakemake.output.html)
    page = render_report(
        json.loads(snakemake.params.writeup),
        json.loads(snakemake.params.author),
        json.loads(snakemake.params.code_links),
        snakemake.params.commit,
        results=output.parents[1],
        templates=Path(snakemake.input.template).parent,
    )
    write_text(output, page)
    say(f"wrote {output}")
