package playground

import (
	"crypto/subtle"
	"net"
	"net/http"
)

// policy lets a page load nothing that is not the program's own, run no script
// that stands in it, and be shown in no other page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// pass is the cookie that holds the token.
const pass = "fifteen-playground" //nolint:gosec // the cookie's name

// guard lets in those who may, and only from the page itself.
func (b *Bot) guard(all http.Handler) http.Handler {
	var origin http.CrossOriginProtection
	all = origin.Handler(all)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		switch {
		case b.config.Token == "" && !ownName(r.Host):
			http.Error(w, b.config.Words.Say("", "playground.host"), http.StatusForbidden)
		case b.config.Token != "" && b.knows(r.URL.Query().Get("token")):
			http.SetCookie(w, &http.Cookie{ //nolint:gosec // the page itself comes over plain HTTP
				Name: pass, Value: b.config.Token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil,
			})
			http.Redirect(w, r, "/", http.StatusSeeOther)
		case b.config.Token != "" && !b.admitted(r):
			http.Error(w, b.config.Words.Say("", "playground.token"), http.StatusForbidden)
		default:
			all.ServeHTTP(w, r)
		}
	})
}

// ownName tells whether a request names this machine as only itself would: another
// name may be a stranger's that leads here.
func ownName(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if name == "localhost" {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

func (b *Bot) knows(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(b.config.Token)) == 1
}

func (b *Bot) admitted(r *http.Request) bool {
	cookie, err := r.Cookie(pass)
	return err == nil && b.knows(cookie.Value)
}
