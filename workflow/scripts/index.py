import json
from pathlib import Path

from proofsheet.files import read_json, write_text
from proofsheet.job import job
from proofsheet.report.render import render_index
from proofsheet.verdicts.judge import read_verdicts

with job(snakemake.log[0]):
    page = render_index(
        json.loads(snakemake.params.writeups),
        json.loads(snakemake.params.author),
        [
            {"name": Path(card).stem, **read_json(card)}
            for card in sorted(set(snakemake.input.cards))
        ],
        read_verdicts(snakemake.input.verdicts),
        run=snakemake.config["run"],
        templates=Path(snakemake.input.template).parent,
    )
    write_text(snakemake.output.html, page)
