# Masrad with its embedders and Pandoc: it needs no network when it runs. See docs/deploying.md.
FROM python:3.13-slim AS built
RUN python -m venv /opt/masrad
WORKDIR /src
COPY requirements.lock .
RUN /opt/masrad/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY . .
RUN /opt/masrad/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/masrad/bin/pip uninstall --yes pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin masrad \
 && install --directory --owner masrad --mode 700 /data
COPY --from=built /opt/masrad /opt/masrad
ENV PATH=/opt/masrad/bin:$PATH MASRAD_DATA_DIR=/data
USER masrad
WORKDIR /data
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=10s --start-period=30s CMD \
  ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/healthz', timeout=5)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["masrad"]
CMD ["serve", "--no-browser", "--host", "0.0.0.0", "--port", "8501"]
