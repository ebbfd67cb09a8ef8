"""Sources in few words, for a line of a page; `explain` and the source page tell them in full."""

from rapprochement_sim.scenario.citing import named_source, named_sources
from rapprochement_sim.scenario.loading import load_scenario

RULES = load_scenario("rekindled_2023").rules


def test_paragraphs_of_one_part_share_a_name_and_order_stays() -> None:
    references = (
        "singh:body#8",
        "events:2018-12-20",
        "singh:body#11",
        "singh:body#8",
        "essay:body#2",
    )
    assert named_sources(references, RULES) == (
        "Singh, paragraphs 8 and 11",
        "Events 2018-12-20",
        "Essay, paragraph 2",
    )


def test_sections_of_an_article_stay_apart() -> None:
    references = ("jesmin:the-china-conundrum#1", "jesmin:trilateral-cooperation#3")
    assert named_sources(references, RULES) == (
        "Jesmin, section 'the china conundrum', paragraph 1",
        "Jesmin, section 'trilateral cooperation', paragraph 3",
    )


def test_records_assumptions_and_whole_works_are_named() -> None:
    assert named_source("stylised_facts:F25", RULES) == "Stylised facts F25"
    assert named_source("polls:genron_eai:2022", RULES) == "Polls genron_eai, 2022"
    assert named_source("assumption", RULES) == "an assumption of this model"
    assert named_source("jesmin", RULES) == "Jesmin"
