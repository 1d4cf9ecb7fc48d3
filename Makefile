# The DuckDB driver keeps its Arrow interface behind a build tag: every target sets it.
export GOFLAGS := -tags=duckdb_arrow -buildvcs=false
DEMO := testdata/sercante_campaign_influence/tributary.yaml
TOOL := go tool -modfile=tools.mod

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## write bin/tributary
	@mkdir -p bin
	go build -o bin/tributary ./cmd/tributary

.PHONY: demo
demo: build ## run the main job on a made-up company and on the bundled Salesforce export, and print what it found
	rm -rf out/company
	bin/tributary demo out/company
	bin/tributary compare field_tactic --measure revenue --out out/company/out
	bin/tributary run --config $(DEMO) --out out
	bin/tributary report channel_performance --out out --measure revenue,pipeline --models w_shaped,first_touch,last_touch,linear,time_decay,full_path
	bin/tributary report reconciliation --out out --models w_shaped,first_touch,last_touch,linear,time_decay,full_path

.PHONY: man
man: build ## write the man pages to bin/man
	bin/tributary man bin/man

.PHONY: test
test: ## run the tests, in a few minutes
	go test -short -timeout 60m ./...

# How many random worlds are held against the oracle. Continuous integration takes fewer.
WORLDS ?= 120

.PHONY: nightly
nightly: ## run what make test leaves out: all cases and scripts, nights of an operator, large companies, kills, WORLDS random worlds
	go test -timeout 90m ./cmd/tributary ./internal/browsertest
	go test -timeout 60m ./internal/runs ./internal/config -run 'KilledAtEveryOperation|LargeFiles'
	go test -timeout 60m ./internal/acceptance -args -worlds $(WORLDS)

.PHONY: browser
browser: ## test the page in Chromium, and write what people should look at to out/browser
	go test -count 1 ./internal/browsertest -args -screenshots $(CURDIR)/out/browser

.PHONY: pictures
pictures: ## draw the pictures of docs/pictures.md, with Chromium, LibreOffice and pdftoppm
	go test -count 1 ./internal/browsertest -run TestPublished/pictures -args -pictures $(CURDIR)/docs/pictures

.PHONY: race
race: ## run the tests of what is concurrent under the race detector
	go test -race -short ./ingest ./internal/engine ./internal/progress ./internal/runs ./attribution/... ./internal/synthetic
	go test -race -short ./internal/acceptance -run Oracle -args -worlds 40

.PHONY: mutants
mutants: ## break the program in many small ways, and report what no fast test notices (nightly: takes an hour)
	go run ./internal/mutants

.PHONY: install-check
install-check: ## install the committed program with go install, as a user does, in some minutes
	go test -timeout 30m ./internal/release -run GoInstall -args -install

.PHONY: recipes
recipes: ## check the recipes of deploy/ and the workflows, with shellcheck and Python where they are installed
	$(TOOL) actionlint .github/workflows/*.yml deploy/github/*.yml
	! command -v shellcheck || shellcheck -x deploy/nightly.sh deploy/cron/tributary.sh
	! command -v python3 || python3 -c 'import ast, sys; [ast.parse(open(f).read(), f) for f in sys.argv[1:]]' deploy/*/*.py

# A release is built where it runs: PLATFORM is this machine. RELEASE_FLAGS= on a tag makes it that release.
GORELEASER := go run github.com/goreleaser/goreleaser/v2@v2.16.0
PLATFORM ?= $(shell go env GOOS)_$(shell go env GOARCH)
RELEASE_FLAGS ?= --snapshot
RELEASE_FILES := $(CURDIR)/release.files

.PHONY: release
release: build ## write the archive for this machine, with SBOM and checksum, to dist/; publish nothing
	rm -rf $(RELEASE_FILES)
	mkdir -p $(RELEASE_FILES)/completions
	bin/tributary man $(RELEASE_FILES)/man
	for shell in bash zsh fish powershell; do bin/tributary completion $$shell >$(RELEASE_FILES)/completions/tributary.$$shell; done
	GOBIN=$(RELEASE_FILES)/bin go install -modfile=tools.mod github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod
	PATH="$(RELEASE_FILES)/bin:$$PATH" PLATFORM=$(PLATFORM) GOFLAGS= \
		COMMIT=$$(git rev-parse --short=12 HEAD) COMMIT_SECONDS=$$(git log -1 --format=%ct) \
		COMMIT_TIME=$$(TZ=UTC0 git log -1 --date=iso-strict-local --format=%cd) \
		PROGRAM_VERSION=$$(sed -n 's/^const Program = "\(.*\)"/\1/p' internal/version/version.go) \
		$(GORELEASER) release --clean --skip=publish $(RELEASE_FLAGS)

# The folders with SQL files. Their layout is that of .sqlfluff.
SQL := activation attribution benchmarks gates ingest internal reports

.PHONY: check
check: ## format, vet, staticcheck, the import rule, and the layout of SQL where sqlfluff is installed
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) depguard ./...
	! command -v sqlfluff || sqlfluff lint --processes 0 $(SQL)

# What the benchmarks generate is kept here: about 1 GB for bench, 3 GB more for bench-large.
BENCH_DIR ?= bench.data
BENCH := bin/benchmarks -tributary bin/tributary -data $(BENCH_DIR)
GO_BENCH := TRIBUTARY=$(CURDIR)/bin/tributary go test -run '^$$' -bench . -benchtime 0.2s -count 6 ./...
# What bench-record runs; "small outputs csv skew large" is everything, and takes an hour.
SETS ?= small outputs csv skew

.PHONY: bin/benchmarks
bin/benchmarks:
	@mkdir -p bin
	go build -o bin/benchmarks ./benchmarks

.PHONY: bench
bench: build bin/benchmarks ## time every stage beside SQL on 0.1, 1 and 5 million touches, in ten minutes, and draw the pictures of docs/performance.md
	$(BENCH) -within 7m -pictures docs small outputs csv

.PHONY: bench-large
bench-large: build bin/benchmarks ## the same on 20, 50 and 100 million touches (the last with 4 GB), and draw the pictures
	$(BENCH) -pictures docs large

.PHONY: bench-skew
bench-skew: build bin/benchmarks ## the time of a journey row in skewed data, against even data
	$(BENCH) skew

.PHONY: bench-go
bench-go: build ## run the benchmarks of go test, and compare them with benchmarks/recorded.txt
	$(GO_BENCH) | tee benchmarks/latest.txt
	$(TOOL) benchstat benchmarks/recorded.txt benchmarks/latest.txt

.PHONY: bench-record
bench-record: build bin/benchmarks ## record the tables of SETS in benchmarks/results, the pictures, and benchmarks/recorded.txt
	$(BENCH) -pictures docs -record benchmarks/results $(SETS)
	$(GO_BENCH) > benchmarks/latest.txt
	cp benchmarks/latest.txt benchmarks/recorded.txt
