import pytest

from proofsheet.report.literal_numbers import declared_settings, in_declaration, in_template


def found_in_template(tmp_path, text, settings=frozenset()):
    path = tmp_path / "page.html.j2"
    path.write_text(text)
    return [(literal.line, literal.text) for literal in in_template(path, set(settings))]


@pytest.mark.parametrize(
    "text",
    [
        "<p>It reaches 75.85 % on test images.</p>",
        "<p>The loss ends at 0.179.</p>",
        "<p>{{ title }} has 3,072 numbers.</p>",
        "<p>{% if better %}It is 12 better.{% endif %}</p>",
        '<p>{{ "reaches 75.85 %" if better else "does not" }}</p>',
        "{% set words = ['was 0.179', 'is'] %}",
        '<p>{{ "75.85%" if better else "less" }}</p>',
        '<p>{{ 0.8231|number(".1%") }}</p>',
        "<p>It fell by -0.179.</p>",
        "<p>It is 2.5× faster.</p>",
        "<p>A loss of .179.</p>",
        '<img alt="A curve that ends at 0.179" src="x">',
    ],
)
def test_a_typed_number_is_found(tmp_path, text):
    assert len(found_in_template(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<p class="w3" style="width: 40%">{{ value("a", "test", "accuracy", ".1%") }}</p>',
        "<p>{% if mean(1, 2) > 0.05 %}It rose.{% endif %}</p>",
        "{# In 2026 it was 75.85 %. #}",
        "<p>CIFAR-10, ResNet-18, images of 28×28 pixels, at 1:10; Figure S3.</p>",
        "<p>Pixels from 0 to 1, in two rows.</p>",
        "<p>Means with a 95 % interval.</p>",
        '{{ "\\\\frac{1}{12} \\\\sum"|formula }}',
        "<style>p { margin: 12px }</style>",
    ],
)
def test_what_is_no_measured_number_is_left_alone(tmp_path, text):
    assert found_in_template(tmp_path, text) == []


def test_a_number_is_found_in_its_line(tmp_path):
    text = "<p>\n{{ value(\n  1) }}\nreaches 75.85 %</p>"
    assert found_in_template(tmp_path, text) == [(4, "75.85 %")]


def test_a_declared_setting_may_be_named(tmp_path):
    text = "<p>A weight of 0.3, for 12 epochs, up to 90 %.</p>"
    assert found_in_template(tmp_path, text, {0.3, 12.0, 0.9}) == []
    assert found_in_template(tmp_path, text, {0.3, 12.0}) == [(1, "90 %")]


DECLARED = {
    "experiments": {"a": {"train": {"epochs": 12}, "assumptions": {"code": "Has 24 numbers."}}},
    "figures": {"f": {"caption": "After 12 epochs.", "draw": {"x": [0.3]}}},
    "published": {"a": {"accuracy": {"value": 82, "where": "Question 7"}}},
    "claims": {"c": {"text": "It reaches 82 %."}},
}


def test_published_numbers_and_assumptions_are_no_settings():
    assert declared_settings(DECLARED) == {12.0, 0.3}


def test_typed_numbers_of_a_declaration_are_found(tmp_path):
    path = tmp_path / "w.yaml"
    path.write_text("one:\n  text: It reaches 82 %.\n")
    found = in_declaration(path, DECLARED, declared_settings(DECLARED))
    assert {(literal.line, literal.text) for literal in found} == {(0, "24"), (2, "82 %")}
