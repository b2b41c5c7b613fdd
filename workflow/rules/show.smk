rule figure:
    """One figure, in four forms: drawn from kept files, without torch."""
    input:
        unpack(reads(PLAN.figure)),
    output:
        svg=report(
            PATHS.figure("{writeup}", "{figure}", "svg"),
            caption="../report/figure.rst",
            category=title,
            subcategory="Figures",
            labels={"figure": "{figure}"},
        ),
        png=PATHS.figure("{writeup}", "{figure}", "png"),
        pdf=PATHS.figure("{writeup}", "{figure}", "pdf"),
        csv=PATHS.figure("{writeup}", "{figure}", "csv"),
    log:
        PATHS.log("figure", "{writeup}", "{figure}"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        told=told(PLAN.figure),
    script:
        "../scripts/figure.py"


rule table:
    """One table as the report shows it, unrounded."""
    input:
        unpack(reads(PLAN.table)),
    output:
        csv=report(
            PATHS.table("{writeup}", "{table}"),
            caption="../report/table.rst",
            category=title,
            subcategory="Tables",
            labels={"table": "{table}"},
        ),
    log:
        PATHS.log("table", "{writeup}", "{table}"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        told=told(PLAN.table),
    script:
        "../scripts/table.py"


rule verdicts:
    """Every claim and every published number of one write-up, judged."""
    input:
        unpack(reads(PLAN.verdicts)),
    output:
        csv=PATHS.verdicts("{writeup}"),
    log:
        PATHS.log("verdicts", "{writeup}"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        told=told(PLAN.verdicts),
    script:
        "../scripts/verdicts.py"


rule all_verdicts:
    """The verdicts of all write-ups in one file."""
    input:
        unpack(reads(PLAN.all_verdicts)),
    output:
        csv=report(
            PATHS.verdicts(),
            caption="../report/verdicts.rst",
            category="Verdicts",
            labels={"table": "all verdicts"},
        ),
    log:
        PATHS.log("all_verdicts"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    script:
        "../scripts/all_verdicts.py"
