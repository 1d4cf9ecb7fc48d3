# The DuckDB driver keeps its Arrow interface behind a build tag: every target sets it.
export GOFLAGS := -tags=duckdb_arrow -buildvcs=false
DEMO := testdata/sercante_campaign_influence/tributary.yaml
TOOL := go tool -modfile=tools.mod

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## write bin/tributary
	@mkdir -p bin
	go build -o bin/tributary ./cmd/tributary

.PHONY: demo
demo: build ## run the main job on the bundled Salesforce export, and print what it found
	bin/tributary run --config $(DEMO) --out out
	bin/tributary report channel_performance --out out --measure revenue,pipeline --where basis=period --models w_shaped,first_touch,last_touch,linear,time_decay,full_path
	bin/tributary report reconciliation --out out --models w_shaped,first_touch,last_touch,linear,time_decay,full_path

.PHONY: test
test: ## run every test
	go test -timeout 30m ./...

.PHONY: race
race: ## run the tests of what is concurrent under the race detector
	go test -race -short ./ingest ./internal/engine ./internal/runs ./attribution
	go test -race ./cmd/tributary -run Oracle -args -worlds 10

.PHONY: check
check: ## format, vet, staticcheck, the import rule
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) depguard ./...

.PHONY: bench
bench: ## run the benchmarks, and compare them with benchmarks/recorded.txt
	go test -run '^$$' -bench . -count 6 ./... | tee benchmarks/latest.txt
	$(TOOL) benchstat benchmarks/recorded.txt benchmarks/latest.txt
