# A small image of the program and nightly.sh. docs/install.md says how to build and run it.
#
#   docker build -t tributary .
#   docker run --rm -v "$PWD/exports:/data:ro" -v tributary-out:/out tributary run --input /data --out /out
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -buildvcs=false -tags=duckdb_arrow,netgo,osusergo \
      -ldflags '-s -w -linkmode external -extldflags -static' -o /out/tributary ./cmd/tributary \
 && go run ./internal/release /out/THIRD_PARTY_LICENSES.txt

# A shell is needed: --on-finish and nightly.sh run commands. curl is what an alert is sent with.
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data /out && chown 65532:65532 /out
COPY --from=build /out/tributary /usr/local/bin/
COPY --from=build /out/THIRD_PARTY_LICENSES.txt LICENSE /usr/share/doc/tributary/
COPY deploy/nightly.sh /usr/local/bin/
# The time zone database is inside the program. Exports are mounted at /data, runs are published in /out.
USER 65532:65532
VOLUME ["/data", "/out"]
ENTRYPOINT ["/usr/local/bin/tributary"]
