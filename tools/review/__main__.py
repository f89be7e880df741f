"""Write the table for a clinician to sign: `python -m tools.review`, to reports/review.html."""

from __future__ import annotations

import sys
from datetime import date

from bot.launch.project import ROOT
from tools.review.page import page
from tools.review.rows import rows

REPORT = ROOT / "reports" / "review.html"


def main() -> int:
    """Write the page; return the exit status."""
    groups = rows(ROOT / "data")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(page(groups, date.today().isoformat()), encoding="utf-8")
    for name, held in groups.items():
        print(f"{name}: {len(held)} rules")
    print(f"Written: {REPORT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
