"""`iroyin reaction remove`: the right of whoever wrote a post to have it taken away."""

from pathlib import Path

from iroyin.commands.console import say, settings_of
from iroyin.commands.found import found_store
from iroyin.errors import InputError
from iroyin.model import Account, Platform


def remove(config: Path | None, what: str, *, platform: str, why: str) -> None:
    """Forget a post by its address or an account by its handle."""
    wanted = what.strip()
    if not wanted or any(char.isspace() for char in wanted):
        raise InputError(what, "is neither the address of a post nor a handle")
    if platform and platform not in set(Platform):
        raise InputError(platform, f"is none of {', '.join(Platform)}")
    is_address = wanted.startswith(("http://", "https://"))
    with found_store(settings_of(config)) as store:
        if is_address:
            stories = store.forget_posts([], [wanted], why)
        else:
            on = [Platform(platform)] if platform else list(Platform)
            stories = store.forget_posts([Account(one, wanted).key for one in on], [], why)
    named = f"the post at {wanted}" if is_address else f"the account {wanted}"
    say(f"{named} is removed for good; stories that had it: {len(stories)}")
    if stories:
        say("the desk that runs counts them anew, or the next `iroyin once`")
