"""The Cloud API of one number, and the webhooks that it sends."""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.whatsapp.calls import Call, Fault
from tests.fakes.whatsapp.people import Person, Shown
from tests.fakes.whatsapp.rules import JSON, Refusal, check, check_template

TOKEN = "EAAtestsystemusertoken0123456789"
SECRET = "0123456789abcdef0123456789abcdef"
PHONE_ID, ACCOUNT, NUMBER = "106540352242922", "102290129340398", "15550783881"
WINDOW = 24 * 3600
PAIR_INTERVAL, PAIR_BURST = 6.0, 45


@dataclass
class FakeWhatsApp:
    """`async with`; then `own` has the settings' values. `webhook` is where calls go, as soon as
    it is known. `enforce_pace` refuses who is too fast."""

    clock: Callable[[], float] = time.time
    enforce_pace: bool = False
    webhook: str = ""
    number: str = NUMBER
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    said_of: dict[str, JSON] = field(default_factory=dict)
    """Of a file instead; `moved` is where whoever fetches it is sent on to."""
    templates: list[JSON] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    token: str = TOKEN
    late_closed: bool = False
    """Whether a closed window is told as a status, not at once."""
    tells: bool = True
    """Whether it tells by itself what became of messages."""

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._seed = hashlib.sha256(str(id(self)).encode()).hexdigest()[:8]
        self._paces: defaultdict[str, deque[float]] = defaultdict(deque)
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self.api_url = ""
        self._telling: set[asyncio.Task[int]] = set()

    # -- its life

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=120 << 20)
        app.router.add_post("/v26.0/{id}/messages", self._messages)
        app.router.add_post("/v26.0/{id}/media", self._media)
        app.router.add_get("/v26.0/{id}/message_templates", self._list_templates)
        app.router.add_post("/v26.0/{id}/message_templates", self._submit)
        app.router.add_get("/v26.0/{id}/subscribed_apps", self._subscribed)
        app.router.add_get("/v26.0/{id}", self._object)
        app.router.add_get("/files/{id}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}/v26.0"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def own(self) -> JSON:
        return {
            "token": self.token,
            "phone_id": PHONE_ID,
            "app_secret": SECRET,
            "api_url": self.api_url,
            "account": ACCOUNT,
        }

    def person(
        self, number: str | None = "491511234567", country: str = "NL", name: str = "Amal Khoury"
    ) -> Person:
        digits = hashlib.sha256(f"{number} {name} {country}".encode()).hexdigest()
        user_id = f"{country}.{int(digits[:15], 16) % 10**16:016d}"
        self.people[user_id] = person = Person(self, user_id, number, name)
        return person

    def new_id(self, number: str) -> str:
        """Meta's ids hold the phone number."""
        raw = f"\x1d{number}\x15\x02\x00\x12\x18{self._seed}{next(self._ids):016X}\x00"
        return "wamid." + base64.b64encode(raw.encode("latin-1")).decode()

    # -- webhooks

    def of(self, person: Person, *messages: JSON) -> JSON:
        """The value of a change that brings messages of one person."""
        contact: JSON = {"profile": {"name": person.name}, "user_id": person.user_id}
        if person.number:
            contact["wa_id"] = person.number
        else:
            contact["profile"]["username"] = "somebody.k"
        return self.value(contacts=[contact], messages=list(messages))

    def value(self, **what: Any) -> JSON:
        metadata = {"display_phone_number": self.number, "phone_number_id": PHONE_ID}
        return {"messaging_product": "whatsapp", "metadata": metadata, **what}

    def status(self, call: Call, state: str, code: int = 0, category: str = "service") -> JSON:
        person = self.people[call.to]
        status: JSON = {
            "id": call.id,
            "status": state,
            "timestamp": str(int(self.clock())),
            "recipient_user_id": person.user_id,
            "pricing": {
                "billable": True,
                "pricing_model": "PMP",
                "type": "regular",
                "category": category,
            },
        }
        if person.number:
            status["recipient_id"] = person.number
        if call.note:
            status["biz_opaque_callback_data"] = call.note
        if code:
            status["errors"] = [{"code": code, "title": "t", "error_data": {"details": "d"}}]
        return self.value(statuses=[status])

    @staticmethod
    def body(*values: JSON, field: str = "messages", entries: int = 1) -> bytes:
        """As Meta writes it: what is not ASCII is escaped, and so are slashes."""
        changes = [{"field": field, "value": value} for value in values]
        cut = -(-len(changes) // entries)
        parts = [changes[n : n + cut] for n in range(0, len(changes), cut)]
        call = {
            "object": "whatsapp_business_account",
            "entry": [{"id": ACCOUNT, "changes": part} for part in parts],
        }
        return json.dumps(call, ensure_ascii=True).replace("/", "\\/").encode()

    @staticmethod
    def sign(body: bytes, secret: str = SECRET) -> str:
        return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()

    async def post(self, body: bytes, signature: str | None = None) -> int:
        assert self._session
        given = self.sign(body) if signature is None else signature
        headers = {"Content-Type": "application/json"}
        if given:
            headers["X-Hub-Signature-256"] = given
        try:
            async with self._session.post(self.webhook, data=body, headers=headers) as response:
                await response.read()
                return response.status
        except aiohttp.ClientError:  # nobody is there
            return 0

    async def deliver(self, *values: JSON, tries: int = 20, **how: Any) -> int:
        """Until it is taken, as Meta does for seven days."""
        body = self.body(*values, **how)
        status = 0
        for _ in range(tries):
            status = await self.post(body)
            if status == 200:
                return status
            await asyncio.sleep(0.05)
        return status

    async def handshake(
        self, token: str, challenge: str = "1158201444", mode: str = "subscribe"
    ) -> tuple[int, str]:
        assert self._session
        query = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge}
        async with self._session.get(self.webhook, params=query) as response:
            return response.status, await response.text()

    # -- the API

    def fail_next(self, code: int = 0, **how: Any) -> None:
        self.faults.append(Fault(code, **how))

    def messages(self) -> list[Call]:
        return [call for call in self.calls if call.what == "messages" and not call.code]

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        call = Call("messages", body, self.clock(), note=body.get("biz_opaque_callback_data", ""))
        self.calls.append(call)
        try:
            self._authorise(request)
            fault = self._fault(body)
            if fault and fault.delay:
                await asyncio.sleep(fault.delay)
            if fault and fault.drop == "before":
                assert request.transport
                request.transport.abort()
            if fault and (fault.html or fault.code):
                raise _Html if fault.html else Refusal(fault.code, "fault", fault.status, fault.sub)
            person = self._recipient(body)
            call.to = person.user_id
            check(body, self.files)
            self._check_pace(person)
            self._check_window(person, body)
        except Refusal as refusal:
            call.code = refusal.code
            return web.json_response(refusal.json(), status=refusal.status)
        except _Html:
            call.code = 502
            return web.Response(
                status=502, text="<html><h1>Bad gateway</h1></html>", content_type="text/html"
            )
        call.id = self.new_id(person.number or "0")
        arrives = body["type"] == "template" or self._is_open(person)
        if self.tells and self.webhook:
            values = [self.status(call, state) for state in ("sent", "delivered")]
            self._tell(*(values if arrives else [self.status(call, "failed", 131047)]))
        if arrives:
            part = body[body["type"]]
            head = part.get("header", {})
            sent = part.get("id") or head.get(head.get("type"), {}).get("id", "")
            file = self.files.get(sent)
            person.shown.append(Shown(call.id, body, self.clock(), file))
            person.stirs()
        if fault and fault.drop == "after":
            assert request.transport
            request.transport.abort()
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": person.user_id, "user_id": person.user_id}],
            "messages": [{"id": call.id}],
        }
        return web.json_response(answer)

    def _tell(self, *values: JSON) -> None:
        task = asyncio.get_running_loop().create_task(self.deliver(*values))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def told(self) -> None:
        """Until all that it has to say is taken."""
        while self._telling:
            await asyncio.wait(set(self._telling))

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            raise Refusal(190, "token", 401)
        if request.match_info["id"] not in (PHONE_ID, ACCOUNT):
            raise Refusal(100, "no such object", sub=33)

    def _fault(self, body: JSON) -> Fault | None:
        for fault in self.faults:
            meant = fault.to in ("", body.get("recipient")) and fault.kind in ("", body.get("type"))
            if fault.times and meant:
                fault.times -= 1
                return fault
        return None

    def _recipient(self, body: JSON) -> Person:
        to, user = body.get("to"), body.get("recipient")
        person = next((p for p in self.people.values() if to and f"+{p.number}" == to), None)
        person = person or self.people.get(user or "")
        if person is None:
            raise Refusal(131026, "unknown recipient")
        if person.refuses:
            raise Refusal(person.refuses, "this person")
        return person

    def _check_pace(self, person: Person) -> None:
        if not self.enforce_pace:
            return
        now, sent = self.clock(), self._paces[person.user_id]
        while sent and sent[0] <= now - PAIR_INTERVAL * PAIR_BURST:
            sent.popleft()
        if len(sent) >= PAIR_BURST:
            raise Refusal(131056, "pair rate")
        sent.append(now)

    def _is_open(self, person: Person) -> bool:
        return person.heard_at is not None and self.clock() - person.heard_at < WINDOW

    def _check_window(self, person: Person, body: JSON) -> None:
        if body["type"] == "template":
            given = body["template"]
            if not any(
                t["name"] == given["name"]
                and t["language"] == given["language"]["code"]
                and t["status"] == "APPROVED"
                for t in self.templates
            ):
                raise Refusal(132001, given["name"], 404)
        elif not self._is_open(person) and not self.late_closed:
            raise Refusal(131047, "More than 24 hours have passed")

    async def _media(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        self.calls.append(Call("media", {}, self.clock()))
        try:
            self._authorise(request)
            file = form["file"]
            assert isinstance(file, web.FileField)
            if form.get("messaging_product") != "whatsapp" or not form.get("type"):
                raise Refusal(131008, "type")
        except Refusal as refusal:
            return web.json_response(refusal.json(), status=refusal.status)
        id = self.take(file.filename, str(form["type"]), file.file.read())
        return web.json_response({"id": id})

    def take(self, name: str, mime: str, content: bytes) -> str:
        """A file that lies with Meta; gives its id."""
        id = str(next(self._ids) + 10**15)
        self.files[id] = (name, mime, content)
        return id

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        _name, mime, content = self.files[request.match_info["id"]]
        if "moved" in (told := self.said_of.get(request.match_info["id"], {})):
            raise web.HTTPFound(told["moved"])
        return web.Response(body=content, content_type=mime)

    def _told_of(self, id: str) -> JSON:
        _name, mime, content = self.files[id]
        return {
            "messaging_product": "whatsapp",
            "url": f"{self.api_url.removesuffix('/v26.0')}/files/{id}",
            "mime_type": mime,
            "file_size": len(content),
            "id": id,
            **self.said_of.get(id, {}),
        }

    async def _object(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(Call("object", dict(request.query), self.clock()))
        if (id := request.match_info["id"]) in self.files:
            return web.json_response(self._told_of(id))
        try:
            self._authorise(request)
        except Refusal as refusal:
            return web.json_response(refusal.json(), status=refusal.status)
        shown = f"+{self.number[0]} {self.number[1:4]}-{self.number[4:7]}-{self.number[7:]}"
        return web.json_response(
            {
                "display_phone_number": shown,
                "verified_name": "Pasito",
                "quality_rating": "GREEN",
                "throughput": {"level": "STANDARD"},
                "id": request.match_info["id"],
            }
        )

    async def _list_templates(self, request: web.Request) -> web.StreamResponse:
        try:
            self._authorise(request)
        except Refusal as refusal:
            return web.json_response(refusal.json(), status=refusal.status)
        return web.json_response({"data": self.templates, "paging": {"cursors": {}}})

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        template = await request.json()
        try:
            self._authorise(request)
            check_template(template)
        except Refusal as refusal:
            return web.json_response(refusal.json(), status=refusal.status)
        self.templates.append({**template, "status": "PENDING"})
        return web.json_response({"id": "1", "status": "PENDING", "category": template["category"]})

    async def _subscribed(self, request: web.Request) -> web.StreamResponse:
        try:
            self._authorise(request)
        except Refusal as refusal:
            return web.json_response(refusal.json(), status=refusal.status)
        return web.json_response(
            {"data": [{"whatsapp_business_api_data": {"id": "1", "name": "Pasito"}}]}
        )


class _Html(Exception):
    """A gateway answers for Meta."""
