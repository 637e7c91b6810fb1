# One image for all parts: `run` (the default), `web`, `worker`, `migrate`.
FROM python:3.13-slim AS build
WORKDIR /pasito
RUN python -m venv /opt/pasito
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN /opt/pasito/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY cards cards
COPY catalogues catalogues
COPY certificates certificates
COPY db db
COPY locales locales
RUN /opt/pasito/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data pasito && install -d -o pasito -g pasito -m 700 /data
COPY --from=build /opt/pasito /opt/pasito
ENV PATH="/opt/pasito/bin:$PATH" PYTHONUNBUFFERED=1 PASITO_DATA_DIR=/data PASITO_HOST=0.0.0.0
# Every part answers there, a worker too, and whatever the web's port is.
ENV PASITO_WORKER_PORT=8081
WORKDIR /data
USER pasito
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PASITO_WORKER_PORT'] + '/readyz', timeout=5)"]
ENTRYPOINT ["pasito"]
CMD ["run"]
