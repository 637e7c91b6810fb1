"""What is talked about: the list of features. Importing it fills the registry."""

import bot.flows.account.feature
import bot.flows.both_languages.feature
import bot.flows.broadcasts.feature
import bot.flows.certificates.feature
import bot.flows.courtesy.feature
import bot.flows.crisis.feature
import bot.flows.elsewhere.feature
import bot.flows.employers.feature
import bot.flows.entry.feature
import bot.flows.groups.feature
import bot.flows.learning.feature
import bot.flows.library.feature
import bot.flows.opinions.feature
import bot.flows.pairs.feature
import bot.flows.papers.feature
import bot.flows.practice.feature
import bot.flows.reading.feature
import bot.flows.recording.feature
import bot.flows.reminders.feature
import bot.flows.resources.feature
import bot.flows.staff.feature
import bot.flows.sure.feature
import bot.flows.vocabulary.feature
import bot.flows.workshops.feature
from bot.conversation.registry import complete

complete()
