package bottest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
)

// slackFileSize is the largest file that the fake takes, in bytes.
const slackFileSize = 8 << 20

// SlackFile is an uploaded file.
type SlackFile struct {
	ID, Name, Title, Alt string
	Bytes                []byte
}

// slackUpload is a file on its way.
type slackUpload struct {
	file          SlackFile
	size          int
	arrived, done bool
}

func (s *Slack) filesUploadURL(c slackCall) (slackAnswer, error) {
	u := &slackUpload{file: SlackFile{Name: c.text("filename"), Alt: c.text("alt_txt")}, size: c.number("length")}
	switch {
	case u.file.Name == "":
		return nil, slackRefuse("invalid_arguments", "[ERROR] missing required field: filename")
	case u.size <= 0:
		return nil, slackRefuse("invalid_arguments", "[ERROR] missing required field: length")
	}
	u.file.ID = s.id("F")
	s.uploads[u.file.ID] = u
	return slackAnswer{"upload_url": "http://" + s.host + "/upload/" + u.file.ID, "file_id": u.file.ID}, nil
}

// serveUpload takes the bytes of a file, as they are or in a form.
func (s *Slack) serveUpload(w http.ResponseWriter, r *http.Request) {
	failure, fails := s.count("upload")
	if fails && !failure.After {
		failure.answer(w)
		return
	}
	body, err := slackUploaded(r)
	if err == nil {
		err = s.arrived(r.PathValue("id"), body)
	}
	if err != nil {
		s.note("upload: " + err.Error())
	}
	switch {
	case fails:
		failure.answer(w)
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadRequest)
	default:
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("OK - " + strconv.Itoa(len(body)))) // a client that is gone has no use for it
	}
}

func slackUploaded(r *http.Request) ([]byte, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	r.Body = http.MaxBytesReader(nil, r.Body, slackFileSize)
	if kind != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, fmt.Errorf("no file in the form: %w", err)
		}
		if part.FileName() != "" {
			body, err := io.ReadAll(part)
			if err == nil {
				_, err = io.Copy(io.Discard, r.Body)
			}
			return body, err
		}
	}
}

func (s *Slack) arrived(id string, body []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, ok := s.uploads[id]
	switch {
	case !ok || u.done:
		return slackRefuse("upload_not_found", id)
	case len(body) != u.size:
		return slackRefuse("length_mismatch", fmt.Sprintf("%d bytes instead of %d", len(body), u.size))
	}
	u.file.Bytes, u.arrived = bytes.Clone(body), true
	return nil
}

// filesComplete posts files, if there is a channel for them. Unlike
// chat.postMessage it does not take a person for a channel.
func (s *Slack) filesComplete(c slackCall) (slackAnswer, error) {
	var sent []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if json.Unmarshal(c.raw("files"), &sent) != nil || len(sent) == 0 {
		return nil, slackRefuse("invalid_arguments", "[ERROR] missing required field: files")
	}
	m := SlackMessage{Channel: c.text("channel_id"), Author: SlackBotUser, Text: c.text("initial_comment")}
	for _, file := range sent {
		u, ok := s.uploads[file.ID]
		if !ok || u.done || !u.arrived {
			return nil, slackRefuse("file_not_found", file.ID)
		}
		if slices.ContainsFunc(m.Files, func(f SlackFile) bool { return f.ID == file.ID }) {
			return nil, slackRefuse("invalid_arguments", "[ERROR] the same file twice")
		}
		named := u.file
		named.Title = file.Title
		if named.Title == "" {
			named.Title = named.Name
		}
		m.Files = append(m.Files, named)
	}
	if err := s.share(c, &m); err != nil {
		return nil, err
	}
	told := make([]map[string]any, 0, len(m.Files))
	for _, file := range m.Files {
		s.uploads[file.ID].done = true
		told = append(told, map[string]any{"id": file.ID, "title": file.Title, "name": file.Name, "size": len(file.Bytes)})
	}
	return slackAnswer{"files": told}, nil
}

// share posts a message with files.
func (s *Slack) share(c slackCall, m *SlackMessage) error {
	if m.Channel == "" {
		return nil // the files stay with the bot alone
	}
	if _, person := s.users[m.Channel]; person {
		return slackRefuse("channel_not_found", m.Channel)
	}
	if _, err := s.place(m.Channel); err != nil {
		return err
	}
	thread, err := s.thread(m.Channel, c.text("thread_ts"))
	if err != nil {
		return err
	}
	if c.has("blocks") && m.Text == "" {
		if m.Blocks, err = s.draw(c.raw("blocks")); err != nil {
			return err
		}
	}
	m.Thread = thread
	s.keep(*m)
	return nil
}
