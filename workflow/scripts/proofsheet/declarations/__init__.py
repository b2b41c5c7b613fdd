"""What a write-up declares, typed and checked.

Nothing here imports torch: declarations are read while Snakemake plans.
"""
