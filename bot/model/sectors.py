"""What sectors of work are called in the chat, in every language; papers for work have words of
their own, in fewer languages (`cards/work/words.yaml`).
"""

from bot.model.words import Words, _, verbatim

SECTORS: dict[str, Words] = {
    "kitchen": _("Kitchen, restaurant"),
    "cleaning": _("Cleaning"),
    "building": _("Building"),
    "care": _("Care and health"),
    "transport": _("Transport, warehouse"),
    "factory": _("Factory, sewing"),
    "farm": _("Farm, garden"),
    "shop": _("Shop, beauty, calls"),
    "repair": _("Repair"),
    "office": _("Office, computers"),
    "teaching": _("Teaching, advice"),
    "safety": _("Security, events, roads"),
}


def sector_name(id: str) -> Words:
    return SECTORS.get(id) or verbatim(id)
