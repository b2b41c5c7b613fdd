"""What every script shares: log, progress, failures, GPU, start-up."""
