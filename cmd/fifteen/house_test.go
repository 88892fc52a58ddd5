// Package main_test checks how the house is built, on the sources alone: who
// imports whom, who reads the clock, how long files and functions are. It needs
// no linter; .golangci.yml holds the same tables for editors.
package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	module           = "fifteen"
	root             = "../.."
	maxFileLines     = 400
	maxFunctionLines = 70 // between the first line and the last, as funlen counts
)

// room is what the files of a folder, and of the folders below it that have no
// room of their own, may import from our own packages. Tests may also import
// what tests lists and the package they test. "x/..." is x and all below it.
type room struct {
	folder  string
	imports []string
	tests   []string
}

var rooms = []room{
	{folder: "cmd", imports: []string{"..."}},
	{
		folder:  "commands",
		imports: []string{"bot", "commands/...", "scoring", "storage"},
		tests:   []string{"bot/bottest", "bot/terminal", "storage/storagetest"},
	},
	{folder: "bot", tests: []string{"bot/bottest"}},
	{folder: "bot/bottest", imports: []string{"bot"}, tests: []string{"bot/draw"}},
	{folder: "bot/dispatch", imports: []string{"bot"}, tests: []string{"bot/bottest"}},
	{folder: "bot/draw", imports: []string{"bot"}, tests: []string{"bot/bottest"}},
	{folder: "bot/plain", imports: []string{"bot"}, tests: []string{"bot/bottest"}},
	{folder: "bot/playground", imports: []string{"bot", "bot/dispatch", "bot/draw", "bot/plain"}, tests: []string{"bot/bottest"}},
	{folder: "bot/slackbot", imports: []string{"bot", "bot/dispatch", "bot/draw", "bot/plain"}, tests: []string{"bot/bottest"}},
	{folder: "bot/telegrambot", imports: []string{"bot", "bot/dispatch", "bot/draw", "bot/plain"}, tests: []string{"bot/bottest"}},
	{folder: "bot/terminal", imports: []string{"bot", "bot/draw", "bot/plain"}, tests: []string{"bot/bottest"}},
	{folder: "scoring"},
	{folder: "storage", imports: []string{"scoring", "storage/..."}},
	{folder: "storage/storagebench", imports: []string{"..."}}, // a program: it measures the whole bot
}

// libraries names the folders that a library stays in, tests included: one, or
// one and the fakes that tests talk to.
var libraries = map[string][]string{
	"git.sr.ht/~sbinet/gg":             {"bot/draw"},
	"github.com/BurntSushi/toml":       {"commands"},
	"github.com/adrg/strutil":          {"commands"},
	"github.com/chromedp":              {forTests},
	"github.com/alecthomas/kong":       {"cmd"},
	"github.com/go-playground/locales": {"commands"},
	"github.com/go-telegram-bot-api":   {"bot/telegrambot"},
	"github.com/gorilla/websocket":     {"bot/slackbot", "bot/bottest"},
	"github.com/jackc/pgx":             {"storage"},
	"github.com/mattn/go-sqlite3":      {"storage"},
	"github.com/nicksnyder/go-i18n":    {"commands"},
	"github.com/pressly/goose":         {"storage"},
	"github.com/prometheus":            {"cmd"},
	"github.com/rickar/cal":            {"commands"},
	"github.com/riverqueue":            {"storage"},
	"github.com/slack-go":              {"bot/slackbot"},
	"golang.org/x/image":               {"bot/draw"},
	"golang.org/x/text":                {"commands"},
	"gonum.org":                        {"scoring"},
	"gorm.io":                          {"storage"},
	"github.com/Shopify/toxiproxy":     {forTests},
	"github.com/google/go-cmp":         {forTests},
	"github.com/rogpeppe/go-internal":  {forTests},
	"go.uber.org/goleak":               {forTests},
	"gotest.tools":                     {forTests},
	"pgregory.net/rapid":               {forTests},
	"testing":                          {forTests},
}

// forTests stands for test files and bot/bottest.
const forTests = "tests"

// plain lists the rooms whose files import the standard library and, besides
// our own packages, only these libraries.
var plain = map[string][]string{
	"bot":       nil,
	"bot/plain": nil,
	"scoring":   {"github.com/shopspring/decimal", "gonum.org"},
}

// impure is what scoring does without: no input, no output, no chance.
var impure = []string{"database", "log", "math/rand", "net", "os", "syscall"}

// landmarks must be found, or the walk went astray and proves nothing.
var landmarks = []string{"bot", "bot/terminal", "cmd/fifteen", "commands", "scoring", "storage"}

// file is one Go file of the module.
type file struct {
	name   string // from the module's root, with slashes
	syntax *ast.File
	tokens *token.FileSet
}

func (f file) folder() string { return path.Dir(f.name) }

func (f file) isTest() bool { return strings.HasSuffix(f.name, "_test.go") }

// lines returns how many lines of the file a node spans.
func (f file) lines(node ast.Node) int {
	return f.tokens.Position(node.End()).Line - f.tokens.Position(node.Pos()).Line + 1
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		for _, spec := range f.syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatalf("%s: import %s: %v", f.name, spec.Path.Value, err)
			}
			if why := objection(f.folder(), f.isTest(), imported); why != "" {
				t.Errorf("%s imports %s: %s", f.name, imported, why)
			}
		}
	}
}

func TestObjection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		folder, imported string
		test, want       bool
	}{
		{folder: "cmd/fifteen", imported: "fifteen/bot/slackbot"},
		{folder: "cmd/fifteen", imported: "gorm.io/gorm", want: true},
		{folder: "cmd/fifteen", imported: "github.com/prometheus/client_golang/prometheus"},
		{folder: "storage", imported: "github.com/prometheus/client_golang/prometheus", want: true},
		{folder: "storage", imported: "github.com/riverqueue/river/rivermigrate"},
		{folder: "cmd/fifteen", imported: "github.com/riverqueue/river", want: true},
		{folder: "commands", imported: "fifteen/storage"},
		{folder: "commands", imported: "fifteen/bot/terminal", want: true},
		{folder: "commands", imported: "fifteen/bot/terminal", test: true},
		{folder: "commands", imported: "fifteen/bot/slackbot", test: true, want: true},
		{folder: "bot", imported: "fifteen/scoring", want: true},
		{folder: "bot", imported: "github.com/shopspring/decimal", want: true},
		{folder: "bot", imported: "pgregory.net/rapid", test: true},
		{folder: "bot/slackbot", imported: "fifteen/bot/draw"},
		{folder: "bot/slackbot", imported: "fifteen/bot/telegrambot", want: true},
		{folder: "bot/slackbot", imported: "fifteen/bot/terminal", test: true, want: true},
		{folder: "bot/slackbot", imported: "fifteen/bot/slackbot", test: true},
		{folder: "bot/slackbot", imported: "fifteen/bot/plain"},
		{folder: "bot/slackbot", imported: "github.com/gorilla/websocket"},
		{folder: "bot/bottest", imported: "github.com/gorilla/websocket"},
		{folder: "bot/terminal", imported: "github.com/gorilla/websocket", test: true, want: true},
		{folder: "bot/plain", imported: "fifteen/bot/draw", want: true},
		{folder: "bot/plain", imported: "golang.org/x/term", want: true},
		{folder: "bot/bottest", imported: "testing"},
		{folder: "bot/terminal", imported: "testing", want: true},
		{folder: "scoring", imported: "gonum.org/v1/gonum/stat"},
		{folder: "scoring", imported: "fifteen/storage", want: true},
		{folder: "scoring", imported: "os/exec", want: true},
		{folder: "storage/storagebench", imported: "fifteen/storage"},
		{folder: "storage", imported: "fifteen/bot", test: true, want: true},
		{folder: "storage", imported: "golang.org/x/text/language", want: true},
		{folder: "util", imported: "strings", want: true},
	} {
		if got := objection(c.folder, c.test, c.imported); (got != "") != c.want {
			t.Errorf("objection(%q, test %v, %q): got %q, want one: %v", c.folder, c.test, c.imported, got, c.want)
		}
	}
}

func TestClockComesIn(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if f.isTest() || within(f.folder(), "cmd") || within(f.folder(), "storage/storagebench") {
			continue
		}
		ast.Inspect(f.syntax, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := selector.X.(*ast.Ident)
			if ok && from.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name) {
				t.Errorf("%s:%d reads the clock with time.%s; below cmd, time comes in as Request.At or an injected clock",
					f.name, f.tokens.Position(node.Pos()).Line, selector.Sel.Name)
			}
			return true
		})
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if got := f.tokens.File(f.syntax.FileStart).LineCount(); got > maxFileLines {
			t.Errorf("%s: got %d lines, want at most %d", f.name, got, maxFileLines)
		}
		for _, decl := range f.syntax.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if got := f.lines(function) - 2; got > maxFunctionLines {
				t.Errorf("%s: func %s: got %d lines, want at most %d", f.name, function.Name.Name, got, maxFunctionLines)
			}
		}
	}
}

// objection says why a file of folder must not import a package; it is empty
// when the file may.
func objection(folder string, test bool, imported string) string {
	place := roomOf(folder)
	if place.folder == "" {
		return "folder " + folder + " has no room in the house; our code lives in bot, cmd, commands, scoring and storage"
	}
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		may := place.imports
		if test {
			may = slices.Concat(may, place.tests, []string{folder})
		}
		if !slices.ContainsFunc(may, func(pattern string) bool { return matches(own, pattern) }) {
			return "of ours, " + place.folder + " may import only [" + strings.Join(may, ", ") + "]"
		}
		return ""
	}
	for library, homes := range libraries {
		allowed := slices.ContainsFunc(homes, func(home string) bool {
			return within(folder, home) || home == forTests && (test || folder == "bot/bottest")
		})
		if within(imported, library) && !allowed {
			return "it belongs in " + strings.Join(homes, " and ")
		}
	}
	may, isPlain := plain[place.folder]
	isImported := func(prefix string) bool { return within(imported, prefix) }
	switch {
	case test || !isPlain:
		return ""
	case place.folder == "scoring" && slices.ContainsFunc(impure, isImported):
		return "scoring is pure"
	case strings.Contains(strings.Split(imported, "/")[0], ".") && !slices.ContainsFunc(may, isImported):
		return place.folder + " may import only the standard library and [" + strings.Join(may, ", ") + "]"
	}
	return ""
}

// roomOf returns the room of the longest folder that folder lies in.
func roomOf(folder string) room {
	var found room
	for _, r := range rooms {
		if within(folder, r.folder) && len(r.folder) > len(found.folder) {
			found = r
		}
	}
	return found
}

// matches tells whether a package is the one, or below the one, of a pattern.
func matches(pkg, pattern string) bool {
	if above, ok := strings.CutSuffix(pattern, "..."); ok {
		return above == "" || within(pkg, strings.TrimSuffix(above, "/"))
	}
	return pkg == pattern
}

// within tells whether a path is the given one or lies below it.
func within(child, parent string) bool {
	return child == parent || strings.HasPrefix(child, parent+"/")
}

// files returns the Go files of the module, tests included.
func files(t *testing.T) []file {
	t.Helper()
	all, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range landmarks {
		if !slices.ContainsFunc(all, func(f file) bool { return !f.isTest() && f.folder() == folder }) {
			t.Fatalf("no Go file found in %s among %d files: the walk proves nothing", folder, len(all))
		}
	}
	return all
}

var parsed = sync.OnceValues(func() ([]file, error) {
	var all []file
	err := filepath.WalkDir(root, func(place string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := len(entry.Name()) > 2 && strings.ContainsAny(entry.Name()[:1], "._")
		if entry.IsDir() && (hidden || slices.Contains([]string{"testdata", "node_modules"}, entry.Name())) {
			return filepath.SkipDir
		}
		if entry.IsDir() || hidden || filepath.Ext(place) != ".go" {
			return nil
		}
		name, err := filepath.Rel(root, place)
		if err != nil {
			return err
		}
		tokens := token.NewFileSet()
		syntax, err := parser.ParseFile(tokens, place, nil, parser.SkipObjectResolution)
		all = append(all, file{name: filepath.ToSlash(name), syntax: syntax, tokens: tokens})
		return err
	})
	return all, err
})
