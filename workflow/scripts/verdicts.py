import json
from pathlib import Path

from proofsheet.evidence import Evidence
from proofsheet.files import canonical, read_json, settings, write_frame
from proofsheet.job import job
from proofsheet.verdicts import judge_all

with job(snakemake.log[0]):
    # results/<run>/verdicts/<writeup>.csv
    evidence = Evidence(Path(snakemake.output.csv).parents[1])
    claims = {
        name: (settings(canonical(declared["claim"])), declared["data"])
        for name, declared in json.loads(snakemake.params.claims).items()
    }
    stand_ins = {Path(card).stem for card in snakemake.input.cards if read_json(card)["stand_in"]}
    write_frame(
        snakemake.output.csv,
        judge_all(
            snakemake.wildcards.writeup,
            claims,
            evidence,
            stand_ins,
            vars(settings(snakemake.params.titles)),
        ),
    )
