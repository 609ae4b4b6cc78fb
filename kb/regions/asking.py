"""What a page needs to ask: questions with their answers, in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.errors import NotValid
from kb.language import _


@dataclass(frozen=True)
class Answer:
    """One thing a person may choose."""

    id: str
    words: object


@dataclass(frozen=True)
class Question:
    """One question; every question may be skipped."""

    id: str
    words: object
    hint: object
    answers: tuple[Answer, ...]


def question(id_: str, words: object, hint: object, **answers: object) -> Question:
    """Put a question together; ``answers`` are named by their ids, in order."""
    chosen = tuple(Answer(name, said) for name, said in answers.items())
    return Question(id_, words, hint, chosen)


def check(answers: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """Give the answers that were given, without those left empty.

    :raises NotValid: there is no such question, or it has no such answer.
    """
    known = {q.id: {a.id for a in q.answers} for q in questions}
    given = {name: answer for name, answer in answers.items() if answer}
    problems = {
        name: [str(_("This answer is not known."))]
        for name, answer in given.items()
        if answer not in known.get(name, ())
    }
    if problems:
        raise NotValid(_("Please look at the marked questions."), problems)
    return given
