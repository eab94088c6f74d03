"""What the tests of exports share: a small glossary with everything that an entry may have."""

from datetime import date
from pathlib import Path

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.glossary import Glossary

ALMANAC = Source(
    "An Almanac of Tides", "A. Author and B. Writer", 2019, "https://example.org/tides"
)
TIDE = Entry(
    "tide",
    "Tide",
    "en",
    (
        Section(SUMMARY, "", "A tide is the rise and fall of the sea."),
        Section(BODY, "", "It comes twice a day.\n\nIt is lower in a lake."),
        Section("how", "How it works", "The moon draws the water, & the sun < the moon."),
        Section(
            EXAMPLE, "Example", "Two tides a day lift the boats; the higher tide floods a path."
        ),
    ),
    aliases=("tides", "ebb and flow"),
    category="Sea",
    related=("spring-tide",),
    asked=("why the sea comes and goes",),
    sources=(ALMANAC, Source("Notes of a Harbour")),
    updated=date(2026, 3, 1),
)
SPRING_TIDE = Entry(
    "spring-tide",
    "Spring tide",
    "en",
    (Section(SUMMARY, "", "A spring tide is a tide of the greatest range."),),
    category="Sea",
)
MOON = Entry(
    "moon",
    "Moon",
    "en",
    (
        Section(SUMMARY, "", "The moon goes round the earth."),
        Section(EXAMPLE, "Example", "A month is named for it."),
    ),
    related=("tide",),
)
MADD = Entry(
    "tide",
    "المد والجزر",
    "ar",
    (
        Section(SUMMARY, "", "المد والجزر (Tide) هما ارتفاع ماء البحر وانخفاضه."),
        Section(EXAMPLE, "مثال", "يتأثر الصيادون بالمد والجزر، فيخرجون عند ارتفاع الماء."),
    ),
    aliases=("حركة المد والجزر",),
    category="البحر",
)
SEA = Glossary(Path("/glossaries/sea-terms"), (TIDE, SPRING_TIDE, MOON, MADD))
