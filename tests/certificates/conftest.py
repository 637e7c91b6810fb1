from pathlib import Path

import pytest

from certificates import Fonts


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    return Fonts(Path(tmp_path_factory.mktemp("fonts")))
