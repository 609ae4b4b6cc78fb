"""How an answer introduces itself to the rest of the house."""

from kb.helpdesk.models import Answer
from kb.record.kind import Kind
from kb.record.schemas import RecordSchema

KIND = Kind(
    name="answer",
    plural="answers",
    letter="A",
    model=Answer,
    sections=("question", "answer", "caution"),
    schema=RecordSchema,
    quick={"question": "question", "answer": "answer"},
    begun_by="answer",
    wanted=("summary", "question", "answer", "caution", "theme", "relations"),
)
