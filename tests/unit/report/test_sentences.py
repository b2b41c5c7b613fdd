import re

import pytest
from markupsafe import Markup

from proofsheet.report.citations import Citations
from proofsheet.report.judgements import Claim
from proofsheet.report.sentences import Sentences, with_mark
from synthetic import SAYS, printed, read_results, write_experiment

METRIC = {"split": "test", "quantity": "accuracy"}
COMPARED = {"kind": "comparison", "title": "gap", "lower": "a", "upper": "b", **METRIC}
ORDERED = {"kind": "ordering", "title": "accuracy", "order": ["a", "b", "c"], **METRIC}


@pytest.fixture
def sentences(tmp_path, writeup, experiment):
    """``sentences(confirmed="{...}")``: those of a write-up with the claim ``x``."""
    for name, accuracy in {"a": 0.5, "b": 0.9, "c": 0.25}.items():
        write_experiment(tmp_path, name, {("test", "accuracy"): [accuracy]})
    published = {"a": {"accuracy": printed(value=82, unit="percent", scale="share")}}

    def sentences(verdict="confirmed", measure=COMPARED, seeds=3, statement="claims", **says):
        one = {"says": {**SAYS, **says}, "measures": [measure]}
        if statement == "claims":
            one |= {"text": "", "evidence": ""}
        declared = writeup(published=published, **{statement: {"x": one}})
        third = {"c": experiment(title="Network c")}
        declared = declared.model_copy(update={"experiments": {**declared.experiments, **third}})
        finding = {"effect": -0.0123, "verdict": verdict, "seeds": seeds, "beside": False}
        judged = {"x": Claim("x", "", verdict, False, "", {measure["title"]: finding})}
        results = read_results(tmp_path, published)
        citations = Citations(results, lambda path: f"make {path}", "v.csv")
        return Sentences(declared, judged, citations)

    return sentences


@pytest.fixture
def say(sentences):
    """``say(confirmed="{...}")``: what the claim ``x`` says, with its links."""
    return lambda *verdict, **declared: sentences(*verdict, **declared).say("x")


def text(said):
    return re.sub("<[^>]+>", "", said)


def source(said):
    return re.search(r'data-source="([^"]+)"', said)[1]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("confirmed", "Yes."), ("contradicted", "No."), ("inconclusive", "Perhaps.")],
)
def test_a_claim_says_the_sentence_of_its_verdict(say, verdict, expected):
    assert say(verdict) == expected


def test_what_is_not_comparable_has_its_own_sentence(say):
    reaches = {"kind": "threshold", "title": "t", "experiment": "a", "published": "accuracy"}
    said = say("not comparable", {**reaches, **METRIC}, not_comparable="Who knows.")
    assert said == "Who knows."


def test_a_remark_says_its_sentence_too(say):
    assert say("contradicted", statement="remarks") == "No."


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("b/test accuracy|.0%", "90%"),
        ("gap|.1p", "−1.2"),
        ("gap|+.2f", "−0.01"),
        ("a[accuracy]", "82%"),
    ],
)
def test_a_number_stands_in_the_format_of_its_braces(say, inside, expected):
    assert text(say(confirmed=f"It is {{{inside}}}.")) == f"It is {expected}."


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("b/test accuracy|.0%", "runs/b/metrics.csv: test accuracy, one seed"),
        ("gap|.1p", "v.csv: x, gap"),
        ("a[accuracy]", "v.csv: a/accuracy, as printed"),
    ],
)
def test_a_number_leads_to_where_it_was_read(say, inside, expected):
    assert source(say(confirmed=f"{{{inside}}}")).split(" · ")[0] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("order", "network c, network a and network b"),
        ("highest", "network b"),
        ("lowest", "network c"),
    ],
)
@pytest.mark.parametrize("falls", [False, True])
def test_experiments_are_named_by_their_means(say, word, expected, falls):
    # Measured in the order declared they are 0.5, 0.9, 0.25; what is claimed decides nothing.
    measure = {**ORDERED, "falls": falls}
    assert text(say(measure=measure, confirmed=f"{{accuracy|{word}}}")) == expected


def test_an_order_leads_to_the_verdict_on_it(say):
    assert source(say(measure=ORDERED, confirmed="{accuracy|order}")).startswith("v.csv: x, accur")


def test_words_of_a_sentence_are_escaped(say):
    assert say(confirmed="0 < 1 & {gap|.1p}").startswith("0 &lt; 1 &amp; <a ")


def test_what_one_measure_says_stands_in_a_sentence(say):
    assert text(say("inconclusive", inconclusive="It is {gap|verdict}.")) == "It is inconclusive."


# Marks


@pytest.mark.parametrize(
    "sentence",
    ["It does, by 1.2 points.", 'It does, by 1.2 <a class="value" href="#x">points</a>.'],
)
def test_a_mark_stays_on_the_line_of_the_last_word(sentence):
    marked = with_mark(Markup(sentence), Markup("<b>!</b>"))
    kept = re.search('<span class="short">(.*)</span>$', marked)[1]
    assert text(kept) == "points.&nbsp;!"
    assert text(marked) == "It does, by 1.2 points.&nbsp;!"


def test_a_mark_behind_a_link_of_several_words_does_not_break_it():
    marked = with_mark(Markup('It is <a href="#x">VGG and LeNet</a>.'), Markup("<b>!</b>"))
    assert '<a href="#x">VGG and LeNet</a>.<span class="short">' in marked


def test_too_few_trainings_are_told_before_the_full_stop(say):
    said = say("inconclusive", seeds=1, inconclusive="It has 1.2 points.")
    assert text(said) == "It has 1.2 points (one training)."


def test_a_remark_says_nothing_of_the_number_of_trainings(sentences):
    of_remark = sentences("inconclusive", seeds=1, statement="remarks", inconclusive="So it is.")
    assert of_remark.say("x") == "So it is."
