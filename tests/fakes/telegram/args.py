"""The parameters of a call and the shape of its answer."""

import json
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader, parse_content_disposition

from tests.fakes.telegram.refusal import JSON, Refusal, bad_request


class Args:
    """The parameters of a call, from a query string, a form, JSON or a webhook's answer; text and
    JSON alike."""

    def __init__(
        self, values: JSON, files: dict[str, tuple[str, str, bytes]] | None = None
    ) -> None:
        self.values, self.files = values, files or {}

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def parsed(self, name: str, what: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> tuple[str, str, bytes] | None:
        """Name, MIME type and bytes of a part, given as the parameter itself or as
        `attach://part`."""
        reference = self.text(name)
        return self.files.get(
            reference.removeprefix("attach://") if reference.startswith("attach://") else name
        )


def answer_of(refusal: Refusal) -> web.Response:
    if refusal.code in (502, 504):  # a gateway in front answers, and not in JSON
        return web.Response(
            status=refusal.code, text=f"<h1>{refusal.description}</h1>", content_type="text/html"
        )
    body: JSON = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    seconds = refusal.parameters.get("retry_after")
    return web.json_response(
        body, status=refusal.code, headers={"Retry-After": str(seconds)} if seconds else None
    )


async def read_args(request: web.Request) -> Args:
    values: JSON = dict(request.query)
    files: dict[str, tuple[str, str, bytes]] = {}
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.read())
        except ValueError:
            raise bad_request("can't parse request: can't parse JSON object") from None
        if not isinstance(given, dict):
            raise bad_request("can't parse request: object expected")
        values |= given
    elif request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader):
                # Telegram's server knows only `filename=` in plain UTF-8: neither %XX nor
                # `filename*=`
                _, about = parse_content_disposition(part.headers.get("Content-Disposition"))
                name, content = about.get("name", ""), bytes(await part.read())
                if "filename" in about or "filename*" in about:
                    files[name] = (
                        about.get("filename", ""),
                        part.headers.get("Content-Type", ""),
                        content,
                    )
                else:
                    values[name] = content.decode("utf-8", "replace")
    else:
        values |= {
            name: value for name, value in (await request.post()).items() if isinstance(value, str)
        }
    return Args(values, files)
