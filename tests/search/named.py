"""A small thesaurus for tests: crops that cover the soil, and what is beside them."""

from kb.search.thesaurus import Thesaurus
from kb.vocabulary.thesaurus_lookups import NamedConcept


def concept(code, broader=(), shared=(), same_as=None, **names):
    listed = {language: tuple(said.split(", ")) for language, said in names.items()}
    both = frozenset(
        (x, label) for x in listed for label in listed[x] if label in shared
    )
    return NamedConcept(code, listed, tuple(broader), (), same_as, "It is.", both)


CONCEPTS = [
    concept("crop", en="crop", fr="culture, culture agricole", sw="zao", zh="作物"),
    concept(
        "cover_crop",
        ["crop", "soil_care"],
        en="cover crop, crust",
        fr="culture de couverture, plante de couverture",
        es="cultivo de cobertura",
        ar="محصول تغطية",
        sw="zao funika",
        hi="आवरण फसल",
        zh="覆盖作物",
        shared=["crust"],
    ),
    concept("crusting", en="crust", fr="croûte", sw="gamba", shared=["crust"]),
    concept("soil_care", en="soil care", fr="soin du sol", same_as="theme:rice"),
    concept("no_till", en="no till", fr="sans labour, semis direct", es="sin labranza"),
    concept("mucuna", ["cover_crop"], en="velvet bean", fr="pois mascate", sw="upupu"),
    concept("tea", fr="thé", en="tea"),
]
THESAURUS = Thesaurus(CONCEPTS)
