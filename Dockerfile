ARG NODE_IMAGE=docker.io/library/node:26-slim

FROM ${NODE_IMAGE} AS deps
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE} AS runtime
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/tmp/node-compile-cache \
    DATABASE_URL=sqlite:/data/wa-token.db \
    OPS_HOST=0.0.0.0
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
RUN install -d -o node -g node /data
VOLUME ["/data"]
USER node
EXPOSE 3000 9464
# Asks where the bot listens: every interface can be reached by loopback, one of them by its address only.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "const { OPS_HOST = '', OPS_PORT } = process.env; const host = ['', '0.0.0.0', '::'].includes(OPS_HOST) ? '127.0.0.1' : OPS_HOST; fetch(`http://${host.includes(':') ? `[${host}]` : host}:${OPS_PORT || 9464}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/main.ts"]
CMD ["run"]
