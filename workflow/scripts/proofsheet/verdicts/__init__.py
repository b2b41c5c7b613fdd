"""From declared statements and kept evidence to verdicts."""
