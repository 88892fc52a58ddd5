package bottest

import "maps"

// slackMany is for what has no limit of its own.
const slackMany = 1 << 20

// slackRichText demands what a rich_text block holds.
// Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
func slackRichText() slackRule {
	return slackList(1, slackMany, slackTyped(slackRichShape,
		"rich_text_section", "rich_text_preformatted", "rich_text_quote", "rich_text_list"))
}

// slackRichShape is what the parts of rich text hold.
func slackRichShape(kind string) slackShape {
	inline := []string{"text", "emoji", "link", "user", "channel", "usergroup", "broadcast"}
	shape := slackShape{required: []string{"elements"}, rules: map[string]slackRule{}}
	switch kind {
	case "rich_text_preformatted":
		inline = []string{"text", "link"}
		shape.rules["border"] = slackWhole(0, 1)
		shape.rules["language"] = slackString(1, slackIDSize)
	case "rich_text_quote":
		shape.rules["border"] = slackWhole(0, 1)
	case "rich_text_list":
		shape.required = append(shape.required, "style")
		shape.rules = map[string]slackRule{
			"style": slackOneOf("bullet", "ordered"), "indent": slackWhole(0, 8),
			"offset": slackWhole(0, slackMany), "border": slackWhole(0, 1),
			"elements": slackList(1, slackMany, slackTyped(slackRichShape, "rich_text_section")),
		}
		return shape
	}
	shape.rules["elements"] = slackList(1, slackMany, slackTyped(slackInlineShape, inline...))
	return shape
}

// slackInlineShape is what stands in a line of rich text.
func slackInlineShape(kind string) slackShape {
	switch kind {
	case "text":
		return slackInline("text", slackVisible(slackMany), nil)
	case "emoji":
		return slackInline("name", slackString(1, slackIDSize), map[string]slackRule{
			"unicode": slackString(1, slackIDSize), "skin_tone": slackWhole(1, 6),
		})
	case "link":
		return slackInline("url", slackString(1, slackImageURL), map[string]slackRule{
			"text": slackVisible(slackMany), "unsafe": slackBool,
		})
	case "user":
		return slackInline("user_id", slackString(1, slackIDSize), nil)
	case "channel":
		return slackInline("channel_id", slackString(1, slackIDSize), nil)
	case "usergroup":
		return slackInline("usergroup_id", slackString(1, slackIDSize), nil)
	default:
		return slackInline("range", slackOneOf("here", "channel", "everyone"), nil)
	}
}

// slackInline is a shape with one field that must be there, and a style.
func slackInline(name string, rule slackRule, more map[string]slackRule) slackShape {
	rules := map[string]slackRule{name: rule, "style": slackObject(slackShape{rules: map[string]slackRule{
		"bold": slackBool, "italic": slackBool, "strike": slackBool, "code": slackBool, "underline": slackBool,
		"highlight": slackBool, "client_highlight": slackBool, "unlink": slackBool,
	}})}
	maps.Copy(rules, more)
	return slackShape{required: []string{name}, rules: rules}
}
