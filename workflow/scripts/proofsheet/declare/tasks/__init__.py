"""One module a task: what its training and its evaluation declare, and what they will measure."""
