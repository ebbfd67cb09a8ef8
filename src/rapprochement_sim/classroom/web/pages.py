"""Templates to pages. Everything that people wrote is escaped where it is put in."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from rapprochement_sim.classroom.web.sealing import Seal
from rapprochement_sim.classroom.web.visitor import new_key
from rapprochement_sim.naming import capital_title, shown_id, worn

if TYPE_CHECKING:
    from starlette.requests import Request

    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.web.visitor import Visitor

HERE = Path(__file__).parent
NOTICES_KEPT = 1000


def version_of_files() -> str:
    """Return what tells the static files apart: browsers keep them as long as it stands."""
    found = hashlib.sha256()
    for path in sorted((HERE / "static").rglob("*.*")):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


class Pages:
    """Lays pages out, with what every page of the class shows."""

    def __init__(self, room: Classroom, *, is_secure: bool) -> None:
        self.room = room
        self.is_secure = is_secure
        self.seal = Seal(room.state.signing_key, is_on=worn().hides_history)
        self._notices: dict[int, str] = {}
        self._version = version_of_files()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["title_of"] = capital_title
        self._templates.filters["id_shown"] = shown_id
        self._templates.filters["sealed"] = self.seal.sealed

    def notice(self, person: int, text: str) -> None:
        """Keep what somebody is told on their next page."""
        while len(self._notices) >= NOTICES_KEPT:
            self._notices.pop(next(iter(self._notices)))
        self._notices[person] = text

    def show(
        self,
        request: Request,
        name: str,
        visitor: Visitor | None = None,
        *,
        status: int = 200,
        **more: Any,
    ) -> HTMLResponse:
        """Lay a page out."""
        # A page fetched to freshen one that is open shows no notice: a person must read it.
        is_fetch = request.headers.get("hx-request") == "true"
        notice = ""
        if visitor is not None and not is_fetch and status == 200:
            notice = self._notices.pop(visitor.number, "")
        html = self._templates.get_template(name).render(
            state=self.room.state,
            trouble=self.room.trouble,
            scenario=self.room.scenario,
            visitor=visitor,
            person=visitor.person if visitor else None,
            csrf=visitor.csrf if visitor else "",
            new_key=new_key,
            notice=notice,
            now=time.time(),
            path=request.url.path,
            query=request.url.query,
            version=self._version,
            **more,
        )
        return HTMLResponse(html, status)
