"""The one exception a person is meant to read."""


class ProofsheetError(Exception):
    """Bad input or a failed run: one line that says what is wrong, where, and what to do."""
