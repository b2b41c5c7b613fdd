"""One write-up: all that it declares."""

from pydantic import Field

from proofsheet.declarations.claims import Claim
from proofsheet.declarations.published import Published
from proofsheet.declarations.shown import Figure, Table
from proofsheet.declarations.strict import Strict
from proofsheet.declarations.training import Experiment


class Part(Strict):
    """A part of the report: its heading, and the library file that its code link shows."""

    title: str
    source: str


class Writeup(Strict):
    title: str
    course: str
    parts: dict[str, Part]
    experiments: dict[str, Experiment]
    figures: dict[str, Figure]
    tables: dict[str, Table] = Field(default_factory=dict)
    # By experiment and quantity.
    published: dict[str, dict[str, Published]] = Field(default_factory=dict)
    claims: dict[str, Claim] = Field(default_factory=dict)

    def shown(self) -> list[str]:
        """Names of all experiments that this write-up declares or shows, in order."""
        used = [name for item in self._users() for name in item]
        return list(dict.fromkeys([*self.experiments, *used]))

    def claim_texts(self) -> dict[str, str]:
        """Sentences of all claims; ``{cnn6[test_accuracy]}`` in one is the number as printed.

        :raises KeyError: where a sentence names a number that is not published.
        """
        printed = {
            experiment: {name: quantity.texts()[-1] for name, quantity in quantities.items()}
            for experiment, quantities in self.published.items()
        }
        return {name: claim.text.format(**printed) for name, claim in self.claims.items()}

    def data_shown(self) -> list[str]:
        """Data sets of which a figure shows images."""
        return list(dict.fromkeys(name for f in self.figures.values() for name in f.draw.data))

    def _users(self) -> list[list[str]]:
        figures = [figure.draw.experiments for figure in self.figures.values()]
        tables = [table.experiments for table in self.tables.values()]
        claims = [claim.experiments for claim in self.claims.values()]
        return figures + tables + claims + [list(self.published)]
