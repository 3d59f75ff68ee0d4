"""The stories of a day as one e-mail: text and HTML that say the same, no image, nothing fetched when it is read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from iroyin.publish.archive import moment_of
from iroyin.publish.attribution import attributed, opening
from iroyin.publish.document import quoted, rendered
from iroyin.publish.evidence import proved
from iroyin.publish.locale import labels, tag
from iroyin.publish.mail import POLICY, UNFOLDED, domain, leave_link
from iroyin.publish.typeset import printable
from iroyin.publish.views import DayView, SiteView, StoryView


@dataclass(frozen=True, slots=True)
class Told:
    """What the digest prints of a story; `byline` says that an AI reported it, from how many articles and newsrooms."""

    section: str
    headline: str
    lede: str
    byline: str
    url: str


def digest(
    view: DayView, site: SiteView, *, now: datetime, sender: str = "", leave: str = ""
) -> EmailMessage | None:
    """The message, addressed to nobody yet; None when no story of the day can be shown to stand on its sources.

    `sender` is an e-mail address (empty: `digest` at the site's host), `leave` an e-mail or web address to unsubscribe
    at. The same values give the same bytes. Raises ValueError when `sender` is no address.
    """
    words = labels(view.language)
    told = tuple(one for story in view.stories if (one := _told(story, site)))
    if not told:
        return None
    day = words.day(moment_of(view.day))
    values = {
        "title": words.say("archive.day", date=words.date(moment_of(view.day))),
        "day": day,
        "address": quoted(site.absolute(view.path)),
        "leave": leave_link(leave),
    }
    html = printable(rendered("digest.html", view.language, site, stories=told, **values))
    host = domain(site.url)
    name = " ".join(site.name.split())
    message = EmailMessage(policy=POLICY)
    message["Subject"] = f"{name}: {day}"
    message["From"] = Address(name, addr_spec=sender or f"digest@{host}")
    message["To"] = "undisclosed-recipients:;"
    message["Date"] = format_datetime(now.astimezone(UTC))
    digits = sha256(html.encode()).hexdigest()[:24]
    message["Message-ID"] = f"<{view.day.isoformat()}.{tag(view.language)}.{digits}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    if values["leave"]:
        message[UNFOLDED] = f"<{values['leave']}>"
    message.set_content(printable(_text(told, view, site, values)))
    message.add_alternative(html, subtype="html")
    message.set_boundary(f"iroyin-{digits}")
    message["Content-Language"] = tag(view.language)
    return message


def _told(view: StoryView, site: SiteView) -> Told | None:
    brief = proved(view.brief, view.articles)
    if brief is None:
        return None
    words = labels(brief.language)
    byline = words.say(
        "byline",
        articles=words.count("count.articles", brief.counts.articles),
        texts=words.count("count.texts", brief.counts.texts),
        newsrooms=words.count("count.newsrooms", brief.counts.newsrooms),
    )
    url = quoted(site.absolute(view.path))
    return Told(view.section, attributed(brief.headline), opening(brief, len(brief.lede)), byline, url)


def _text(told: tuple[Told, ...], view: DayView, site: SiteView, values: dict[str, str]) -> str:
    """The message for those who read no HTML."""
    words = labels(view.language)
    blocks = [f"{site.name}\n{values['day']}\n{words.say('footer.ai')}"]
    if site.sample:
        blocks.insert(0, f"{words.say('sample.word')} {words.say('sample.banner')}")
    blocks += [f"{one.headline}\n\n{one.lede}\n\n{one.byline}\n{one.url}" for one in told]
    end = [f"{values['title']}\n{values['address']}", site.imprint]
    end += [f"{words.say('digest.leave')}: {values['leave'].removeprefix('mailto:')}"] if values["leave"] else []
    return "\n\n* * *\n\n".join([*blocks, "\n\n".join(filter(None, end))]) + "\n"
