# syntax=docker/dockerfile:1
# Two stages: the first has Vite and builds the console, the second has what the server runs and nothing else.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
RUN npm ci --omit=dev --ignore-scripts
COPY tsconfig.json ./
COPY tools/build-console.ts tools/
COPY contracts contracts
COPY console console
COPY src/signin/assets/medbiz.css src/signin/assets/
RUN node tools/build-console.ts

FROM node:26-slim AS server-packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
# Without the console's workspace, and without the Node.js that comes along as a package: this image is one.
RUN npm ci --omit=dev --ignore-scripts --workspaces=false \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:26-slim
ENV NODE_ENV=production \
    MEDBIZ_HOST=0.0.0.0 \
    MEDBIZ_DATA_DIR=/data
WORKDIR /app
# 1000 is the account "node" of the image.
RUN install -d -m 0700 -o 1000 -g 1000 /data
COPY --from=server-packages /app/node_modules node_modules
COPY package.json LICENSE NOTICE ./
COPY bin bin
COPY contracts contracts
COPY src src
COPY --from=build /app/console/dist console/dist
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MEDBIZ_PORT || 8080}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/medbiz.js"]
CMD ["serve"]
