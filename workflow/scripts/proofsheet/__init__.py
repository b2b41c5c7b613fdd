"""Proofsheet: rebuild deep-learning write-ups and check every number and claim."""
