"""Train five pairs of linear network and loss side by side."""
