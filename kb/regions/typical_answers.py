"""How often each answer of the field key is given on each group of soils.

Judged by experts from what WRB 2022 says of the groups; no survey stands behind it. The
first list is of an ordinary soil; a group lists only the questions in which it differs.
What a list leaves over to 1 is shared by the answers it does not name.
"""

from collections.abc import Mapping

Answers = Mapping[str, Mapping[str, float]]

ORDINARY: Answers = {
    "ground": {"earth": 0.97, "ash": 0.01},
    "stop": {"none": 0.9, "rock": 0.05},
    "water": {"drains": 0.85, "puddles": 0.08, "flood": 0.04, "groundwater": 0.03},
    "cracks": {"no": 0.93},
    "feel": {"sand": 0.15, "loam": 0.6, "clay": 0.25},
    "white": {"none": 0.88, "fizz": 0.08},
    "colour": {"brown": 0.55, "redyellow": 0.2, "dark": 0.2, "bleached": 0.05},
    "below": {
        "same": 0.45,
        "clayier": 0.3,
        "raw": 0.1,
        "bands": 0.08,
        "rustlayer": 0.03,
        "shinyblocks": 0.04,
    },
}

TYPICAL: Mapping[str, Answers] = {
    "HS": {
        "ground": {"peat": 0.97},
        "water": {"groundwater": 0.7, "puddles": 0.15, "drains": 0.1},
        "colour": {"dark": 0.9},
    },
    "AT": {
        "ground": {"built": 0.9, "earth": 0.1},
        "colour": {"dark": 0.6, "brown": 0.3},
    },
    "TC": {"ground": {"made": 0.95}},
    "CR": {"stop": {"frozen": 0.97}},
    "LP": {
        "stop": {"rock": 0.95, "none": 0.05},
        "below": {"raw": 0.5, "same": 0.4},
    },
    "SN": {
        "white": {"soapy": 0.8, "fizz": 0.1, "saltcrust": 0.05, "none": 0.05},
        "below": {"clayier": 0.85},
        "water": {"puddles": 0.5, "drains": 0.45},
    },
    "VR": {
        "cracks": {"yes": 0.95},
        "feel": {"clay": 0.95, "loam": 0.05},
        "colour": {"dark": 0.7, "brown": 0.25},
        "white": {"none": 0.6, "fizz": 0.35},
        "below": {"same": 0.7, "shinyblocks": 0.15},
    },
    "SC": {
        "white": {"saltcrust": 0.9, "soapy": 0.03},
        "water": {"groundwater": 0.3, "drains": 0.5, "puddles": 0.15},
    },
    "GL": {
        "water": {"groundwater": 0.85, "puddles": 0.08, "flood": 0.05},
        "colour": {"dark": 0.45, "bleached": 0.25, "brown": 0.25},
    },
    "AN": {
        "ground": {"ash": 0.9, "earth": 0.1},
        "colour": {"dark": 0.75, "brown": 0.2},
        "feel": {"loam": 0.75, "sand": 0.2},
        "below": {"same": 0.5, "bands": 0.35},
    },
    "PZ": {
        "feel": {"sand": 0.85, "loam": 0.15},
        "colour": {"bleached": 0.6, "dark": 0.15, "brown": 0.2},
        "below": {"rustlayer": 0.85, "same": 0.1},
    },
    "PT": {
        "stop": {"ironpan": 0.75, "none": 0.25},
        "colour": {"redyellow": 0.6, "brown": 0.3},
    },
    "PL": {
        "water": {"puddles": 0.85, "drains": 0.1},
        "below": {"clayier": 0.95},
        "colour": {"bleached": 0.55, "brown": 0.35},
        "feel": {"sand": 0.3, "loam": 0.65, "clay": 0.05},
    },
    "ST": {
        "water": {"puddles": 0.85, "groundwater": 0.1},
        "below": {"same": 0.5, "clayier": 0.4},
        "feel": {"loam": 0.6, "clay": 0.35, "sand": 0.05},
    },
    "NT": {
        "below": {"shinyblocks": 0.85, "same": 0.1},
        "colour": {"redyellow": 0.8, "brown": 0.15},
        "feel": {"clay": 0.75, "loam": 0.25},
    },
    "FR": {
        "colour": {"redyellow": 0.8, "brown": 0.15},
        "below": {"same": 0.85, "shinyblocks": 0.05},
        "feel": {"clay": 0.5, "loam": 0.4, "sand": 0.1},
        "white": {"none": 0.99},
    },
    "CH": {
        "colour": {"dark": 0.95},
        "white": {"fizz": 0.75, "none": 0.2},
        "feel": {"loam": 0.75, "clay": 0.24},
        "below": {"same": 0.7, "clayier": 0.25},
    },
    "KS": {
        "colour": {"dark": 0.6, "brown": 0.38},
        "white": {"fizz": 0.75, "none": 0.15, "gypsum": 0.05},
        "feel": {"loam": 0.8, "clay": 0.12},
        "below": {"same": 0.55, "clayier": 0.4},
    },
    "PH": {
        "colour": {"dark": 0.93},
        "white": {"none": 0.85, "fizz": 0.12},
        "below": {"clayier": 0.5, "same": 0.45},
    },
    "UM": {
        "colour": {"dark": 0.93},
        "white": {"none": 0.99},
        "stop": {"none": 0.7, "rock": 0.28},
        "below": {"same": 0.6, "clayier": 0.2},
    },
    "DU": {
        "stop": {"whitepan": 0.85, "none": 0.1},
        "white": {"none": 0.6, "fizz": 0.35},
    },
    "GY": {
        "white": {"gypsum": 0.85, "fizz": 0.1},
        "stop": {"whitepan": 0.3, "none": 0.65},
    },
    "CL": {
        "white": {"fizz": 0.9, "none": 0.06, "gypsum": 0.03},
        "stop": {"none": 0.7, "whitepan": 0.25},
        "colour": {"brown": 0.85, "redyellow": 0.1},
    },
    "RT": {
        "below": {"clayier": 0.9},
        "colour": {"bleached": 0.6, "brown": 0.35},
        "white": {"none": 0.99},
    },
    "AC": {
        "below": {"clayier": 0.88},
        "colour": {"redyellow": 0.6, "brown": 0.3},
        "white": {"none": 0.99},
    },
    "LX": {
        "below": {"clayier": 0.88},
        "colour": {"redyellow": 0.55, "brown": 0.4},
        "feel": {"sand": 0.3, "loam": 0.6, "clay": 0.1},
    },
    "AL": {
        "below": {"clayier": 0.88},
        "colour": {"brown": 0.6, "redyellow": 0.35},
        "feel": {"clay": 0.5, "loam": 0.45},
        "white": {"none": 0.99},
    },
    "LV": {
        "below": {"clayier": 0.88},
        "colour": {"brown": 0.7, "redyellow": 0.2},
        "white": {"none": 0.8, "fizz": 0.18},
    },
    "CM": {
        "below": {"same": 0.8, "raw": 0.1},
        "colour": {"brown": 0.75, "redyellow": 0.15},
    },
    "FL": {
        "water": {"flood": 0.75, "drains": 0.15, "groundwater": 0.1},
        "below": {"bands": 0.75, "raw": 0.15},
    },
    "AR": {
        "feel": {"sand": 0.97, "loam": 0.03},
        "below": {"same": 0.65, "raw": 0.3},
        "colour": {"brown": 0.55, "redyellow": 0.25, "bleached": 0.15},
    },
    "RG": {
        "below": {"raw": 0.75, "same": 0.2},
        "colour": {"brown": 0.85},
        "white": {"none": 0.7, "fizz": 0.28},
    },
}
