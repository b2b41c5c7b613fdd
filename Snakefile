from snakemake.utils import min_version

min_version("9.0")


include: "workflow/rules/common.smk"
include: "workflow/rules/data.smk"
include: "workflow/rules/train.smk"
include: "workflow/rules/recover.smk"
include: "workflow/rules/show.smk"
include: "workflow/rules/report.smk"


report: "workflow/report/workflow.rst"


rule all:
    default_target: True
    input:
        PLAN.final(),
    localrule: True


FOLLOWER = Follower(Path(PATHS("logs")))
WARM = Warm()
LOCK = Lock(Path(PATHS.root))


onstart:
    check_cluster()
    take(LOCK)
    tell_commit()
    FOLLOWER.start()
    keep_precision(PLAN.project.experiments, Path(PATHS.precision()))
    hurry()


onsuccess:
    WARM.stop()
    FOLLOWER.stop()
    LOCK.release()
    if made := PLAN.made_since(FOLLOWER.started):
        print("\nReports:", *(f"  {path}" for path in made), sep="\n")


onerror:
    WARM.stop()
    FOLLOWER.stop()
    failed = failures("".join(Path(path).read_text() for path in log))
    print(*as_lines(failed), sep="\n")
    show_rest_of_it(failed)
    LOCK.release()
