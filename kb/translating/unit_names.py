"""Units, and how ten languages write them."""

UNITS: dict[str, str] = {
    "%": "% ٪ ％ percent",
    "°C": "°C ºC ℃",
    "t/ha": "t/ha т/га टन/हेक्टेयर টন/হেক্টর 吨/公顷 طن/هكتار",
    "kg/ha": "kg/ha кг/га किग्रा/हेक्टेयर কেজি/হেক্টর 公斤/公顷 千克/公顷 كغ/هكتار كجم/هكتار",
    "kg": "kg kilo kilos kilogram kilograms кг किग्रा किलो কেজি 公斤 千克 كغ كجم كيلوغرام",
    "g": "g gram grams гр г ग्राम গ্রাম 克 غ غرام غم",
    "mg": "mg мг मिग्रा মিগ্রা 毫克 ملغ",
    "t": "t tonne tonnes tonelada toneladas tani т тонн टन টন 吨 طن أطنان",
    "km": "km км किमी কিমি 公里 千米 كم",
    "m": "m metre metres meter meters mètre mètres metro metros mita м मीटर মিটার 米 متر أمتار م",
    "cm": "cm см सेमी সেমি 厘米 سم",
    "mm": "mm мм मिमी মিমি 毫米 مم ملم",
    "ha": "ha hectare hectares hectárea hectáreas hekta га हेक्टेयर হেক্টর 公顷 هكتار",
    "acre": "acre acres acri एकड़ একর 英亩 فدان",
    "l": "l litre litres litro litros lita л लीटर लिटर লিটার 升 لتر لترات",
    "ml": "ml мл मिली মিলি 毫升 مل",
    "m²": "m² м² 平方米",
    "m³": "m³ м³ 立方米",
    "USD": "USD US$ $",
}
"""Unit → the ways it is written; whoever means a translation to change it says so."""
