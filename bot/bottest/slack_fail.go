package bottest

import "net/http"

// SlackFailure is how calls of a method fail.
type SlackFailure struct {
	// Skip is how many calls go through before.
	Skip int
	// Times is how many calls; 0 means 1.
	Times int
	// Status is the HTTP status; 0 means 200.
	Status int
	// RetryAfter is the header, in seconds; "" leaves it out.
	RetryAfter string
	// Error is Slack's error; "" with Status 429 means "ratelimited".
	Error string
	// Drop closes the connection instead of answering.
	Drop bool
	// After lets the call have its effect first, so that only the answer fails.
	After bool
}

// Fail makes the next calls of a method fail. "response_url" and "upload" are
// methods too.
func (s *Slack) Fail(method string, f SlackFailure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = max(f.Times, 1)
	s.failures[method] = append(s.failures[method], f)
}

// count counts a request to a method and returns how it fails, if it does.
func (s *Slack) count(method string) (SlackFailure, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	queue := s.failures[method]
	if len(queue) == 0 {
		return SlackFailure{}, false
	}
	if queue[0].Skip > 0 {
		queue[0].Skip--
		return SlackFailure{}, false
	}
	failure := queue[0]
	queue[0].Times--
	if queue[0].Times == 0 {
		s.failures[method] = queue[1:]
	}
	return failure, true
}

// answer fails a call.
func (f SlackFailure) answer(w http.ResponseWriter) {
	if f.Drop {
		slackDrop(w)
		return
	}
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	code, status := f.Error, f.Status
	if code == "" && status == http.StatusTooManyRequests {
		code = "ratelimited"
	}
	if status == 0 {
		status = http.StatusOK
	}
	if code == "" { // what goes wrong in front of Slack answers HTML
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<html><body>Server Error</body></html>"))
		return
	}
	writeSlackJSON(w, status, map[string]any{"ok": false, "error": code})
}

// slackDrop closes the connection of a request without an answer.
func slackDrop(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close()
}
