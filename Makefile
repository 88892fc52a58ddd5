# Thin names over plain commands; `make` alone runs the demo.

GOLANGCI_LINT = github.com/golangci/golangci-lint/v2
GOLANGCI_LINT_VERSION = v2.15.0
GOVULNCHECK = golang.org/x/vuln
GOVULNCHECK_VERSION = v1.8.0

BIN = $(CURDIR)/.bin
STATIC = $(BIN)/fifteen-static

# A tool is built once, into .bin, and again when its version or Go's changes:
# $(call tool,name,module,folder in the module,version)
tool = @go version -m $(BIN)/$(1) 2>/dev/null | tr '\t\n' '  ' | grep -q ": $$(go env GOVERSION) .* mod $(2) $(4) " \
	|| { echo "building $(1) $(4)"; GOBIN=$(BIN) go install $(2)/$(3)@$(4); }

.PHONY: run test lint fmt vuln bench golden screenshots build static image ci check-telegram tool-lint tool-vuln

run:
	go run ./cmd/fifteen demo

test:
	go test ./...

lint: tool-lint
	$(BIN)/golangci-lint run

fmt: tool-lint
	$(BIN)/golangci-lint fmt

vuln: tool-vuln
	$(BIN)/govulncheck ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...
	go run ./storage/storagebench

# Rewrites the golden files of every package whose tests use bottest; only these
# know the flag.
golden:
	go test $$(go list -f '{{range .XTestImports}}{{if eq . "fifteen/bot/bottest"}}{{$$.ImportPath}}{{end}}{{end}}' ./...) -update

# Rewrites the pictures of the page that the README and docs show; needs Chromium.
screenshots: PICTURES := $(shell mktemp -d)
screenshots:
	FIFTEEN_TEST_BROWSER=$${FIFTEEN_TEST_BROWSER:-$$(command -v chromium)} go test ./cmd/fifteen -count=1 -run TestPictures -pictures $(PICTURES)
	cd $(PICTURES) && cp page-setup-1440-light.png page-interview-1440-light.png page-thread-1440-light.png page-form-1440-dark.png page-funnel-390-dark.png page-inside-1440-light.png $(CURDIR)/docs/pictures
	rm -r $(PICTURES)

build:
	CGO_ENABLED=1 go build -trimpath -o $(BIN)/fifteen ./cmd/fifteen

# One file that runs in an empty directory. SQLite is C, hence cgo; without
# loadable extensions it needs no dlopen, and with Go's own resolver and user
# lookup no glibc at run time.
static:
	CGO_ENABLED=1 go build -trimpath -tags netgo,osusergo,sqlite_omit_load_extension \
		-ldflags '-s -w -linkmode external -extldflags "-static"' -o $(STATIC) ./cmd/fifteen

image:
	docker build -t fifteen .

ci:
	.ci/run

# The bot against an emulator of Telegram that others have written; needs node and npm.
check-telegram:
	.ci/check-telegram

tool-lint:
	$(call tool,golangci-lint,$(GOLANGCI_LINT),cmd/golangci-lint,$(GOLANGCI_LINT_VERSION))

tool-vuln:
	$(call tool,govulncheck,$(GOVULNCHECK),cmd/govulncheck,$(GOVULNCHECK_VERSION))
