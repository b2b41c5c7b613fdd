import json
from pathlib import Path

import pandas as pd

from proofsheet.files import read_json, write_text
from proofsheet.job import job
from proofsheet.report import render_index

with job(snakemake.log[0]):
    page = render_index(
        json.loads(snakemake.params.titles),
        json.loads(snakemake.params.claims),
        json.loads(snakemake.params.author),
        [
            {"name": Path(card).stem, **read_json(card)}
            for card in sorted(set(snakemake.input.cards))
        ],
        pd.read_csv(snakemake.input.verdicts),
        run=snakemake.config["run"],
        templates=Path(snakemake.input.template).parent,
    )
    write_text(snakemake.output.html, page)
