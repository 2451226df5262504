from cme_rules.domain.findings import Citation, MissingFact, Reading


def test_a_missing_fact_reads_as_its_question_and_who_would_know() -> None:
    assert str(MissingFact("in_area", "Where does the child live?", ("school", "cme_team"))) == (
        "Where does the child live? (school, cme_team)"
    )
    assert str(MissingFact("in_area", "Where does the child live?")) == "Where does the child live?"


def test_a_citation_reads_as_its_source_prints_it() -> None:
    assert str(Citation(paragraph="8a", source="policy", locator="8", title="The policy")) == "8, The policy"
    assert str(Citation(paragraph="8a", source="policy")) == "8a, policy"


def test_a_reading_keeps_its_paragraph() -> None:
    assert Reading("2.1", "a presumption").paragraph == "2.1"
