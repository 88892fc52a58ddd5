# The first stage builds one static file, the second holds nothing else: no
# shell, no package manager, no root.
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN make static STATIC=/out/fifteen && mkdir -p /own/data /own/tmp

FROM scratch
# PostgreSQL is reached over TLS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/fifteen /fifteen
# Of the two folders it may write to, /data is kept and /tmp is SQLite's.
COPY --from=build --chown=65532:65532 /own/ /
USER 65532:65532
WORKDIR /data
VOLUME /data
ENTRYPOINT ["/fifteen"]
EXPOSE 8080
CMD ["serve", "--db", "/data/fifteen.db"]
