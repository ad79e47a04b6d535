"""What a new paragraph, or a new entry of a list, takes over from the text before it.

An entry leans on what leads the list in, and not on the entry before it, as in "What the action
days brought: - 14 September, with TikTok: 2,310 videos. - 20 May: 3,760 links": the links are not
TikTok's. What the lead leaves open, such as the act, the first figure of the list says for all that
follow. In a text that an authority leads, a service is told of for one paragraph only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.model.documents import Block
from analysis.model.readings import Mention
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS
from analysis.reading.prose.figures.context import SEVERAL, Context


@dataclass(slots=True)
class Carrying:
    """Where the reading of a document stands: its block, and in a list its lead and first figure.

    ``by_authority`` says that the text is about what an authority does.
    """

    by_authority: bool
    lead: Context | None = None
    first: Context | None = None
    block: Block | None = None

    def entering(self, block: Block, context: Context) -> Context:
        """Return the context in which a block is read."""
        if block is self.block:
            return context
        self.block = block
        listed = block.kind == "list_item"
        context = context if context.listed == listed else replace(context, listed=listed)
        if self.by_authority and context.platforms:
            context = replace(context, platforms=(SEVERAL,), counted_on=())
        if block.kind != "list_item":
            lead, self.lead = self.lead, None
            made = self._led(context, lead) if lead else context
            self.first = None
            return made
        if self.lead is None:
            self.lead = context
            return context
        return self._led(context, self.lead)

    def told(self, context: Context, figures: Iterable[Mention]) -> None:
        """Note the context behind the first figures of a list.

        Of an entry such as "40 videos were referred, of which 30 were removed" the first count says
        the act that the entries share.
        """
        if self.lead is None or self.first is not None:
            return
        self.first = context
        count = next((f for f in figures if f.measure != "share"), None)
        if count:
            acted = count.actor
            self.first = replace(context, action=count.action, actor=acted, acted=acted)

    def _led(self, context: Context, lead: Context) -> Context:
        first = self.first or lead
        act = lead.action or first.action
        asked = act in AUTHORITY_ACTS  # what a service did with it is told of one entry
        return replace(
            context,
            platforms=lead.platforms,
            counted_on=(),
            actor=lead.actor if lead.action else first.actor,
            acted=lead.acted if lead.action else first.acted,
            action=act if asked else context.action,
            share_action="" if asked else context.share_action,
        )
