# syntax=docker/dockerfile:1

FROM node:24.21.0-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/contract/package.json packages/contract/
COPY packages/server/package.json packages/server/
COPY packages/web/package.json packages/web/
RUN npm ci --omit=dev

FROM packages AS web
RUN npm ci
COPY tsconfig.json ./
COPY packages packages
RUN cd packages/web && npx vite build

FROM node:24.21.0-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=6989 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY packages packages
COPY docs docs
COPY --from=web /app/packages/web/dist packages/web/dist
# Files of the image belong to root; the server, which runs as the image's user "node", may write to /data only.
RUN install -d -o 1000 -g 1000 -m 0700 /data
USER 1000:1000
VOLUME /data
EXPOSE 6989
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`, { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-sigusr1", "--max-semi-space-size=8", "packages/server/src/main.ts"]
