package commands_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// use is a place in the sources that puts a key into words.
type use struct {
	place string
	// key is "" where it is put together.
	key string
	// args are the names that the sentence is given; spread says that there may
	// be others.
	args    []string
	spread  bool
	problem bool
}

// source is a Go file whose sentences are in the catalogue.
type source struct {
	name   string
	syntax *ast.File
	tokens *token.FileSet
}

var sourceFiles = sync.OnceValues(func() ([]source, error) {
	var all []source
	for _, pattern := range []string{"*.go", "../bot/*.go", "../bot/slackbot/*.go", "../bot/telegrambot/*.go", "../bot/playground/*.go", "../cmd/*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			tokens := token.NewFileSet()
			syntax, err := parser.ParseFile(tokens, name, nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			all = append(all, source{name, syntax, tokens})
		}
	}
	if len(all) < 40 {
		return nil, fmt.Errorf("got %d sources, want all of bot, its adapters, commands and cmd", len(all))
	}
	return all, nil
})

// sayer says where a function takes its key and the first of its arguments,
// which alternate names and values; -1 for a function whose arguments are
// named in given.
type sayer struct {
	key, args int
	given     []string
}

var sayers = map[string]sayer{
	"say":       {key: 0, args: 1},
	"Say":       {key: 1, args: 2},
	"button":    {key: 0, args: 2},
	"Problem":   {key: 0, args: 1},
	"Missing":   {key: 1, args: -1},
	"tellOwner": {key: 2, args: -1, given: []string{"who", "deal", "score"}},
}

// sources returns every call that says something.
func sources(t *testing.T) []use {
	t.Helper()
	all, err := sourceFiles()
	if err != nil {
		t.Fatal(err)
	}
	var uses []use
	for _, file := range all {
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok {
				if found, ok := file.use(call); ok {
					uses = append(uses, found)
				}
			}
			return true
		})
	}
	return uses
}

func (f source) use(call *ast.CallExpr) (use, bool) {
	name := ""
	switch called := call.Fun.(type) {
	case *ast.Ident:
		name = called.Name
	case *ast.SelectorExpr:
		name = called.Sel.Name
	}
	how, ok := sayers[name]
	if strings.HasPrefix(f.name, "../bot") {
		switch name {
		case "say":
			if filepath.Dir(f.name) == "../bot" {
				how = sayer{key: 1, args: 2} // the router's is told whom it speaks to
			}
		case "button":
			return use{}, false
		}
	}
	if !ok || len(call.Args) <= how.key {
		return use{}, false
	}
	found := use{place: f.tokens.Position(call.Pos()).String(), args: how.given, problem: name == "Problem"}
	found.key, _ = literal(call.Args[how.key])
	for i := how.args; how.args >= 0 && i < len(call.Args); i += 2 {
		arg, ok := literal(call.Args[i])
		found.spread = found.spread || !ok
		found.args = append(found.args, arg)
	}
	return found, true
}

func literal(node ast.Expr) (string, bool) {
	basic, ok := node.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

// literals returns every text that stands in the sources.
func literals(t *testing.T) []string {
	t.Helper()
	all, err := sourceFiles()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, file := range all {
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			if basic, ok := node.(*ast.BasicLit); ok {
				if text, ok := literal(basic); ok {
					texts = append(texts, text)
				}
			}
			return true
		})
	}
	return texts
}

// TestKeysInVariables checks the keys that are not said where they stand: each
// text that looks like one of a table of the catalogue is one.
func TestKeysInVariables(t *testing.T) {
	t.Parallel()
	tables := map[string]bool{}
	for key := range english() {
		table, _, _ := strings.Cut(key, ".")
		tables[table] = true
	}
	for _, text := range literals(t) {
		table, rest, ok := strings.Cut(text, ".")
		if !ok || !tables[table] || rest == "" || strings.HasSuffix(rest, ".") || strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz_. ") != "" {
			continue
		}
		if len(english()[text]) == 0 {
			t.Errorf("%q: got nothing in locales/en.toml, want a sentence", text)
		}
	}
}

// isProblem tells whether a key is a problem's.
func isProblem(key string) bool {
	for _, prefix := range []string{"amount.", "date.", "when.", "choice."} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	all, err := sourceFiles()
	return err == nil && slices.Contains(problems(all), key)
}

var problems = func() func([]source) []string {
	var once sync.Once
	var keys []string
	return func(all []source) []string {
		once.Do(func() {
			for _, file := range all {
				ast.Inspect(file.syntax, func(node ast.Node) bool {
					if call, ok := node.(*ast.CallExpr); ok {
						if found, ok := file.use(call); ok && found.problem {
							keys = append(keys, found.key)
						}
					}
					return true
				})
			}
		})
		return keys
	}
}()

// whys returns what can be wrong with an amount or a day: the constants of
// package typed, in the group that its comment names.
func whys(t *testing.T, kind string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "internal/typed/typed.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST || group.Doc == nil ||
			!strings.Contains(group.Doc.Text(), map[string]string{"amount": "an amount", "date": "a date"}[kind]) {
			continue
		}
		for _, spec := range group.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok && len(value.Values) == 1 {
				if text, ok := literal(value.Values[0]); ok {
					found = append(found, text)
				}
			}
		}
	}
	if len(found) < 5 {
		t.Fatalf("got %q as what can be wrong with %s, want more", found, kind)
	}
	return found
}
