"""What holds of every channel in the list."""

from bot.channels import CHANNELS, SETTINGS
from bot.channels.base import PushChannel
from bot.model.channel import PULL_CHANNELS, label_of


def test_each_name_is_there_once_and_no_setting_of_two_channels_is_mixed_up() -> None:
    names = [channel.name for channel in CHANNELS]
    assert len(set(names)) == len(names)
    prefixes = [own.name for own in SETTINGS]
    assert not any(a != b and a.startswith(f"{b}_") for a in prefixes for b in prefixes)


def test_who_can_be_written_to_is_what_the_core_believes() -> None:
    """`PULL_CHANNELS` is asked where no channel is known: in the database and in conversations."""
    pull = {channel.name for channel in CHANNELS if not issubclass(channel, PushChannel)}
    assert pull == set(PULL_CHANNELS)


def test_a_channel_is_called_what_it_says() -> None:
    assert all(label_of(channel.name) == channel.label for channel in CHANNELS)
