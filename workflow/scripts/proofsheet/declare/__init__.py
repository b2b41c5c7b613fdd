"""What YAML may say, typed and checked."""
