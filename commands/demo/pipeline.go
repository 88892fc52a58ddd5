package demo

import (
	"time"

	"fifteen/scoring"
)

// A prospect is an open deal that is scored. Days are days ago, those of what
// is to come days ahead.
type prospect struct {
	owner   person
	name    string
	country string
	// industry is "" where nobody has said it.
	industry industry
	amount   int // in whole units; 0 when nobody has named it
	currency string
	// answers has a letter for each criterion in the method's order: yes, unsure,
	// no, skipped, or a dot where nobody has asked, as in "yyy/yus/..."; or it is
	// three direct scores, as in "4 4 5".
	answers string
	// presented is 0 when there was no presentation yet.
	contacted, presented, asked int
	next                        string
	nextIn, closeIn             int // closeIn 0: no expected close
}

// prospects are the 40 open deals that are scored, by their totals. Whoever has
// stood at a step for longer than 30 days has a stale score too.
var prospects = [...]prospect{
	// 15
	{sidorov, "Borealis", "en", wood, 18000, "EUR", "yyy/yyy/yyy", 30, 16, 9, "contract with their lawyer", 4, 5},
	{petra, "Młyn Dębowiec", "pl", food, 4400, "EUR", "yyy/yyy/yyy", 22, 11, 4, "{boss} signs at their office", 2, 2},
	{ivanov, "Волжский картон", "ru", paper, 6500, "EUR", "5 5 5", 19, 8, 3, "signed copy comes by courier", 1, 3},
	// 14
	{sidorov, "Delta Works", "en", metal, 11500, "EUR", "yyy/yyy/yyu", 36, 24, 17, "", 0, -2},
	{petra, "Kovárna Skřípov", "cs", metal, 8200, "EUR", "yyy/uyy/yuy", 24, 12, 8, "draft to {who} and to the accountant", 5, 10},
	{ivanov, "Brückenauer Spedition", "de", "", 5900, "EUR", "yyy/yyu/yyy", 21, 13, 6, "ask {boss} who else signs", 3, 8},
	{sidorov, "Tiskárna Rozmarýn", "cs", paper, 189000, "CZK", "yyy/yyy/uyy", 18, 10, 5, "second test of the samples", 6, 9},
	{sidorov, "Karakuş Gıda", "tr", food, 9600, "EUR", "5 5 4", 29, 20, 10, "purchase order from {who}", -1, 4},
	// 13
	{ivanov, "Zakłady Sosnowy Bór", "pl", wood, 21000, "EUR", "yyy/yyn/yyy", 33, 15, 12, "meet the second owner", 6, 30},
	{petra, "Hedgerow Foods", "en", food, 16500, "EUR", "yyy/yyy/yyu", 35, 24, 20, "who signs instead of {boss}?", 3, 35},
	{petra, "Seifert Werkstattmöbel", "de", wood, 8800, "EUR", "yyu/yyy/uyy", 44, 12, 7, "samples into the wet store", 8, 28},
	{sidorov, "Gökova Seramik", "tr", glass, 28000, "EUR", "yyy/yyy/yyy", 38, 26, 15, "earlier slot from the factory", 2, 40},
	{sidorov, "Пекарня Тёплый хлеб", "ru", food, 5200, "EUR", "yyy/uyy/yyu", 25, 11, 9, "see the budget line", 7, 33},
	// 12
	{ivanov, "Moravské sýry Hejtman", "cs", food, 450000, "CZK", "yyy/yuu/yyu", 24, 14, 11, "visit with the film expert", 9, 45},
	{petra, "Tokat Un Değirmeni", "tr", food, 9900, "EUR", "yyn/yyy/yyu", 20, 9, 6, "list of sizes from {who}", 4, 38},
	{sidorov, "Wrona i Córki", "pl", textiles, 13800, "EUR", "yyu/yyu/yuy", 60, 41, 36, "", 0, 0},
	{sidorov, "Northfleet Candles", "en", household, 24000, "EUR", "4 4 4", 27, 17, 13, "reference visit", 12, 50},
	// 11
	{ivanov, "Ladoga Pak", "ru", paper, 7200, "EUR", "yyu/yuu/yyu", 23, 13, 9, "meeting with {boss}", 5, 42},
	{petra, "Żuraw Meble", "pl", wood, 6100, "EUR", "yyy/yun/yyu", 26, 16, 10, "new price with half the film", 3, 36},
	{sidorov, "Zwickmühl Eisenwaren", "de", metal, 31000, "EUR", "yyu/yys/yyu", 20, 12, 8, "ask how they decide", 6, 60},
	{sidorov, "Чайный дом Сосна", "ru", food, 4300, "EUR", "4 3 4", 19, 9, 7, "trial run on the small line", 11, 0},
	// 10
	{sidorov, "Pelhamstow Brewing", "en", food, 40000, "EUR", "yyu/yu./yyu", 25, 14, 12, "demonstration in their hall", 13, 75},
	{petra, "Sklárna Modřín", "cs", glass, 5600, "EUR", "yyy/uu./yyu", 14, 0, 9, "find out who pays", 2, 0},
	// 9
	{ivanov, "Löffler Spielwaren Erzberg", "de", toys, 11200, "EUR", "yyu/yu./yuu", 17, 0, 10, "presentation for the foremen", 3, 0},
	{sidorov, "Szklarnia Wiśniowa", "pl", toys, 8400, "EUR", "yyu/uuu/uuy", 22, 13, 11, "", 0, 0},
	// 8
	{ivanov, "Bursa Havlu Evi", "tr", textiles, 6700, "EUR", "yyy/u../yuu", 12, 0, 8, "{who} and {boss} at one table", 5, 0},
	{petra, "Whitlow & Daughters", "en", "", 0, "", "yyu/yu./yun", 20, 0, 14, "measure the door", 1, 0},
	// 7
	{ivanov, "Nordhang Kaffee", "de", food, 3400, "EUR", "yuu/yu./yu.", 16, 0, 9, "presentation", 4, 0},
	{sidorov, "Pivovar Kozlík", "cs", food, 4900, "EUR", "3 2 2", 11, 0, 5, "presentation", 2, 0},
	// 6
	{ivanov, "Fabryka Pierników Goździk", "pl", food, 5300, "EUR", "yyy/u../uu.", 13, 0, 6, "send the samples", -2, 0},
	{petra, "Zeytinli Kaya", "tr", food, 7700, "EUR", "yuu/uuu/uu.", 52, 0, 40, "", 0, 0},
	// 5
	{ivanov, "Вологодский лён", "ru", textiles, 6900, "EUR", "yyu/u../uu.", 64, 0, 45, "call {who} again", -20, 0},
	{sidorov, "Thistledown Paper", "en", paper, 10400, "USD", "yyy/n../...", 15, 0, 7, "who can buy at all?", 3, 0},
	// 4
	{ivanov, "Pila Suchý Důl", "cs", wood, 3900, "EUR", "yu./yu./n..", 10, 0, 4, "send the drawing", 1, 0},
	{petra, "Hüttenfluss Textil", "de", textiles, 4600, "EUR", "yyu/.../n..", 12, 0, 7, "call {who} again", 6, 0},
	// 3
	{ivanov, "Mierzeja Ryby", "pl", food, 3000, "EUR", "yu./u.u/...", 9, 0, 3, "call {who} again", 2, 0},
	// 2
	{sidorov, "Akçay Kuruyemiş", "tr", food, 3800, "EUR", "1 1 0", 8, 0, 2, "presentation", 6, 0},
	// 1
	{ivanov, "Larkspur Soap", "en", household, 3200, "EUR", "uun/u../...", 8, 0, 2, "", 0, 0},
	// 0
	{ivanov, "Сибирский мёд", "ru", food, 4100, "EUR", "nnu/nn./n..", 14, 0, 6, "", 0, 0},
	{petra, "Kleinholz Werkstätten", "de", wood, 5800, "EUR", "u../s../s..", 6, 0, 1, "ask the rest on the phone", 1, 0},
}

// pipeline tells the open deals that are scored.
func (b *book) pipeline() {
	for _, p := range prospects {
		b.prospect(p)
	}
}

func (b *book) prospect(p prospect) {
	s := b.tell(p.owner, b.words.firm(p.name, p.country, p.industry))
	s.exact = true
	amount := scoring.Money{Minor: int64(p.amount) * 100, Currency: p.currency}
	moments := []moment{
		when(p.contacted+b.between(2, 7), s.begin(amount)...),
		when(p.contacted, step(scoring.Contact)),
	}
	if p.presented > 0 {
		moments = append(moments, when(p.presented, s.presented()...))
	}
	moments = append(moments, s.interviews(p)...)
	settled := p.asked
	if twist, ok := twists[p.name]; ok {
		more := twist(s.firm)
		moments = append(moments, more...)
		settled = min(settled, more[len(more)-1].days)
	}
	if last := s.outlook(p); len(last) > 0 {
		moments = append(moments, when(settled, last...))
	}
	s.chronicle(moments)
	if r, ok := reminded[p.name]; ok {
		s.last = s.earlier(s.last.Add(time.Minute))
		s.lines = append(s.lines, line{at: s.last, by: s.owner, act: remind(r.what, s.ahead(r.in), r.clock), story: s.number})
	}
}

// interviews are the sittings in which the deal was scored. Whoever was to see
// a presentation was asked about the pain some days before the rest.
func (s *story) interviews(p prospect) []moment {
	early := p.asked + 4
	if p.presented == 0 || p.contacted < early || isDirect(p.answers) {
		return []moment{when(p.asked, s.score(p.answers)...)}
	}
	return []moment{
		when(early, s.interview(p.answers, scoring.Pain)...),
		when(p.asked, s.interview(p.answers, scoring.Power, scoring.Fit)...),
	}
}

// outlook is what the rep wrote down after the last talk.
func (s *story) outlook(p prospect) []act {
	var acts []act
	if p.next != "" {
		acts = append(acts, nextStep(s.firm.fill(p.next), s.ahead(p.nextIn)))
	}
	if p.closeIn != 0 {
		acts = append(acts, expect(s.ahead(p.closeIn)))
	}
	if s.chance(50) {
		acts = append(acts, note(s.firm.fill(s.words.draw("notes"))))
	}
	return acts
}

// reminded are what the reps want to be reminded of: in so many days, and when.
var reminded = map[string]struct {
	in          int
	clock, what string
}{
	"Delta Works":           {1, "08:30", "ring the signatory's office before the board meets"},
	"Hedgerow Foods":        {3, "14:00", "ask who has taken over the purchasing"},
	"Gökova Seramik":        {56, "09:00", "the factory's eight weeks are over: is there an earlier slot"},
	"Brückenauer Spedition": {5, "10:00", "the owner is back from the trade fair"},
}

// twists are what else happened to prospects, oldest first.
var twists = map[string]func(f firm) []moment{
	"Delta Works": func(f firm) []moment { // asked again while it is overdue
		return []moment{when(6,
			answer(scoring.Necessary, scoring.Yes, f.fill(`{who}: "we still want it, only the signature is missing"`)),
			answer(scoring.Means, scoring.Yes, "The order form has its number already"),
		)}
	},
	"Kovárna Skřípov": func(f firm) []moment { // closing since yesterday
		return []moment{when(1, answer(scoring.Means, scoring.Yes, f.fill("{boss} called: the money is released")))}
	},
	"Hedgerow Foods": func(f firm) []moment { // slipped from 14 to 13
		return []moment{when(5, answer(scoring.Credible, scoring.Unsure, f.fill("{boss} has left, nobody knows who signs now")))}
	},
	"Gökova Seramik": func(firm) []moment { // slipped from 15 to 13
		return []moment{when(4, answer(scoring.Timely, scoring.No, "The factory needs eight weeks now, they have five"))}
	},
	"Seifert Werkstattmöbel": func(f firm) []moment { // said no after the contact, and came back
		return []moment{
			when(33, lose(scoring.NoBudget, `"erst im neuen Quartal wieder"`)),
			when(19, reopen(), note(f.fill("{who} called back, there is money after all"))),
		}
	},
	"Żuraw Meble": func(firm) []moment { // said no after the presentation, and came back
		return []moment{
			when(13, lose(scoring.PriceTooHigh, `"za drogo o dziesięć procent"`)),
			when(11, reopen()),
		}
	},
}
