"""What a report says of a claim, or remarks: the sentence of its verdict, with its numbers."""

from __future__ import annotations

import re

import numpy as np
from markupsafe import Markup

from proofsheet.declare.claim import Ordering
from proofsheet.declare.sentence import RANKS, Effect, Mean, Reference, pieces
from proofsheet.declare.writeup import Writeup
from proofsheet.report.citations import Citations
from proofsheet.report.judgements import Claim
from proofsheet.report.numbers import number

# The last word of a line of markup, with the whole tags in it.
LAST_WORD = re.compile(r"(?:<[^>]*>|[^<\s])*$")


class Sentences:
    """Sentences of one write-up.

    :param judged: its claims and remarks with their verdicts.
    """

    def __init__(self, writeup: Writeup, judged: dict[str, Claim], citations: Citations):
        self.writeup = writeup
        self.judged = judged
        self.citations = citations

    def say(self, name: str) -> Markup:
        """The sentence of a claim or remark; of a claim, whether it rests on too few trainings."""
        claim = self.judged[name]
        said = self.writeup.statements()[name].says.by_verdict()[claim.verdict]
        words = Markup("").join(
            piece if isinstance(piece, str) else self._shown(claim, piece) for piece in pieces(said)
        )
        few = claim.few_seeds() if name in self.writeup.claims else ""
        return (
            words[:-1] + Markup(' <span class="quiet">({})</span>.').format(few) if few else words
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


def with_mark(sentence: Markup, mark: str) -> Markup:
    """A sentence and its mark, which stays on the line of the last word."""
    last = LAST_WORD.search(sentence)
    start = (
        last.start() if last and last[0].count("<a ") == last[0].count("</a>") else len(sentence)
    )
    ending = Markup('<span class="short">{}&nbsp;{}</span>')
    return sentence[:start] + ending.format(sentence[start:], mark)


def _inside(title: str) -> str:
    """A title as it stands inside a sentence: ``contrastive``, but VGG and LeNet-5."""
    return title[0].lower() + title[1:] if title.split()[0][1:].islower() else title
