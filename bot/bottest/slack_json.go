package bottest

import "encoding/json"

// slackJSON is a decoded JSON object.
type slackJSON map[string]any

// slackDecoded returns blocks as objects.
func slackDecoded(blocks []json.RawMessage) []slackJSON {
	all := make([]slackJSON, 0, len(blocks))
	for _, block := range blocks {
		var fields slackJSON
		if json.Unmarshal(block, &fields) == nil {
			all = append(all, fields)
		}
	}
	return all
}

// text returns a text, "" without one.
func (j slackJSON) text(name string) string {
	value, _ := j[name].(string)
	return value
}

// flag returns a truth value.
func (j slackJSON) flag(name string) bool {
	value, _ := j[name].(bool)
	return value
}

// number returns a number, 0 without one.
func (j slackJSON) number(name string) int {
	value, _ := j[name].(float64)
	return int(value)
}

// object returns an object, nil without one.
func (j slackJSON) object(name string) slackJSON {
	value, _ := j[name].(map[string]any)
	return value
}

// list returns the objects of a list.
func (j slackJSON) list(name string) []slackJSON {
	values, _ := j[name].([]any)
	objects := make([]slackJSON, 0, len(values))
	for _, value := range values {
		if fields, ok := value.(map[string]any); ok {
			objects = append(objects, fields)
		}
	}
	return objects
}

// inside returns the elements of a block, wherever it has them.
func (j slackJSON) inside() []slackJSON {
	all := j.list("elements")
	for _, name := range []string{"accessory", "element"} {
		if element := j.object(name); element != nil {
			all = append(all, element)
		}
	}
	return all
}

// plain returns the text of a text object as people read it.
func (j slackJSON) plain(name string) string {
	inner := j.object(name)
	if inner.text("type") == "mrkdwn" {
		return slackUnescape(inner.text("text"))
	}
	return inner.text("text")
}
