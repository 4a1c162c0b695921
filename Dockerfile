# Name the image by its digest for a build that never changes: docs/deploying.md says how.
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
RUN python -m venv /opt/builder && python -m venv --without-pip /opt/briefbot
COPY requirements/dev.txt requirements/run.txt requirements/pictures.txt requirements/
RUN /opt/builder/bin/pip install --no-cache-dir --require-hashes -r requirements/dev.txt \
 && /opt/builder/bin/pip --python /opt/briefbot/bin/python install --no-cache-dir --no-compile \
    --require-hashes -r requirements/run.txt -r requirements/pictures.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
COPY handlers handlers
COPY summarizer summarizer
RUN /opt/builder/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/builder/bin/pip --python /opt/briefbot/bin/python install --no-cache-dir --no-deps /wheels/*.whl \
 && /opt/briefbot/bin/python -m compileall -q /opt/briefbot/lib

# Charts in chats are drawn with the letters of fonts-dejavu-core (3 MB).
# `briefbot export` writes no PDF here: WeasyPrint and Pango (libpango-1.0-0, libpangoft2-1.0-0,
# libharfbuzz-subset0) would add 70 MB. docs/export.md says how to have one.
FROM ${PYTHON_IMAGE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && rm -rf /usr/local/lib/python3.*/site-packages/pip* /usr/local/lib/python3.*/ensurepip /usr/local/bin/pip* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin briefbot \
 && install -d -m 0700 -o briefbot -g briefbot /data
COPY --from=build /opt/briefbot /opt/briefbot
ENV PATH=/opt/briefbot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/briefbot.db \
    BRIEFBOT_WEB_HOST=0.0.0.0
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
# One line of Python without site packages: 15 ms of processor time (socket itself takes twice that).
HEALTHCHECK --interval=10s --timeout=6s --retries=2 --start-period=60s CMD ["python3", "-ISc", "import os, _socket; s = _socket.socket(); s.settimeout(5); s.connect(('127.0.0.1', int(os.getenv('BRIEFBOT_WEB_PORT') or 8080))); s.send(b'GET /readyz HTTP/1.0\\r\\n\\r\\n'); raise SystemExit(b' 200 ' not in s.recv(64))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["briefbot"]
CMD ["run"]
