package bottest_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"fifteen/bot/bottest"
)

// upload sends a body to an upload address and returns the status.
func (w *slackWorld) upload(t *testing.T, target, mediaType, body string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", mediaType)
	return w.do(t, req).status
}

func TestSlackUpload(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	if err := parts.WriteField("filename", "chart.png"); err != nil {
		t.Fatal(err)
	}
	part, err := parts.CreateFormFile("file", "chart.png")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte("bytes")); err != nil {
		t.Fatal(err)
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	parent := w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "x"}).TS
	for i, c := range []struct{ mediaType, body string }{
		{"application/octet-stream", "bytes"}, {parts.FormDataContentType(), form.String()},
	} {
		got := w.must(t, "files.getUploadURLExternal", fields{"filename": "chart.png", "length": 5, "alt_txt": "A chart"})
		if status := w.upload(t, got.UploadURL, c.mediaType, c.body); status != http.StatusOK {
			t.Fatalf("got status %d, want 200", status)
		}
		done := fields{
			"files": []fields{{"id": got.FileID, "title": "Chart"}}, "channel_id": "C1", "thread_ts": parent, "initial_comment": "look",
		}
		w.must(t, "files.completeUploadExternal", done)
		m := w.Messages("C1")[1+i]
		if len(m.Files) != 1 || m.Thread != parent || m.Text != "look" {
			t.Fatalf("got %+v, want the file in the thread", m)
		}
		if f := m.Files[0]; f.ID != got.FileID || f.Name != "chart.png" || f.Title != "Chart" || f.Alt != "A chart" || string(f.Bytes) != "bytes" {
			t.Errorf("got %+v, want the file", f)
		}
		wantError(t, w.call(t, "files.completeUploadExternal", done), "file_not_found")
	}
}

func TestSlackRefusesUploads(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	wantError(t, w.call(t, "files.getUploadURLExternal", fields{"length": 5}), "invalid_arguments")
	wantError(t, w.call(t, "files.getUploadURLExternal", fields{"filename": "a"}), "invalid_arguments")
	got := w.must(t, "files.getUploadURLExternal", fields{"filename": "a", "length": 5})
	complete := func(channel string) said {
		return w.call(t, "files.completeUploadExternal", fields{"files": []fields{{"id": got.FileID}}, "channel_id": channel})
	}
	wantError(t, complete("C1"), "file_not_found") // nothing has arrived
	if status := w.upload(t, got.UploadURL, "application/octet-stream", "too long"); status != http.StatusBadRequest {
		t.Errorf("got status %d for 8 bytes instead of 5, want 400", status)
	}
	if status := w.upload(t, got.UploadURL+"9", "application/octet-stream", "bytes"); status != http.StatusBadRequest {
		t.Errorf("got status %d for another address, want 400", status)
	}
	if status := w.upload(t, got.UploadURL, "application/octet-stream", "bytes"); status != http.StatusOK {
		t.Errorf("got status %d, want 200", status)
	}
	wantError(t, complete("U1"), "channel_not_found") // a person is no channel here
	wantError(t, complete("C2"), "not_in_channel")
	wantError(t, w.call(t, "files.completeUploadExternal", fields{"files": "x"}), "invalid_arguments")
	if got := w.Messages("C1"); len(got) != 0 {
		t.Errorf("got %+v, want nothing posted", got)
	}
}
