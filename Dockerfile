# For a private mirror, set another base image: --build-arg NODE_IMAGE=…
# Change tag and digest together. `docker buildx imagetools inspect node:26-slim` shows the digest of a newer image.
ARG NODE_IMAGE=docker.io/library/node:26.10.0-slim@sha256:ec7758ee051e457b468b32bde57b0879010b325bb9862718e9615225ce4aaae1

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools ./tools
RUN npm ci --ignore-scripts
COPY LICENSE .env.example ./
COPY src ./src
RUN node tools/build/main.ts

FROM ${NODE_IMAGE} AS init
RUN apt-get update && apt-get install -y --no-install-recommends tini

FROM ${NODE_IMAGE} AS runtime
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/tmp/node-compile-cache \
    DATABASE_URL=sqlite:/data/wa-token.db \
    OPS_HOST=::
WORKDIR /app
# tini is process 1, because Node.js does not remove zombie processes that a source's command leaves behind.
COPY --from=init /usr/bin/tini-static /usr/local/bin/tini
COPY --from=build /app/dist ./dist
# OpenShift runs the image as an arbitrary user in group 0, so group 0 has the same permissions as the user.
RUN install -d -o 1000 -g 0 -m u=rwx,g=u,o= /data
VOLUME ["/data"]
# The user is a number, because Kubernetes cannot check a user name against root (runAsNonRoot).
USER 1000
EXPOSE 3000 9464
# The check uses loopback if the bot listens on every interface. Otherwise it uses the address in OPS_HOST.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "const { OPS_HOST = '', OPS_PORT } = process.env; const host = ['', '0.0.0.0', '::'].includes(OPS_HOST) ? '127.0.0.1' : OPS_HOST; fetch(`http://${host.includes(':') ? `[${host}]` : host}:${OPS_PORT || 9464}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# -s lets tini adopt orphan processes when another init is process 1 (docker run --init). --disable-sigusr1 prevents a
# debugger on SIGUSR1.
ENTRYPOINT ["tini", "-s", "--", "node", "--disable-sigusr1", "dist/main.js"]
CMD ["run"]
