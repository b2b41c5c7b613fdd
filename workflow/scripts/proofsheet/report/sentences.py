"""What a report says of a claim, or remarks: the sentence of its verdict, with its numbers."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from proofsheet.declare.claim import Ordering
from proofsheet.declare.sentence import RANKS, Effect, Mean, Reference, pieces
from proofsheet.declare.writeup import Writeup
from proofsheet.report.citations import Citations
from proofsheet.report.judgements import Claim
from proofsheet.report.numbers import number


class Sentences:
    """Sentences of one write-up.

    :param judged: its claims and remarks with their verdicts.
    """

    def __init__(self, writeup: Writeup, judged: dict[str, Claim], citations: Citations):
        self.writeup = writeup
        self.judged = judged
        self.citations = citations

    def say(self, name: str) -> Markup:
        """The sentence of a claim or remark."""
        claim = self.judged[name]
        said = self.writeup.statements()[name].says.by_verdict()[claim.verdict]
        return Markup("").join(
            piece if isinstance(piece, str) else self._shown(claim, piece) for piece in pieces(said)
        )

    def _shown(self, claim: Claim, reference: Reference) -> Markup:
        if isinstance(reference, Mean):
            return self.citations.value(*reference)
        if not isinstance(reference, Effect):
            return self.citations.printed(*reference)
        finding = claim.findings[reference.measure]
        if reference.format == "verdict":
            shown = finding["verdict"]
        elif reference.format in RANKS:
            shown = self._ordered(claim.name, reference)
        else:
            shown = number(finding["effect"], reference.format)
        return self.citations.cite(
            shown, self.citations.verdicts, f"{claim.name}, {reference.measure}"
        )

    def _ordered(self, name: str, reference: Effect) -> str:
        parts = self.writeup.statements()[name].parts()
        measure = next(part for part in parts if part.title == reference.measure)
        assert isinstance(measure, Ordering)  # checked while planning
        results = self.citations.results
        means = [results.estimate(one, measure.metric).mean for one in measure.order]
        titles = [_inside(self.writeup.experiments[one].title) for one in measure.order]
        ranked = [titles[at] for at in np.argsort(means, kind="stable")]
        if reference.format == "order":
            return f"{', '.join(ranked[:-1])} and {ranked[-1]}"
        return ranked[-1] if reference.format == "highest" else ranked[0]


def _inside(title: str) -> str:
    """A title as it stands inside a sentence: ``contrastive``, but VGG and LeNet-5."""
    return title[0].lower() + title[1:] if title.split()[0][1:].islower() else title
