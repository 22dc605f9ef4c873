"""A thousand people in five hundred open sessions: `bin/load` (docs/performance.md). No test, and no part of what is served."""
