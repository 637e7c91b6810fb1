"""Printed papers, read as a person and a camera would."""

import pytest

from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates.prints import (
    ModuleFacts,
)
from tests.certificates.prints.read import of_module


@pytest.fixture(scope="module")
def facts(shipped: Programme, shipped_words: Catalogues) -> ModuleFacts:
    return of_module("computer", "en", shipped, shipped_words)
