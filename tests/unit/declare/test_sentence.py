"""Sentences, and what stands in braces in them."""

import pytest
from pydantic import TypeAdapter, ValidationError

from proofsheet.declare.claim import Claim, Statement
from proofsheet.declare.sentence import Effect, Mean, Printed, Sentence, pieces, references
from synthetic import SAYS


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("cnn6/test accuracy|.1%", Mean("cnn6", "test accuracy", ".1%")),
        ("svhn-cnn/loss_gap|+.2f", Mean("svhn-cnn", "loss_gap", "+.2f")),
        ("a/one_linear_mse chords|.1p", Mean("a", "one_linear_mse chords", ".1p")),
        ("test accuracy|.1p", Effect("test accuracy", ".1p")),
        ("loss, relative to the last|.0f", Effect("loss, relative to the last", ".0f")),
        ("accuracy|order", Effect("accuracy", "order")),
        ("accuracy|highest", Effect("accuracy", "highest")),
        ("accuracy|lowest", Effect("accuracy", "lowest")),
        ("cnn6[test_accuracy]", Printed("cnn6", "test_accuracy")),
        # The format stands behind the last bar.
        ("|x| below 1|.1f", Effect("|x| below 1", ".1f")),
    ],
)
def test_what_stands_in_braces(inside, expected):
    assert references(f"It is {{{inside}}}.") == [expected]


def test_a_sentence_is_its_words_and_what_stands_between_them():
    assert pieces("From {a[x]} to {t|.1f}.") == [
        "From ",
        Printed("a", "x"),
        " to ",
        Effect("t", ".1f"),
        ".",
    ]


def test_a_sentence_may_have_nothing_in_braces():
    assert pieces("It does.") == ["It does."]


READ = TypeAdapter(Sentence)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("{}", r"\{\}: write \{experiment/split quantity\|format\}"),
        ("{accuracy}", r"\{accuracy\}: write"),
        ("{cnn6/test accuracy}", r"\{cnn6/test accuracy\}: write"),
        ("{cnn6/test accuracy|.1x}", "a format is"),
        ("{accuracy|.1q}", "a format is"),
        ("{accuracy|most}", "a format is"),
        ("{cnn6[test accuracy]}", "write"),
        ("{cnn6[accuracy}", "write"),
        ("It is {cnn6[accuracy].", "a brace is not closed, or not opened"),
        ("It is cnn6[accuracy]}.", "a brace is not closed, or not opened"),
        ("A lone {.", "a brace is not closed, or not opened"),
        ("{{accuracy|.1f}}", "a brace is not closed, or not opened"),
    ],
)
def test_a_mistake_in_braces_is_told(text, mistake):
    with pytest.raises(ValidationError, match=mistake):
        READ.validate_python(text)


# What a statement says

ABOVE = {"kind": "threshold", "title": "t", "experiment": "a", "quantity": "accuracy", "above": 0}
REACHES = {**{key: value for key, value in ABOVE.items() if key != "above"}, "published": "x"}
OPEN = {**SAYS, "not_comparable": "Who knows."}


def statement(says, *measures, kind=Statement, **keys):
    return kind.model_validate({"says": says, "measures": measures or [ABOVE], **keys})


def test_a_sentence_is_found_by_the_words_of_its_verdict():
    assert statement(OPEN, REACHES).says.by_verdict() == {
        "confirmed": "Yes.",
        "contradicted": "No.",
        "inconclusive": "Perhaps.",
        "not comparable": "Who knows.",
    }


def test_a_verdict_that_cannot_be_has_no_sentence():
    assert "not comparable" not in statement(SAYS).says.by_verdict()


@pytest.mark.parametrize("verdict", SAYS)
def test_each_verdict_has_a_sentence(verdict):
    says = {key: text for key, text in SAYS.items() if key != verdict}
    with pytest.raises(ValidationError, match=rf"says\.{verdict}\n  Field required"):
        statement(says)


@pytest.mark.parametrize(("says", "measure"), [(SAYS, REACHES), (OPEN, ABOVE)])
def test_what_is_not_comparable_is_said_where_a_printed_number_is_reached(says, measure):
    with pytest.raises(ValidationError, match="stands beside a measure with `published`"):
        statement(says, measure)


def test_a_statement_reads_what_all_of_its_sentences_read():
    says = {"confirmed": "{a[x]}", "contradicted": "{t|.1f}", "inconclusive": "{b/loss|.1f}"}
    assert statement(says).references() == [
        Printed("a", "x"),
        Effect("t", ".1f"),
        Mean("b", "loss", ".1f"),
    ]


def test_a_claim_reads_what_its_text_reads():
    claim = statement(SAYS, kind=Claim, text="It is {a[x]}.", evidence="")
    assert claim.references() == [Printed("a", "x")]


@pytest.mark.parametrize("inside", ["a/loss|.1f", "t|.1f", "t|order"])
def test_the_text_of_a_claim_has_printed_numbers_alone(inside):
    with pytest.raises(ValidationError, match="braces are for printed numbers here"):
        statement(SAYS, kind=Claim, text=f"It is {{{inside}}}.", evidence="")
