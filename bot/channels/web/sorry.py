"""What is said of an error, by its status."""

from bot.model.words import Words, _

SORRY: dict[int, Words] = {
    403: _("This form was sent from another site. Please go back to Pasito and try again."),
    404: _(
        "Nothing is stored at this address. Perhaps a part of the link is missing, or it was "
        "deleted."
    ),
    408: _("This took too long on its way. Nothing is lost. Please go back and try again."),
    413: _("This text is too long. Please go back and send a shorter one."),
    429: _("This was asked for very often from where you are. Please come back in an hour."),
    503: _("Very much is asked for just now. Please go back and try again in a minute."),
}
SORRY_ELSE = _("Sorry, something went wrong here. Nothing is lost. Please go back and try again.")
