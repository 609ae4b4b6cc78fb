"""How a success story introduces itself to the rest of the house."""

from kb.record.kind import Kind
from kb.stories.models import Story
from kb.stories.schemas import StorySchema

KIND = Kind(
    name="story",
    plural="stories",
    letter="S",
    model=Story,
    sections=("context", "done", "blocks", "money", "gained", "caution"),
    schema=StorySchema,
    quick={"done": "done", "who": "context", "changed": "gained"},
    wanted=(
        *("summary", "context", "done", "blocks", "money", "gained", "caution"),
        *("land_use", "climate", "soil", "theme", "effects", "sites", "began"),
    ),
)
