package playground

import (
	"embed"
	"html/template"
	"net/http"
	"slices"

	"fifteen/bot"
	"fifteen/bot/plain"
)

//go:embed templates
var templates embed.FS

//go:embed static
var static embed.FS

// statics serves the page's script and its looks.
func statics() http.Handler {
	files := http.FileServerFS(static)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}

// pages are the templates, which are part of the program: they parse.
func pages() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"line": plain.Line, "text": plain.Text, "named": named, "right": right}).ParseFS(templates, "templates/*.html"))
}

// named tells whether a table has a head.
func named(t bot.Table) bool {
	return slices.ContainsFunc(t.Columns, func(c bot.Column) bool { return c.Name != "" })
}

// right tells whether a column is aligned at the right.
func right(columns []bot.Column, i int) bool { return i < len(columns) && columns[i].Right }

// fieldMark begins the names of a form's fields, so that none is taken for what
// the page itself sends.
const fieldMark = "value."
