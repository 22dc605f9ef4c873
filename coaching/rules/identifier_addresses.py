"""Where somebody lives: houses with their street, and what stands for one."""

import re

from coaching.rules.identifier_dates import (
    YEAR,
)
from coaching.rules.plain_text import pattern

_NO_NAME = r"""(?:a|an|and|as|at|by|down|each|for|from|in|into|is|my|near|next|no|not|of|off|on|one|or|our|out|over|
    that|the|their|this|to|two|up|we|with|bumpy|cases?|families|family|child|children|kids?|youth|siblings?|visits?|
    calls?|sessions?|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|times?|people|parents?|
    workers?|caregivers?|questions?|steps?|levels?|long|quick|short|safety|juvenile|superior|dependency|district|drug|
    tribal|wellness|criminal|training|staff|bedroom|more|new|other|good|different|better|way|km|percent|petition|hearings?)\b"""
_HOUSE = r"(?<![\w$])(?<!\d[-/.:,])\d{1,6}[a-z]?(?:-\d{1,6}[a-z]?)?(?:\ 1/2)?,?\ (?:[nsew]{1,2}\.?\ |(?:north|south|east|west)\ )?"
_STREET_WORD = rf"(?!{_NO_NAME})(?:[a-z][\w'-]{{1,24}}|\d{{1,3}}(?:st|nd|rd|th))\.?"
_STREET = r"(?:street|st|avenue|ave|boulevard|blvd|road|rd|lane|ln|highway|hwy|parkway|pkwy|terrace)"
_STREET_OR_NOT = r"(?:drive|dr|court|ct|place|way|circle|cir|trail|square|loop|alley|plaza)"
_NO_PLACE = r"(?!\ (?:work|outreach|visits?|walks?|fairs?|part(?:y|ies))\b)"
ADDRESS = pattern(
    rf"""{_HOUSE}(?:
          (?:(?:state|county|us|old)\ )?(?:highway|hwy|route|rte|road|rd|avenue|ave)\.?\ (?:\d{{1,4}}|[a-z])\b
        | (?:{_STREET_WORD}\ ){{1,5}}{_STREET}\b{_NO_PLACE}
        | (?:calle|avenida|avda|camino|caminito|paseo)\.?\ [^\W\d_][\w'-]{{1,24}}
    )"""
)
# "Drive" and "Court" are also plain words: here the name is written as one, or the number is a house's.
# The field has courts, circles, ways and drives of its own: "3 Safe Babies Court", "2 Healing Circle sessions".
_OF_THE_FIELD = r"""(?:safe|bab(?:y|ies)|teens?|youth|drug|family|families|juvenile|treatment|dependency|health|mental|veterans?|wellness|
    tribal|peer|healing|learning|community|trust|talking|restorative|safety|prayer|drum|drumming|sharing|support|sewing|women'?s|men'?s|
    parents?|parenting|mothers?|fathers?|reading|story|network|united|milky|permanent|food|toy|clothing|blood|membership|coat|book|hard|
    disk|flash|thumb|usb|test|market|work|safe|meeting|gathering|hiding|supreme|superior|criminal|circuit|appellate|appeals|district|probate|
    reunification|recovery|sobriety|collaborative|unified|truancy|attendance|homeless|girls?|boys?|kids?|staff|team|training|practice|
    listening|peace|peacemaking|sentencing|welcome|closing|opening|inner|outer|full|half|vicious|whole|third|new|old|long|hard|one|only|best|
    better|right|wrong|easy|hardest|gentle|kind|quiet|common|different|public|first|last|next|my|our|their|your|her|his|every|each|another|no|
    three|houses|questions|of|the)"""
_NO_FIELD = rf"(?!{_OF_THE_FIELD}\ {_STREET_OR_NOT}\b)"
_NOT_COUNTED = (
    r"(?!\ (?!and\b|or\b|in\b|is\b|was\b|on\b|at\b|with\b|near\b|by\b|today\b|yesterday\b|again\b|apartment\b|apt\b|unit\b|for\b|to\b|where\b|which\b|so\b|but\b|then\b|when\b|has\b|as\b|us\b)"
    r"[a-z][a-z'-]{1,24}(?:s|ing|staff|team|work|time)\b)"
)
_A_HOUSE = rf"(?=(?!{YEAR}\b)\d{{4}})"
ADDRESS_WITH_CAPITALS = re.compile(
    rf"""(?ix) (?:
          {_HOUSE}(?:(?-i:(?=[A-Z\d])){_NO_FIELD}{_STREET_WORD}\ ){{1,5}}(?-i:(?=[A-Z])){_STREET_OR_NOT}\b{_NOT_COUNTED}
        | {_HOUSE}(?-i:Via)\ (?-i:[A-Z])[\w'-]{{1,24}}
        | {_A_HOUSE}{_HOUSE}(?:{_NO_FIELD}{_STREET_WORD}\ ){{1,3}}{_STREET_OR_NOT}
        | (?=\d{{3}}){_HOUSE}(?:{_NO_FIELD}{_STREET_WORD}\ ){{1,3}}(?:drive|dr|ct|circle|cir|trail|loop|plaza)
        | (?<!\w)(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\ -]?)?
          (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)
          \ (?:(?-i:(?=[A-Z])){_STREET_WORD}\ ){{1,3}}(?-i:(?=[A-Z]))(?:{_STREET}|drive|dr|plaza)
    )\b(?!\ (?:hearing|report|order|date|with))"""
    + _NO_PLACE
)
PO_BOX = pattern(
    r"""\bp\.?\ ?o\.?\ box\ \#?\d{1,8}\b | \b(?:apartment|apt\.?|trailer|lot)\ (?:no\.?\ |number\ )?\#?\d{1,5}[a-z]?\b
        | \b(?:apartment|apt\.?)\ \#?(?-i:[A-Z])\b | \b(?:building|bldg\.?)\ \#?[a-z\d]{1,3},?\ (?:apt|apartment|unit)\.?\ \#?\d{1,5}[a-z]?\b"""
)
# A house in a street that is named alone, or a street without a house.
_TREES = r"""(?:elm|oak|maple|pine|cedar|birch|walnut|willow|juniper|magnolia|sycamore|poplar|spruce|laurel|hickory|chestnut|cypress|
    alder|aspen|redwood|eucalyptus|jacaranda|dogwood|mulberry|palm|acacia|olive|main|broadway)"""
_ENDS_LIKE_A_STREET = r"[a-z]{2,12}(?:dale|wood|view|ridge|crest|haven|brook|mont|hurst|glen|vale|shire)"
BARE_STREET = re.compile(
    rf"""(?ix) {_HOUSE}(?-i:(?=[A-Z]))(?:{_TREES}|{_ENDS_LIKE_A_STREET})\b(?!\ (?-i:[A-Z])|\ ?'|\ (?:trees?|staff|teams?|classes|groups?|meetings?|sessions?|visits?|
        workshops?|trainings?|families|houses|center|clinic|school|elementary|program)\b)
        | (?<![\w.])(?-i:[A-Z])[a-z'-]{{2,20}}\ {_STREET}\.?\ \#?\d{{1,5}}[a-z]?(?=[\s,.;)]|$)
          (?!\ (?:times?|hours?|days?|weeks?|people|families|visits?|minutes?|staff|workers?)\b)
        | \b(?:on|off|near|along|down|up|from|behind|past|at|of)\ (?:the\ )?(?:[nsew]\.?\ |(?:north|south|east|west)\ )?
          (?-i:(?=[A-Z]))(?!st\b|saint\b|wall\b|sesame\b|main\b|high\b)[a-z][a-z'-]{{1,20}}\ (?-i:(?:St|Ave?|Rd|Blvd|Ln|Pkwy|Street|Avenue|Road|Lane|Boulevard)\b)\.?
          (?!\ (?-i:[A-Z])|\ (?:school|church|team|office|clinic|fair|outreach|program|center)\b)"""
)
# California's begin with 90 to 96: "Sacramento 95814"
ZIP = re.compile(
    r"\b(?:(?:CA|Calif\.?|California|NV|OR|AZ),? \d{5}|[Zz](?:ip|IP)(?: code)?:? \d{5}|[A-Z][a-z]{2,24},? 9[0-6]\d{3})"
    r"(?:-\d{4})?(?!\w)"
)
