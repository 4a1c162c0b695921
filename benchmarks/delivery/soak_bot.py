"""`briefbot run` by a clock that leaps: `python -m benchmarks.delivery.soak_bot CLOCK`.

Nothing else is replaced: settings come from the environment, and all else is the product's.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.delivery.leaping_clock import LeapingClock
from bot.cli import context, main

if __name__ == "__main__":
    context.now = LeapingClock(Path(sys.argv.pop()))
    main()
