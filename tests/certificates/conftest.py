from pathlib import Path

import pytest

from certificates import Fonts
from certificates.fonts import BASE


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """Those of the base installation."""
    return Fonts(Path(tmp_path_factory.mktemp("fonts")), BASE)


@pytest.fixture(scope="session")
def all_fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """With those of the extra `more-scripts`."""
    return Fonts(Path(tmp_path_factory.mktemp("all-fonts")))
