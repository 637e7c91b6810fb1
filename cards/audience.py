"""For whom a module is."""

from enum import StrEnum


class Audience(StrEnum):
    """For whom a module is. Learners have categories and pathways; each other audience has a track:
    its own modules and nothing else."""

    LEARNER = "learner"
    EMPLOYER = "employer"
    COUNSELLOR = "counsellor"
    MENTOR = "mentor"

    @classmethod
    def _missing_(cls, value: object) -> "Audience":
        """Of a newer version."""
        return cls.LEARNER
