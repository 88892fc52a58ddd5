package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
)

// What blocks may hold, in items and characters.
// Source: https://docs.slack.dev/reference/block-kit/blocks.
const (
	slackMessageBlocks = 50
	slackModalBlocks   = 100
	slackSection       = 3_000
	slackFields        = 10
	slackField         = 2_000
	slackHeader        = 150
	slackActions       = 25
	slackContext       = 10
	slackLabel         = 2_000
	slackImageURL      = 3_000
)

var slackBlockKinds = []string{
	"section", "header", "context", "actions", "divider", "image", "input", "rich_text",
}

// slackBlock demands a block.
func slackBlock(c *slackCheck, at string, value any) {
	slackTyped(slackBlockShape, slackBlockKinds...)(c, at, value)
	block, _ := value.(map[string]any)
	switch slackJSON(block).text("type") {
	case "section":
		if block["text"] == nil && block["fields"] == nil {
			c.problem(at, "missing required field: text")
		}
	case "input":
		c.inputs = true
	}
}

// slackBlockShape is what the blocks of a kind hold.
func slackBlockShape(kind string) slackShape {
	both := []string{"mrkdwn", "plain_text"}
	shape := slackShape{rules: map[string]slackRule{}}
	switch kind {
	case "section":
		shape.rules = map[string]slackRule{
			"text":      slackTextObject(slackSection, both...),
			"fields":    slackList(1, slackFields, slackTextObject(slackField, both...)),
			"accessory": slackElement("button", "static_select", "image"),
			"expand":    slackBool,
		}
	case "header":
		shape.required = []string{"text"}
		shape.rules["text"], shape.rules["level"] = slackPlain(slackHeader), slackWhole(1, 4)
	case "context":
		shape.required = []string{"elements"}
		shape.rules["elements"] = slackList(1, slackContext, slackContextElement)
	case "actions":
		shape.required = []string{"elements"}
		shape.rules["elements"] = slackList(1, slackActions, slackElement("button", "static_select"))
	case "image":
		shape = slackImageShape()
		shape.rules["title"] = slackPlain(slackLabel)
	case "input":
		shape.required = []string{"label", "element"}
		shape.rules = map[string]slackRule{
			"label": slackPlain(slackLabel), "hint": slackPlain(slackLabel),
			"element":  slackElement("plain_text_input", "static_select"),
			"optional": slackBool, "dispatch_action": slackBool,
		}
	case "rich_text":
		shape.required = []string{"elements"}
		shape.rules["elements"] = slackRichText()
	}
	shape.rules["block_id"] = slackBlockID
	return shape
}

// draw checks blocks as Slack would and returns them with the IDs that Slack
// gives to blocks and elements that came without.
func (s *Slack) draw(sent json.RawMessage) ([]json.RawMessage, error) {
	var values []any
	if json.Unmarshal(sent, &values) != nil {
		return nil, slackRefuse("invalid_blocks_format")
	}
	check := newSlackCheck()
	slackList(0, slackMessageBlocks, slackBlock)(check, "/blocks", values)
	switch {
	case len(check.problems) > 0:
		return nil, slackRefuse("invalid_blocks", check.problems...)
	case check.characters > slackAllBlocks:
		return nil, slackRefuse("msg_blocks_too_long", fmt.Sprint(check.characters))
	}
	var blocks []json.RawMessage
	if err := json.Unmarshal(sent, &blocks); err != nil {
		return nil, slackRefuse("invalid_blocks_format")
	}
	return s.identified(blocks), nil
}

// identified gives IDs to blocks, and to elements in them, that have none.
func (s *Slack) identified(blocks []json.RawMessage) []json.RawMessage {
	blocks = slices.Clone(blocks)
	for i, block := range slackDecoded(blocks) {
		changed := block.text("block_id") == ""
		if changed {
			block["block_id"] = s.id("b")
		}
		for _, element := range block.inside() {
			acts := slices.Contains([]string{"button", "static_select", "plain_text_input"}, element.text("type"))
			if acts && element.text("action_id") == "" {
				element["action_id"] = s.id("a")
				changed = true
			}
		}
		if body, err := json.Marshal(block); err == nil && changed {
			blocks[i] = body
		}
	}
	return blocks
}
