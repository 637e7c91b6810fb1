"""A systemd unit for this installation (`pasito unit`), closed to all but its data folder."""

from pathlib import Path

from bot.settings import Settings

_UNIT = """\
[Unit]
Description=Pasito, a chatbot that teaches in small steps
After=network-online.target
Wants=network-online.target

[Service]
User={user}
WorkingDirectory={folder}
ExecStart={program} run
ExecReload=/bin/kill -HUP $MAINPID
Restart=always
RestartSec=2
TimeoutStopSec=30
UMask=0077
LimitNOFILE=65536
NoNewPrivileges=true
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=true
PrivateDevices=true
ReadWritePaths={data}

[Install]
WantedBy=multi-user.target
"""


def text(program: Path, folder: Path, settings: Settings, user: str) -> str:
    """`program` is started in `folder`, where its `.env` is. Paths may hold spaces and per
    cents."""
    data = (folder / settings.data_dir).resolve()
    return _UNIT.format(
        user=user, folder=_quoted(folder), program=_quoted(program), data=_quoted(data)
    )


def _quoted(path: Path) -> str:
    """systemd.syntax(7): a backslash before spaces, and each per cent twice."""
    return str(path).replace("\\", "\\\\").replace("%", "%%").replace(" ", "\\x20")
