rule prepare:
    """One configured source becomes one checked file of uint8 images, and its card."""
    input:
        unpack(reads(PLAN.prepare)),
    output:
        data=PATHS.data("{dataset}"),
        card=PATHS.card("{dataset}"),
    log:
        PATHS.log("prepare", "{dataset}"),
    # Else the longest training, which begins first, may have to wait for its images.
    priority: 1_000_000
    localrule: True
    conda:
        "../../envs/train.yaml"
    params:
        told=told(PLAN.prepare),
    script:
        "../scripts/prepare.py"
