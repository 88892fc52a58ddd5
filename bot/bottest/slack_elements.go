package bottest

// What elements may hold, in items and characters.
// Source: https://docs.slack.dev/reference/block-kit/block-elements and
// https://docs.slack.dev/reference/block-kit/composition-objects.
const (
	slackButtonText  = 75
	slackButtonValue = 2_000
	slackButtonURL   = 3_000
	slackChoices     = 100
	slackChoice      = 75
	slackChoiceValue = 150
	slackPlaceholder = 150
	slackTyping      = 3_000 // of a plain_text_input
	slackAltText     = 2_000
)

// slackElement demands an element of one of some kinds.
func slackElement(kinds ...string) slackRule {
	return func(c *slackCheck, at string, value any) {
		slackTyped(slackElementShape, kinds...)(c, at, value)
		element, _ := value.(map[string]any)
		if slackJSON(element).text("type") == "static_select" {
			slackSelect(c, at, element)
		}
	}
}

// slackElementShape is what the elements of a kind hold.
func slackElementShape(kind string) slackShape {
	shape := slackShape{rules: map[string]slackRule{}}
	switch kind {
	case "button":
		shape.required = []string{"text"}
		shape.rules = map[string]slackRule{
			"text": slackPlain(slackButtonText), "value": slackString(0, slackButtonValue),
			"url": slackString(1, slackButtonURL), "style": slackOneOf("primary", "danger"),
			"accessibility_label": slackString(1, slackButtonText), "confirm": slackConfirm(),
		}
	case "static_select":
		shape.rules = map[string]slackRule{
			"placeholder": slackPlain(slackPlaceholder), "initial_option": slackOption(),
			"options":       slackList(1, slackChoices, slackOption()),
			"option_groups": slackList(1, slackChoices, slackGroup()),
			"confirm":       slackConfirm(), "focus_on_load": slackBool,
		}
	case "plain_text_input":
		shape.rules = map[string]slackRule{
			"placeholder": slackPlain(slackPlaceholder), "initial_value": slackString(0, slackTyping),
			"multiline": slackBool, "focus_on_load": slackBool,
			"min_length": slackWhole(0, slackTyping), "max_length": slackWhole(1, slackTyping),
		}
	case "image":
		return slackImageShape()
	}
	shape.rules["action_id"] = slackActionID
	return shape
}

// slackSelect demands of a select what is between its fields.
func slackSelect(c *slackCheck, at string, element slackJSON) {
	if (element["options"] == nil) == (element["option_groups"] == nil) {
		c.problem(at, "must have one of options and option_groups")
	}
	initial := element.object("initial_option")
	if initial == nil {
		return
	}
	for _, option := range slackOptions(element) {
		if option.text("value") == initial.text("value") && option.plain("text") == initial.plain("text") {
			return
		}
	}
	c.problem(at+"/initial_option", "must be one of the options")
}

func slackOption() slackRule {
	return slackObject(slackShape{
		required: []string{"text", "value"},
		rules: map[string]slackRule{
			"text": slackPlain(slackChoice), "value": slackString(1, slackChoiceValue),
			"description": slackPlain(slackChoice),
		},
	})
}

func slackGroup() slackRule {
	return slackObject(slackShape{
		required: []string{"label", "options"},
		rules: map[string]slackRule{
			"label": slackPlain(slackChoice), "options": slackList(1, slackChoices, slackOption()),
		},
	})
}

// slackConfirm demands a question that is asked before a click counts.
func slackConfirm() slackRule {
	return slackObject(slackShape{
		required: []string{"title", "text", "confirm", "deny"},
		rules: map[string]slackRule{
			"title": slackPlain(100), "text": slackTextObject(300, "plain_text", "mrkdwn"),
			"confirm": slackPlain(30), "deny": slackPlain(30), "style": slackOneOf("primary", "danger"),
		},
	})
}

// slackImageShape is what an image holds, as a block and as an element.
func slackImageShape() slackShape {
	return slackShape{
		required: []string{"image_url", "alt_text"},
		rules: map[string]slackRule{
			"image_url": slackString(1, slackImageURL), "alt_text": slackString(1, slackAltText),
		},
	}
}

// slackContextElement demands a text object or an image.
func slackContextElement(c *slackCheck, at string, value any) {
	element, _ := value.(map[string]any)
	if slackJSON(element).text("type") == "image" {
		slackElement("image")(c, at, value)
		return
	}
	slackTextObject(slackField, "mrkdwn", "plain_text")(c, at, value)
}
