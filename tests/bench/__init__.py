"""How long pages take, on a real server: `bin/bench` (docs/performance.md). No test, and no part of what is served."""
