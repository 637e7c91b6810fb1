import pytest

from certificates import Fonts
from tests.support.world import every_font


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Latin, Arabic and Ethiopic: enough for most tests, and what is refused without a font."""
    return Fonts(("NotoSans", "NotoSansArabic", "NotoSansEthiopic", "NotoSansSymbols2"))


@pytest.fixture(scope="session")
def all_fonts() -> Fonts:
    """All that there are."""
    return every_font()
