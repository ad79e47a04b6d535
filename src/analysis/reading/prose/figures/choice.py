"""What was decided of an amount, before it is made a mention."""

from dataclasses import dataclass

from analysis.model.readings import Amount
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import Spot

# Done in every walk of life, so that they tell of moderation only beside its things.
COMMON_ACTS = ("reported", "assessed", "ordered", "referred", "appealed", "restored", "warned")
CONTESTED = ("appealed", "restored")  # acts on other acts
AUTHORITY_ACTS = ("referred", "ordered")  # by which a service is asked for another act
REQUESTED = ("reported", "appealed", "referred", "ordered")  # what comes in from others
UNACTED = "no act of moderation beside them"  # of things that there are, such as reviews
ANSWERS = ("removed", "suspended", "actioned", "restricted", "labelled")  # of a service


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of an amount: its act and item, with the cues they rest on."""

    spot: Spot[Amount]
    action: str
    item: str
    action_cue: Cue | None = None
    item_cue: Cue | None = None
    actor: str = ""  # who acted or had it done, where the words around do not have to say so
