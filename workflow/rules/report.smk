rule report:
    """One write-up's report as one self-contained page."""
    input:
        unpack(reads(PLAN.report)),
    output:
        html=report(
            PATHS.report("{writeup}", "html"),
            caption="../report/report.rst",
            category=title,
            subcategory="Report",
            labels={"report": "page"},
        ),
    log:
        PATHS.log("report", "{writeup}"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        told=told(PLAN.report),
    script:
        "../scripts/report.py"


rule pdf:
    """The same report in print."""
    input:
        unpack(reads(PLAN.pdf)),
    output:
        pdf=PATHS.report("{writeup}", "pdf"),
    log:
        PATHS.log("pdf", "{writeup}"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    script:
        "../scripts/pdf.py"


rule index:
    """The page that leads to all reports."""
    input:
        unpack(reads(PLAN.index)),
    output:
        html=PATHS.report("index", "html"),
    log:
        PATHS.log("index"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        told=told(PLAN.index),
    script:
        "../scripts/index.py"


rule manifest:
    """SHA-256 of every file of the run."""
    input:
        unpack(reads(PLAN.manifest)),
    output:
        manifest=PATHS.manifest(),
    log:
        PATHS.log("manifest"),
    localrule: True
    conda:
        "../../envs/report.yaml"
    script:
        "../scripts/manifest.py"
