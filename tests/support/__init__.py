"""What several tests stand on. The fakes of what is outside are in `tests.fakes`."""
