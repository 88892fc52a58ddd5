package bottest

import "maps"

// SlackView is an open modal.
type SlackView struct {
	ID, CallbackID       string
	Title, Submit, Close string // labels
	PrivateMetadata      string
	Fields               []SlackField
	// Errors are by block ID what the last Submit was told.
	Errors map[string]string
	// Text is all visible text, as SlackMessage.Plain.
	Text string
}

// SlackField is an input of a view.
type SlackField struct {
	BlockID, ActionID   string
	Label               string
	Hint                string // below the field
	Placeholder         string
	Initial             string // what it holds before anyone types
	Optional, Multiline bool
	// Options is empty for a field that is typed.
	Options []SlackButton
	// Least and Most are how many characters it takes; Most 0 means 3,000.
	Least, Most int
}

// View returns the user's open modal, or nil.
func (s *Slack) View(user string) *SlackView {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.views[user]
	if m == nil {
		return nil
	}
	return &SlackView{
		ID: m.id, CallbackID: m.view.text("callback_id"), Title: m.view.plain("title"),
		Submit: m.view.plain("submit"), Close: m.view.plain("close"),
		PrivateMetadata: m.view.text("private_metadata"), Fields: m.fields(),
		Errors: maps.Clone(m.errors), Text: slackPlainBlocks(m.blocks),
	}
}

// fields returns the inputs of a view.
func (m *slackModal) fields() []SlackField {
	var fields []SlackField
	for _, block := range slackDecoded(m.blocks) {
		if block.text("type") != "input" {
			continue
		}
		element := block.object("element")
		field := SlackField{
			BlockID: block.text("block_id"), ActionID: element.text("action_id"), Label: block.plain("label"),
			Hint: block.plain("hint"), Placeholder: element.plain("placeholder"),
			Initial:  element.text("initial_value") + element.object("initial_option").text("value"),
			Optional: block.flag("optional"), Multiline: element.flag("multiline"),
			Least: element.number("min_length"), Most: element.number("max_length"),
		}
		for _, option := range slackOptions(element) {
			field.Options = append(field.Options, slackPress{block, element, option}.button())
		}
		fields = append(fields, field)
	}
	return fields
}
