# A search for what a write-up leaves open: its candidates are experiments like any other.
if PLAN.search:

    rule recovered:
        """All candidates, as they are kept beside the write-ups."""
        input:
            PLAN.last_rung(),
        output:
            PATHS.recovered(PLAN.run.recover),
        localrule: True
        shell:
            "cp {input:q} {output:q}"

    checkpoint rank:
        """The candidates of one round, by how near they come to what is printed."""
        input:
            unpack(of_round(lambda job: job.inputs)),
        output:
            csv=PATHS.rung(PLAN.run.recover, "{rung}"),
        log:
            PATHS.log("rank", PLAN.run.recover, "{rung}"),
        localrule: True
        conda:
            "../../envs/report.yaml"
        params:
            told=of_round(lambda job: job.told),
        script:
            "../scripts/rank.py"
