"""The web: forms that can be signed, the process on this machine, and the public names it is reached by."""

from collections.abc import Iterator

import requests

from sheets_sync.config import Web, form_secrets
from sheets_sync.doctor.case import Case
from sheets_sync.doctor.line import Line, bad, good, troubled
from sheets_sync.errors import BadSettings

PATIENCE = 10.0
ANOTHER_SECRET = (
    "ליצור סוד חדש, ולרשום אותו בטופס ובסודות של השירות (docs/form-he.md).",
    "Make a new secret, and set it in the form and among the service's secrets (docs/form-he.md).",
)
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
"""An address to listen at is none to call."""


def form_lines(case: Case) -> Iterator[Line]:
    """Each form's secret: there, and long enough to sign with."""
    for form in case.settings.forms:
        check = f"form.{form.name}"
        try:
            case.sign(form.name, form_secrets(form.name))
        except BadSettings as trouble:
            yield troubled(check, trouble, ANOTHER_SECRET)
        else:
            yield good(check, f"לטופס {form.name} יש סוד חתימה", f"form {form.name} has its signing secret")


def web_lines(case: Case) -> Iterator[Line]:
    """Whether /health answers here and under each public name; nothing is asked where there are no forms."""
    web = case.settings.web
    if not (case.settings.forms or web.trusted_hosts):
        return
    yield health_line("web", f"{here(web)}/health")
    for name in web.trusted_hosts:
        if not name.startswith("."):
            yield health_line(f"web.{name}", f"https://{name}/health")


def here(web: Web) -> str:
    """The web's address on this machine."""
    host = EVERYWHERE.get(web.host, web.host)
    return f"http://[{host}]:{web.port}" if ":" in host else f"http://{host}:{web.port}"


def health_line(check: str, url: str) -> Line:
    """Ask one address how it is."""
    try:
        answer = requests.get(url, timeout=PATIENCE, allow_redirects=False)
    except requests.exceptions.SSLError:
        return bad(
            check,
            f"{url}: תעודת ה־HTTPS אינה תקינה",
            f"{url}: its HTTPS certificate is not trusted",
            "לבדוק את התעודה ב־reverse proxy; Google לא ישלח תשובות בלעדיה.",
            "Check the reverse proxy's certificate; Google sends no answers without.",
        )
    except requests.RequestException:
        return bad(
            check,
            f"{url}: אין מענה",
            f"{url}: nothing answers",
            "להפעיל את sheets-sync serve, ולבדוק את [web] ואת ה־reverse proxy.",
            "Start sheets-sync serve, and check [web] and the reverse proxy.",
        )
    if answer.status_code == 200:
        return good(check, f"{url}: עונה", f"{url}: answers")
    return bad(
        check,
        f"{url}: המענה הוא {answer.status_code}",
        f"{url}: answers {answer.status_code}",
        "לבדוק ביומן של sheets-sync serve, ושהכתובת מגיעה אליו.",
        "See the log of sheets-sync serve, and whether the address leads to it.",
    )
