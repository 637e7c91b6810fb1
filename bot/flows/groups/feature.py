"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.groups import (
    announce,
    archive,
    board,
    colleagues,
    consent,
    earned,
    held,
    invite,
    joining,
    letters,
    list,
    meeting,
    membership,
    my_meeting,
    newcomers,
    notes,
    prints,
    reply,
    settings,
    today,
)
