"""What somebody formerly was is kept from what somebody is, and may be left out with "former"."""

from __future__ import annotations

TRUE = {
    "who somebody was is left out": (
        "Former child actress Mara Hale is accused of kicking a guard in Almery on Thursday.",
        "Mara Hale is accused of kicking a guard in Almery.",
    ),
    "who somebody was for a club is left out": (
        "Former Dorn striker Mara Hale was not included in the Vesk squad for Sunday's game.",
        "Mara Hale was not included in the Vesk squad.",
    ),
    "an acronym before an office is left out": (
        "Former US President Mara Hale is accused of kicking a guard in Almery.",
        "Mara Hale is accused of kicking a guard in Almery.",
    ),
    "an office of two words is left out": (
        "Former Vice President Hale is accused of kicking a guard in Almery.",
        "Hale is accused of kicking a guard in Almery.",
    ),
    "an office before a name and a verb is left out": (
        "Former police officer Mara Hale denied on Monday that she kicked a guard in Almery.",
        "Mara Hale denied that she kicked a guard in Almery.",
    ),
    "an office before a name and a mark is left out": (
        "Police questioned former officer Mara Hale, who was kicked by a guard in Almery.",
        "Mara Hale was kicked by a guard in Almery.",
    ),
    "an office before a name and who that is is left out": (
        "Former police officer Mara Hale, wife of Ivo Reeve, was kicked by a guard in Almery.",
        "Mara Hale was kicked by a guard in Almery.",
    ),
    "an office before a name and a small word is left out": (
        "A guard in Almery kicked former officer Mara Hale on Thursday.",
        "A guard in Almery kicked Mara Hale on Thursday.",
    ),
}
FALSE = {
    "an office that somebody had": (
        "Former minister Mara Hale is accused of kicking a guard in Almery on Thursday.",
        "Minister Mara Hale is accused of kicking a guard in Almery on Thursday.",
    ),
    "an office in capitals that somebody had": (
        "Former President Mara Hale is accused of kicking a guard in Almery on Thursday.",
        "President Mara Hale is accused of kicking a guard in Almery on Thursday.",
    ),
    "an office behind an acronym": (
        "A letter signed by former US President Mara Hale was read in Almery on Monday.",
        "A letter signed by President Mara Hale was read in Almery on Monday.",
    ),
    "an office of two words behind an acronym": (
        "Former UK Prime Minister Mara Hale is accused of kicking a guard in Almery.",
        "Prime Minister Mara Hale is accused of kicking a guard in Almery.",
    ),
    "a director behind an acronym": (
        "Former FBI Director Mara Hale is accused of kicking a guard in Almery.",
        "Director Mara Hale is accused of kicking a guard in Almery.",
    ),
    "the second word of an office": (
        "Former Vice President Hale is accused of kicking a guard in Almery.",
        "President Hale is accused of kicking a guard in Almery.",
    ),
    "the second word of another office": (
        "Former Prime Minister Mara Hale is accused of kicking a guard in Almery.",
        "Minister Mara Hale is accused of kicking a guard in Almery.",
    ),
    "a building behind an acronym": (
        "Protesters burned the former US Embassy in Almery on Monday.",
        "Protesters burned the Embassy in Almery on Monday.",
    ),
    "an envoy of an acronym": (
        "Former top BVK Archivist Mara Hale is accused of kicking a guard in Almery.",
        "Archivist Mara Hale is accused of kicking a guard in Almery.",
    ),
    "an envoy of a company": (
        "Former top Corrin Envoy Mara Hale is accused of kicking a guard in Almery.",
        "Envoy Mara Hale is accused of kicking a guard in Almery.",
    ),
    "an officer of a country": (
        "Former top Korean Archivist Mara Hale is accused of kicking a guard in Almery.",
        "Archivist Mara Hale is accused of kicking a guard in Almery.",
    ),
    "an admiral of a company": (
        "Former top Corrin Admiral Mara Hale is accused of kicking a guard in Almery.",
        "Admiral Mara Hale is accused of kicking a guard in Almery.",
    ),
    "an engineer of a company": (
        "Former senior Corrin engineer Mara Hale is accused of kicking a guard in Almery.",
        "Engineer Mara Hale is accused of kicking a guard in Almery.",
    ),
    "a president of two words": (
        "Former South Korean President Mara Hale is accused of kicking a guard in Almery.",
        "President Mara Hale is accused of kicking a guard in Almery.",
    ),
    "a participle behind former": (
        "Former senior elected archivist Mara Hale is accused of kicking a guard in Almery.",
        "Elected archivist Mara Hale is accused of kicking a guard in Almery.",
    ),
}
