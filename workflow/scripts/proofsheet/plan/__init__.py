"""From declarations to jobs: what every rule reads, writes and is told."""
