"""Training objectives, one per task: what to draw, and what to minimise."""
