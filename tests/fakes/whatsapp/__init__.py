"""A Cloud API in memory that refuses what Meta refuses, and people who write on WhatsApp."""

from tests.fakes.whatsapp.calls import Fault
from tests.fakes.whatsapp.people import Person
from tests.fakes.whatsapp.server import FakeWhatsApp

__all__ = ["FakeWhatsApp", "Fault", "Person"]
