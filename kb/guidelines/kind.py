"""How a guideline introduces itself to the rest of the house."""

from kb.guidelines.models import Guideline
from kb.guidelines.schemas import GuidelineSchema
from kb.record.kind import Kind

KIND = Kind(
    name="guideline",
    plural="guidelines",
    letter="G",
    model=Guideline,
    sections=("holds", "use", "caution"),
    schema=GuidelineSchema,
    wanted=("summary", "holds", "use", "theme", "issued", "edition", "written_in"),
)
