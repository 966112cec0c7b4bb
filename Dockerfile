# syntax=docker/dockerfile:1

# The page:         docker build -t drydock .
#                   docker run --read-only --tmpfs /tmp -p 8080:8080 drydock
# The command line: docker build --target cli -t drydock-cli .
#                   docker run --read-only --rm -i drydock-cli validate - < manifests.yaml

FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# Nothing is downloaded or run at install.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM gcr.io/distroless/nodejs22-debian12:nonroot AS cli
COPY --from=build /src/dist/cli /drydock
WORKDIR /work
ENTRYPOINT ["/nodejs/bin/node", "/drydock/drydock.mjs"]

# The last stage is what is built where no target is named.
FROM nginxinc/nginx-unprivileged:1.29-alpine AS page
COPY <<'CONF' /etc/nginx/conf.d/default.conf
server {
  listen 8080;
  server_tokens off;
  root /usr/share/nginx/html;
  # The page says its own policy; a frame may be refused by a header only.
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy no-referrer always;
  location / { try_files $uri $uri/ =404; add_header Cache-Control no-cache; }
  # Names of these hold a hash of what is in them.
  location /assets/ { add_header Cache-Control "public, max-age=31536000, immutable"; }
}
CONF
COPY --from=build /src/dist/page /usr/share/nginx/html
USER 101
EXPOSE 8080
