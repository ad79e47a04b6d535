"""Entries of a list: each leans on what leads the list in, and not on the entry before it.

As in "What the action days brought: - 14 September, with TikTok: 2,310 videos. - 20 May: 3,760
links": the links are not TikTok's. What the lead leaves open, such as the act, the first figure of
the list says for all that follow.
"""

from dataclasses import dataclass, replace

from analysis.model.schema import Block
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS
from analysis.reading.prose.figures.context import Context


@dataclass(slots=True)
class Entries:
    """Where the reading of a list stands: its lead, its first figure, and the running entry."""

    lead: Context | None = None
    first: Context | None = None
    block: Block | None = None

    def entering(self, block: Block, context: Context) -> Context:
        """Return the context in which a block is read: at a new entry that of the list's lead."""
        if block is self.block:
            return context
        self.block = block
        if block.kind != "list_item":
            left, self.lead, self.first = self.lead, None, None
            return self._led(context, left) if left else context
        if self.lead is None:
            self.lead = context
            return context
        return self._led(context, self.lead)

    def told(self, context: Context) -> None:
        """Note the context behind a figure of the list."""
        if self.lead and self.first is None:
            self.first = context

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
