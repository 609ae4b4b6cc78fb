"""The eight farmed places of the design (6.2).

It gives their climates, soils and land uses, but not their figures: these are round
ones from memory, for the four measures with which its scores come out again.
"""

from kb.regions.places import Place

EIGHT = {
    "Yatenga": Place(
        climate={"BSh": 1},
        soil={"LX": 1},
        land_use="crop_livestock",
        mat_c=28.5,
        map_mm=640,
        ai=0.32,
        altitude_m=330,
    ),
    "Maradi": Place(
        climate={"BSh": 1},
        soil={"AR": 1},
        land_use="crop_livestock",
        mat_c=28,
        map_mm=480,
        ai=0.24,
        altitude_m=370,
    ),
    "Telangana": Place(
        climate={"BSh": 1},
        soil={"VR": 1},
        land_use="rainfed_annual_smallholder",
        mat_c=27,
        map_mm=800,
        ai=0.5,
        altitude_m=500,
    ),
    "Southern Province": Place(
        climate={"Cwa": 1},
        soil={"LX": 1},
        land_use="rainfed_annual_smallholder",
        mat_c=20.5,
        map_mm=800,
        ai=0.5,
        altitude_m=1100,
    ),
    "Cerrado": Place(
        climate={"Aw": 1},
        soil={"FR": 1},
        land_use="rainfed_annual_mechanised",
        mat_c=23,
        map_mm=1500,
        ai=0.95,
        altitude_m=900,
    ),
    "Beauce": Place(
        climate={"Cfb": 1},
        soil={"LV": 1},
        land_use="rainfed_annual_mechanised",
        mat_c=11,
        map_mm=640,
        ai=0.85,
        altitude_m=140,
    ),
    "Pampa": Place(
        climate={"Cfa": 1},
        soil={"PH": 1},
        land_use="rainfed_annual_mechanised",
        mat_c=17,
        map_mm=980,
        ai=0.8,
        altitude_m=80,
    ),
    "Riau": Place(
        climate={"Af": 1},
        soil={"HS": 1},
        land_use="plantation",
        mat_c=26.5,
        map_mm=2500,
        ai=1.6,
        altitude_m=10,
    ),
}

IN_THE_DESIGN = {
    "Yatenga": (1, 0.86, 0.73, 0.71, 0.65, 0.53, 0.52, 0.35),
    "Cerrado": (0.65, 0.53, 0.57, 0.79, 1, 0.61, 0.68, 0.53),
    "Beauce": (0.53, 0.42, 0.55, 0.67, 0.61, 1, 0.82, 0.44),
}
"""The scores given there, against all eight in order."""
