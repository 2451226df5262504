"""Roles, contacts, network and glossary as values one can ask for; their file is read strictly."""

from datetime import date
from pathlib import Path

import pytest

from cme_rules import BrokenPolicy, UnknownName, load_policy
from cme_rules.policy.model.queries import contacts, means, network, who_acts
from tests.policy.packs import write_pack
from tests.toy import write_toy

COUNCIL = load_policy("east_sussex")

WHOLE = """
[document]
paragraph = "1"
title = "A policy"
agreed = 2020-01-01
reviewed = ["2021-07"]

[responsible]
paragraph = "1"
role = "team"

[contacts.team]
paragraph = "2"
role = "team"
name = "The team"
address = ["1 High Street"]
read = 2026-01-01

[channels.school]
paragraph = "1"
channels = ["letter"]

[network.health]
paragraph = "1"
title = "Health"
members = ["Nurses"]

[legislation.act]
paragraph = "1"
title = "An Act"
in_force = true
"""


class TestQuestions:
    """Who acts, whom to ask, where to turn, what a word means."""

    def test_a_role_has_its_duties_meetings_facts_and_address(self) -> None:
        team = who_acts(COUNCIL, "cme_team")

        assert team.role.title == "Children Missing Education team"
        assert {each.schedule for each in team.schedules} >= {"cme_panel", "attendance_partnership"}
        assert "respond_rapidly" in {rule.name for rule in team.duties}
        assert "in_area" in {fact.name for fact in team.knows}
        assert {each.id for each in team.contacts} == {"cme_team", "off_roll_form"}

    def test_on_a_day_only_the_duties_of_its_law_are_given(self) -> None:
        whenever = who_acts(COUNCIL, "school").duties
        now = who_acts(COUNCIL, "school", on=date(2026, 6, 15)).duties

        assert len(now) < len(whenever)

    def test_a_role_the_policy_has_not_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="it has: local_authority"):
            who_acts(COUNCIL, "nobody")

    def test_contacts_are_all_or_those_of_a_role(self) -> None:
        assert {each.id for each in contacts(COUNCIL)} == {"cme_team", "absence_data", "off_roll_form"}
        assert [each.id for each in contacts(COUNCIL, role="esbas")] == ["absence_data"]

    def test_the_network_stands_by_sector(self) -> None:
        assert [each.title for each in network(COUNCIL)][:2] == ["Children's services", "Health services"]

    def test_a_term_is_explained_whatever_its_capitals(self) -> None:
        assert means(COUNCIL, "sao").term == "SAO"

    def test_a_term_not_explained_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="does not explain"):
            means(COUNCIL, "XYZ")

    def test_the_document_and_the_law_it_cites_are_there(self) -> None:
        directory = COUNCIL.directory

        assert directory.document is not None
        assert directory.document.agreed == date(2022, 9, 28)
        assert directory.responsible is not None
        assert directory.legislation["si2006_1751"].in_force is False
        assert directory.channels["school"].channels == ("online_form",)
        assert {"1.1", "4.1", "8k", "A1.n1", "A8", "10"} <= set(directory.paragraphs)


class TestFile:
    """Every entry is a value, and every slip a fault."""

    def test_each_part_is_read(self, tmp_path: Path) -> None:
        directory = load_policy(write_pack(tmp_path, {"directory.toml": WHOLE})).directory

        assert directory.contacts["team"].address == ("1 High Street",)
        assert directory.network["health"].members == ("Nurses",)
        assert directory.paragraphs == ("1", "1", "2", "1", "1", "1")

    def test_a_policy_needs_none(self, tmp_path: Path) -> None:
        assert load_policy(write_pack(tmp_path)).directory.paragraphs == ()

    def test_a_councils_entries_come_on_top_of_its_nations(self, tmp_path: Path) -> None:
        lands = '[contacts.office]\nname = "The land\'s"\nparagraph = "a.1"\n'
        lands += '[responsible]\nrole = "clerk"\nparagraph = "a.1"\n'
        shires = '[contacts.office]\nname = "The shire\'s"\nparagraph = "2"\n'
        folder = write_toy(tmp_path, land__directory=lands, shire__directory=shires)
        directory = load_policy(folder).directory

        assert directory.contacts["office"].name == "The shire's"
        assert directory.responsible is not None

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ('[telephones]\nparagraph = "1"\n', "this section is not known"),
            ('[[contacts]]\nparagraph = "1"\nname = "x"\n', "a table for each entry"),
            ('[contacts.x]\nparagraph = "1"\nname = "x"\nfax = "1"\n', "not known"),
            ('[contacts.x]\nparagraph = "1"\n', "the key 'name' is missing"),
            ('[contacts]\nx = "1"\n', "expected a table"),
            ('document = "x"\n', "expected a table"),
            ('[contacts.x]\nparagraph = "99"\nname = "x"\n', "'99' stands in no source.toml"),
            ('[contacts.x]\nparagraph = "1"\nname = "x"\nrole = "nobody"\n', "role 'nobody' is not declared"),
            ('[legislation.x]\nparagraph = "1"\ntitle = "x"\nin_force = "yes"\n', "expected true or false"),
        ],
    )
    def test_a_slip_is_a_fault_of_the_file(self, tmp_path: Path, text: str, problem: str) -> None:
        with pytest.raises(BrokenPolicy, match=problem) as broken:
            load_policy(write_pack(tmp_path, {"directory.toml": text}))
        assert all(fault.file == "tiny/directory.toml" for fault in broken.value.faults)
