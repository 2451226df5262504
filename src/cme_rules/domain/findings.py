"""What an answer points to: the paragraph it rests on, how we read it, and what would have to be known."""

from attrs import frozen

__all__ = ["Citation", "MissingFact", "Reading"]


@frozen
class MissingFact:
    """A fact nobody has given, with the question that asks for it and the ids of the roles who would know."""

    name: str
    question: str
    knows: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The question, and in brackets who would know.

        >>> str(MissingFact("in_area", "Does the child live in the area?", ("cme_team",)))
        'Does the child live in the area? (cme_team)'
        """
        return f"{self.question} ({', '.join(self.knows)})" if self.knows else self.question


@frozen(kw_only=True)
class Citation:
    """A paragraph of a source. `locator` is its number as printed where ours differs; `url` leads to the source."""

    paragraph: str
    source: str
    title: str = ""
    locator: str = ""
    url: str = ""

    def __str__(self) -> str:
        """The paragraph as printed, and the title of its source.

        >>> str(Citation(paragraph="2.1", source="policy", title="The policy"))
        '2.1, The policy'
        """
        return f"{self.locator or self.paragraph}, {self.title or self.source}"


@frozen
class Reading:
    """What we took a paragraph to mean where its text leaves a doubt, in our words."""

    paragraph: str
    text: str
