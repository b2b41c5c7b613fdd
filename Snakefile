import gc

from snakemake.utils import min_version

min_version("9.0")


# Nothing that Snakemake imported is garbage: without this, the collector looks all of it over while
# the rules are read and once more at the end, which costs every call and every job 0.2 seconds.
gc.freeze()


# Configuration: --configfile replaces config.yaml as a whole; author.yaml serves all runs.
configfile: "config/author.yaml"


if "run" not in config:

    configfile: "config/config.yaml"


include: "workflow/rules/common.smk"
include: "workflow/rules/data.smk"
include: "workflow/rules/train.smk"
include: "workflow/rules/show.smk"
include: "workflow/rules/report.smk"


rule all:
    default_target: True
    input:
        final_outputs(),
    localrule: True


FOLLOWER = Follower(Path(RESULTS) / "logs")


onstart:
    check_cluster()
    FOLLOWER.start()


onsuccess:
    FOLLOWER.stop()
    print(*summary(), sep="\n")


onerror:
    FOLLOWER.stop()
    print(*failures("".join(Path(path).read_text() for path in log)), sep="\n")
