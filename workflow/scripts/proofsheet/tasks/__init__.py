"""A folder for each task: what it minimises, and what it measures of the trained network."""
