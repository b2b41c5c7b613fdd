# The few commands a person types. Everything else is plain snakemake in .venv.
#
#   make report                               build the quick run, from a fresh clone
#   make full [DATA=folder]                   build the full run on the write-ups' own data
#   make figure FIGURE=<writeup>/<figure>     draw one figure again from kept files, without torch
#   make table TABLE=<writeup>/<table>        the same for a table
#   make verdicts [STRICT=1]                  print the verdicts; with STRICT=1, fail where a verdict
#                                             differs from the one that the write-up records
#   make verify                               compare every file of a run with its manifest
#   make reproduce [AGAINST=<manifest>]       build the commit in two clones that differ in user, fonts,
#                                             cores, time zone …, or hold it against another machine's
#   make recover EXPERIMENT=fnn RUN=full      search for settings that give the printed numbers
#   make full CLUSTER=slurm                   train on a cluster: docs/cluster.md
#   make gallery                              build the reports of docs/gallery anew, from MNIST and CIFAR-10
#   make bench [BENCH=<rows>]                 measure against a plain script and other libraries
#   make test | make check | make lock | make schema | make clean
#
#   Options: RUN=<name> for config/<name>.yaml (quick: config.yaml), CORES=2,
#   TORCH=cpu or cu126 … for another torch than the usual one, at set-up,
#   DATA=<folder in torchvision's layout>, TESTS="tests/unit -q", ARGS="further snakemake options"

# Snakemake calls the Python that runs its scripts by a path without quotes.
$(if $(word 2,$(CURDIR)),$(error $(CURDIR): a folder with a space in its path; move it to one without))

# From make's command line alone: what stands in the environment under these names is not asked for.
PYTHON = python3
CORES = all
RUN = quick
CLUSTER =
DATA =
FIGURE =
TABLE =
EXPERIMENT =
STRICT =
AGAINST =
ARGS =
TESTS =
BENCH =
TORCH =
VENV := .venv
BIN := $(VENV)/bin
# A misspelt name would build another run than is asked for.
SETTINGS := AGAINST ARGS BENCH CLUSTER CORES DATA EXPERIMENT FIGURE PYTHON RUN STRICT TABLE TESTS TORCH VENV
GIVEN := $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
$(foreach name,$(filter-out $(SETTINGS),$(GIVEN)),$(error $(name)=$($(name)): no such setting; there are $(SETTINGS)))
CONFIGFILE = $(if $(filter quick,$(RUN)),config/config.yaml,config/$(RUN).yaml)
# In quotes a folder called #x or 12 is text to Snakemake. As variables of the shell all are values; ARGS,
# TESTS and BENCH are words of a command.
ROOT = '$(subst ','',$(DATA))'
export CORES RUN CLUSTER DATA ROOT FIGURE TABLE EXPERIMENT AGAINST CONFIGFILE TORCH
# Targets come first: --configfile and --config take what follows them for their own.
WHERE = $(if $(CLUSTER),--profile "profiles/$$CLUSTER",--cores "$$CORES")
KEYS = $(if $(DATA),root="$$ROOT") $(RECOVER)
# Of two --config Snakemake reads the second.
CONFIG = $(if $(filter --config -C,$(ARGS)),$(patsubst -C,-C $(KEYS),$(patsubst --config,--config $(KEYS),$(ARGS))),$(if $(strip $(KEYS)),--config $(KEYS)) $(ARGS))
SNAKEMAKE = $(BIN)/snakemake $(1) $(WHERE) --configfile "$$CONFIGFILE" $(CONFIG)

.DEFAULT_GOAL := help
.DEFAULT:
	@echo "make $@: no such command; make help lists them" >&2; exit 2

.PHONY: help report full doctor known figure table verdicts verify reproduce recover gallery test bench check lock schema clean

help:
	@sed -n '/^#   /s/^#   //p' Makefile

report: doctor $(VENV)/train.stamp
	@$(call SNAKEMAKE)
	@echo "Open results/$$RUN/reports/index.html"

full: RUN := full
full: report

# Before the long part: is what is declared right, and the library there that the last step needs?
DOCTOR = $(BIN)/python workflow/scripts/doctor.py "$$CONFIGFILE"
doctor: known
	@$(DOCTOR) $(RECOVER)

known: $(VENV)/report.stamp
	@for name in RUN CLUSTER FIGURE TABLE EXPERIMENT; do eval "value=\$$$$name"; case "$$value" in *[!A-Za-z0-9_/-]*|/*) echo "$$name=$$value: a name has letters, digits, _ and - alone, and no folder or ending: RUN=full, FIGURE=verification_vae/loss_curves" >&2; exit 2;; esac; done
	@case "$$TORCH" in cu*[!0-9]*) bad=1;; ""|cpu|auto|cu[0-9]*|rocm[0-9]*|xpu) bad=;; *) bad=1;; esac; test -z "$$bad" || { echo "TORCH=$$TORCH: give cpu, auto, or a version of CUDA as cu126" >&2; exit 2; }
	@case "$$AGAINST" in ""|*/) ;; *) test -e "$$AGAINST" || { echo "AGAINST=$$AGAINST: no such manifest" >&2; exit 2; };; esac
	@case "$$CORES" in all|[1-9]|[1-9][0-9]|[1-9][0-9][0-9]) ;; *) echo "CORES=$$CORES: give 1 or more, or all" >&2; exit 2;; esac
	@test -z "$$TORCH" || test ! -s $(VENV)/train.stamp || test "$$TORCH" = "$$(cat $(VENV)/train.stamp)" || { echo "TORCH=$$TORCH: $(VENV) has another torch; start over with: make clean" >&2; exit 2; }
	@case "$$RUN" in config|author) echo "RUN=$$RUN: that is the name of no run; there are $$(ls config | sed -n '/^author/d; s/^config\./quick./; s/\.yaml$$//p' | sort | paste -sd, | sed 's/,/, /g')" >&2; exit 2;; esac
	@test "$$CLUSTER" != default || { echo "CLUSTER=default: that is the name of no cluster" >&2; exit 2; }
	@test -z "$(filter recover,$(MAKECMDGOALS))" || test -n "$$EXPERIMENT" || { echo "make recover: name one, as in EXPERIMENT=fnn RUN=full" >&2; exit 2; }
	@test -f "$$CONFIGFILE" || { echo "RUN=$$RUN: there is no $$CONFIGFILE; write one, or choose of: quick $(filter-out author config,$(basename $(notdir $(wildcard config/*.yaml))))" >&2; exit 2; }
	@test -z "$$DATA" || test -d "$$DATA" || { echo "DATA=$$DATA: no such folder; make it, or leave DATA out to download into data/" >&2; exit 2; }
	@test -z "$$CLUSTER" || test -f "profiles/$$CLUSTER/config.yaml" || { echo "CLUSTER=$$CLUSTER: there is no profiles/$$CLUSTER/config.yaml; choose of: $(filter-out default,$(notdir $(wildcard profiles/*)))" >&2; exit 2; }

# Kept files only: what they are made from is not made again.
AGAIN = test -d "results/$$RUN" || { echo "results/$$RUN: not built yet; first: make report RUN=$$RUN" >&2; exit 1; }; $(call SNAKEMAKE,"results/$$RUN/$(1)") --force --allowed-rules $(2) || { $(DOCTOR) "$(1)" && echo "Nothing was made. If the run is not built yet: make report RUN=$$RUN" >&2; exit 1; }

# At a glance, since a figure is drawn often: where no line under its kind begins with its name, the doctor looks.
DECLARED = awk -v kind="$(1):" -v name="  $$(basename -- "$(2)"):" '/^[a-z]/ { here = index($$0, kind) == 1 } here && index($$0, name) == 1 { found = 1 } END { exit !found }' "writeups/$$(dirname "$(2)").yaml" 2>/dev/null

figure: known
	@test -n "$$FIGURE" || { echo "make figure: name one, as in FIGURE=verification_vae/loss_curves" >&2; exit 2; }
	@$(call DECLARED,figures,$$FIGURE) || $(DOCTOR) "figures/$$FIGURE.svg"
	@$(call AGAIN,figures/$$FIGURE.svg,figure)
	@ls "results/$$RUN/figures/$$FIGURE".*

table: known
	@test -n "$$TABLE" || { echo "make table: name one, as in TABLE=verification_vae/vae_quality" >&2; exit 2; }
	@$(call DECLARED,tables,$$TABLE) || $(DOCTOR) "tables/$$TABLE.csv"
	@$(call AGAIN,tables/$$TABLE.csv,table)
	@ls "results/$$RUN/tables/$$TABLE.csv"

# Verdicts on stand-ins are printed and not held against the record, which speaks of the real data.
verdicts: known
	@$(call AGAIN,verdicts.csv,verdicts all_verdicts --quiet)
	@$(BIN)/python workflow/scripts/show_verdicts.py "results/$$RUN/verdicts.csv" $(if $(filter-out 0 no,$(STRICT)),--strict)

# What a search found is kept beside the write-ups.
recover: RECOVER = recover="$$EXPERIMENT"
recover: doctor $(VENV)/train.stamp
	@$(call SNAKEMAKE)
	@mkdir -p writeups/recovered
	@cp "results/$$RUN/recovered/$$EXPERIMENT.csv" "writeups/recovered/$$EXPERIMENT.csv"
	@echo "Kept writeups/recovered/$$EXPERIMENT.csv"

verify: known
	@$(BIN)/python workflow/scripts/verify.py "$$RUN" "$$CONFIGFILE"

reproduce: known $(VENV)/train.stamp
	@$(BIN)/python workflow/scripts/reproduce.py "$$RUN" "$$CONFIGFILE" $(if $(AGAINST),--against "$$AGAINST") $(if $(DATA),--root "$$DATA")

# What a visitor opens without building: hours of training, from a commit that it names.
gallery: RUN := gallery
gallery: report
	@$(BIN)/python workflow/scripts/gallery.py --keep
	@ls -s docs/gallery

test: $(VENV)/test.stamp
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(TESTS)

bench: $(VENV)/bench.stamp
	@$(BIN)/python benchmarks/bench.py $(BENCH)

check: $(VENV)/test.stamp
	@$(BIN)/ruff format --check workflow tests benchmarks
	@$(BIN)/ruff check workflow tests benchmarks
	@$(BIN)/snakefmt --check Snakefile workflow/rules
	@$(BIN)/mypy
	@$(BIN)/python workflow/scripts/check_numbers.py
	@$(BIN)/python workflow/scripts/gallery.py
	@cd workflow/scripts && ../../$(BIN)/lint-imports --config ../../pyproject.toml
	@$(BIN)/snakemake --lint

# Nothing that a person has set for other projects: pip and uv go on with what is not yet there.
INSTALL = env -u UV_SYSTEM_PYTHON -u UV_TARGET -u UV_PREFIX -u UV_TORCH_BACKEND $(BIN)/uv pip install --compile-bytecode --python $(BIN)/python
# PyTorch's own index has wheels of other hashes than the lock: these two are pinned by version alone.
OTHER_TORCH = if grep -q '^torch==' $<; then $(INSTALL) --torch-backend "$$TORCH" $$(sed -nE 's/^(torch(vision)?==[^ ]+).*/\1/p' $<) || { echo "TORCH=$$TORCH: not to be had (above) from PyTorch's own index; without TORCH the usual wheels are installed, which need no GPU" >&2; exit 2; }; fi && awk '/^[a-z]/ { torch = /^(torch|torchvision|triton|nvidia-[a-z0-9-]+|cuda-[a-z0-9-]+)==/ } !torch' $< > $(VENV)/rest.txt && $(INSTALL) --no-deps --require-hashes --requirements $(VENV)/rest.txt

# One virtual environment; each stamp adds packages to it: report < train < test < bench. Compiled ahead,
# because importing torch costs every job, and some machines write no bytecode of their own.
$(VENV)/%.stamp: requirements/%.txt $(VENV)/uv.stamp
	@echo "Installing requirements/$*.txt into $(VENV)"
	@$(if $(TORCH),$(OTHER_TORCH),$(INSTALL) --require-hashes --requirements $<)
	@echo "$$TORCH" > $@

$(VENV)/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Proofsheet needs Python 3.11 or newer; name one, as in: make report PYTHON=python3.11" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian or Ubuntu install it with: apt-get install python3-venv" >&2; exit 2; }
	@env -u PIP_TARGET -u PIP_PREFIX -u PIP_USER $(BIN)/python -m pip install --no-user --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# Writes hashes and no addresses, from the groups of pyproject.toml; the smaller locks are constrained by
# the largest, so they agree.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock: $(VENV)/uv.stamp
	@$(LOCK) --group bench --output-file requirements/bench.txt
	@for name in test train report uv; do $(LOCK) --constraints requirements/bench.txt --group $$name --output-file requirements/$$name.txt || exit; done

# What editors complete and check the YAML files by.
schema: $(VENV)/report.stamp
	@$(BIN)/python workflow/scripts/write_schema.py

clean:
	@echo "Results are kept. To remove them: rm -r results .snakemake"
	@rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache
