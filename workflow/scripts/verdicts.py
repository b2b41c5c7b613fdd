import json
from pathlib import Path

from proofsheet.evidence import Evidence
from proofsheet.files import read_json, settings, write_frame
from proofsheet.job import job
from proofsheet.verdicts.judge import judge_writeup

with job(snakemake.log[0]):
    data = json.loads(snakemake.params.data)
    published = json.loads(snakemake.params.published)
    rows = {
        experiment: {name: quantity["rows"] for name, quantity in quantities.items()}
        for experiment, quantities in published.items()
    }
    stand_ins = {Path(card).stem for card in snakemake.input.cards if read_json(card)["stand_in"]}
    write_frame(
        snakemake.output.csv,
        judge_writeup(
            snakemake.wildcards.writeup,
            vars(settings(snakemake.params.claims)),
            {name: vars(item) for name, item in vars(settings(snakemake.params.published)).items()},
            # results/<run>/verdicts/<writeup>.csv
            Evidence(Path(snakemake.output.csv).parents[1], rows),
            {experiment for experiment, dataset in data.items() if dataset in stand_ins},
            json.loads(snakemake.params.titles),
        ),
    )
