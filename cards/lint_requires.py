"""What modules ask to be done before them: that it exists, that a lock has its reason, and that
nobody stands before two locks which open each other. Pure.
"""

from collections.abc import Iterator

from cards.finding import Finding, did_you_mean
from cards.model import Module, Programme


def check_requires(programme: Programme) -> Iterator[Finding]:
    known = {*programme.modules, *programme.coming, *programme.left_out}
    for module in programme.modules.values():
        line = module.line("requires")
        for id in module.requires:
            if id not in known:
                near = did_you_mean(id, known)
                yield Finding(module.path, line, f"`requires:` names `{id}`, no module{near}")
        if round := _circle(module, programme):
            way = " -> ".join(f"`{id}`" for id in round)
            yield Finding(module.path, line, f"`requires:` leads back to itself: {way}")
        if module.locked and not module.requires:
            message = "`locked:` needs `requires:`: the modules that open it"
            yield Finding(module.path, module.line("locked"), message)
        if module.locked and not module.reason:
            message = "`locked:` needs `reason:`: learners read why it is closed"
            yield Finding(module.path, module.line("locked"), message)
        if module.reason and not module.locked:
            yield Finding(module.path, module.line("reason"), "`reason:` belongs to `locked: true`")


def _circle(module: Module, programme: Programme) -> tuple[str, ...]:
    """The shortest way from a module back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(module.id,)]
    seen = {module.id}
    for way in ways:
        last = programme.modules.get(way[-1])
        for id in last.requires if last else ():
            if id == module.id:
                return (*way, id)
            if id not in seen:
                seen.add(id)
                ways.append((*way, id))
    return ()
