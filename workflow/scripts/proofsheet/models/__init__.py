"""Network architectures, one family per module; a declaration names them as module.function."""
