"""Print the verdicts of a run: ``show_verdicts.py results/<run>/verdicts.csv [--strict]``."""

import sys

from rich.console import Console

from proofsheet.verdicts.judge import read_verdicts
from proofsheet.verdicts.terminal import print_verdicts

differing = print_verdicts(read_verdicts(sys.argv[1]), Console())
sys.exit(bool(differing) and "--strict" in sys.argv[2:])
