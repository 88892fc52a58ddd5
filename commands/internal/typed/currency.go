package typed

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fifteen/commands/internal/names"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// Digits returns how many decimals the minor unit of a currency has by ISO 4217:
// 2 for EUR, 0 for JPY, 3 for KWD. ok is false when code, in capitals, is no
// currency that is money somewhere today: XXX, XTS, gold and the Deutsche Mark
// are not.
func Digits(code string) (digits int, ok bool) {
	if !current[code] {
		return 0, false
	}
	if digits, ok := exponents[code]; ok {
		return digits, true
	}
	return 2, true
}

// exponents are the currencies without exactly two decimals (ISO 4217, list
// one). x/text has its own figures, which are those of everyday prices: no
// decimals for RSD, IQD and twenty more.
var exponents = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// current holds the codes that are legal tender in some region. The tables of
// x/text end in 2017; the two lists are what ISO 4217 has changed since.
var current = func() map[string]bool {
	codes := map[string]bool{}
	for tender := currency.Query(); tender.Next(); {
		codes[tender.Unit().String()] = true
	}
	for code := range strings.FieldsSeq("MRU SLE VED VES XCG ZWG") {
		codes[code] = true
	}
	for code := range strings.FieldsSeq("ANG BGN CUC HRK MRO SLL VEF") {
		delete(codes, code)
	}
	return codes
}()

// LocalCurrency returns the currency of the region that a language tag names, such
// as CZK for cs-CZ. ok is false for a tag without a region, which is spoken in many,
// and for a region whose currency is not known.
func LocalCurrency(tag string) (code string, ok bool) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	region, sure := parsed.Region()
	unit, ok := currency.FromRegion(region)
	if sure != language.Exact || !ok || !current[unit.String()] {
		return "", false
	}
	return unit.String(), true
}

// currencyWords are symbols and words for currencies, folded and without full
// stops. Where several currencies share one, it means the workspace's own if
// that is among them, and otherwise the first.
var currencyWords = func() map[string][]string {
	byWord := map[string][]string{}
	for codes, words := range map[string]string{
		"EUR":     "€ euro euros евро",
		"CZK":     "Kč koruna koruny korun",
		"PLN":     "zł złoty złote złotych",
		"RUB BYN": "р руб рубль рубля рублей",
		"RUB":     "₽",
		"TRY":     "₺ TL lira",
		"JPY CNY": "¥ yen",
		"GBP EGP": "£ pound pounds",
		"UAH":     "₴ грн",
		"KZT":     "₸ тенге",
		"GEL":     "₾",
		"INR":     "₹",
		"ILS":     "₪",
		"KRW":     "₩",
		"AZN":     "₼",
		dollars:   "$ dollar dollars доллар доллара долларов",
		"USD":     "US$",
		"CAD":     "C$ CA$",
		"AUD":     "A$ AU$",
	} {
		for word := range strings.FieldsSeq(words) {
			byWord[names.Fold(word)] = strings.Fields(codes)
		}
	}
	return byWord
}()

// dollars are the currencies that write $ at home.
const dollars = "USD AUD ARS BBD BMD BND BSD BZD CAD CLP COP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD XCD"

// currenciesOf returns the ISO codes that a word can stand for, the usual one
// first; none when it is no currency. The word is folded and has no full stops.
func currenciesOf(word string) []string {
	if codes := currencyWords[word]; len(codes) > 0 {
		return codes
	}
	if code := strings.ToUpper(word); current[code] {
		return []string{code}
	}
	return nil
}

// preferred returns home if it is among codes, and otherwise the first.
func preferred(codes []string, home string) string {
	if slices.Contains(codes, home) {
		return home
	}
	return codes[0]
}

// isCurrencySymbol reports whether text is a symbol such as € or US$, written as
// it stands before a number.
func isCurrencySymbol(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return isSymbol(last) && len(currencyWords[names.Fold(text)]) > 0
}
