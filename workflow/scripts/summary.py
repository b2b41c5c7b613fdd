"""After a build: where the reports are."""

import sys
from pathlib import Path

reports = Path("results") / sys.argv[1] / "reports"
print("\nReports:")
for path in sorted(reports.glob("*.html")) + sorted(reports.glob("*.pdf")):
    print(f"  {path}")
