# keyproof for CI systems without the Action (docs/github-action.md): docker build -t keyproof .
# --target pdf adds the browser that prints report.pdf.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci
WORKDIR /app
RUN cp /src/package.json /src/package-lock.json /src/LICENSE /src/NOTICE . \
  && cp -r /src/dist /src/policies /src/rule-book /src/frameworks /src/templates . \
  && mkdir -p src/model src/opa/toolchain \
  && cp -r /src/src/model/schemas src/model/ \
  && cp /src/src/opa/toolchain/toolchain.wasm.br src/opa/toolchain/ \
  && npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@sparticuz

FROM node:24-bookworm-slim AS base
# For `keyproof scan` and `scan:` in keyproof.yaml; a job's checkout belongs to another user than the one of the image.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/* \
  && git config --system --add safe.directory '*'
COPY --from=build --chown=root:root /app /opt/keyproof
RUN ln -s /opt/keyproof/dist/cli/main.js /usr/local/bin/keyproof && chmod 755 /opt/keyproof/dist/cli/main.js
WORKDIR /work
ENTRYPOINT ["keyproof"]

FROM base AS pdf
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends chromium \
  && rm -rf /var/lib/apt/lists/*
USER 1000

FROM base AS slim
# Without a browser; report.pdf would be asked for and missing, which is exit code 3.
ENV KEYPROOF_FORMAT=html,actions,checklist,findings,access,sarif,junit
USER 1000
