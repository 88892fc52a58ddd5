package commands_test

import "testing"

func TestScheduleSaysWhoGetsIt(t *testing.T) {
	t.Parallel()
	const nochat = "I cannot tell which channel sales is."
	for _, tc := range []struct{ line, want string }{
		{"schedule who wed 9 in #sales", "who, every Wed at 09:00, in #sales"},
		{"schedule who wed 9 to #sales", "who, every Wed at 09:00, in #sales"},
		{"schedule who wed 9 #sales", "who, every Wed at 09:00, in #sales"},
		{"schedule who in #sales every wed at 9", "who, every Wed at 09:00, in #sales"},
		{"schedule who in #sales wed 9 Europe/Prague", "who, every Wed at 09:00, in #sales"},
		{"schedule forecast for ivanov wed 9", "forecast, every Wed at 09:00, to @ivanov"},
		{"schedule forecast wed 9 for ivanov", "forecast, every Wed at 09:00, to @ivanov"},
		{"schedule next for each rep wed 9", "next, every Wed at 09:00, to each rep"},
		{"schedule next wed 9 every rep", "next, every Wed at 09:00, to each rep"},
		{"schedule deal #1 wed 9", "deal #1, every Wed at 09:00, to @novak"},
		{"schedule what is 11 to 13 wed 9", "deals advancing, every Wed at 09:00, to @novak"},
		{"schedule who is 14 and 15 wed 9 #sales", "who, every Wed at 09:00, in #sales"},
		{"schedule who wed 9 in sales", nochat},
		{"schedule who wed 9 and fri 16", `only "fri 16" is read as when`},
		{"schedule who wednsday 9", "[schedule who wednesday 9]"},
		{"schedule won acme wed 9", "cannot be scheduled"},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.novak, "deal add Acme 12000 EUR @ivanov")
			holds(t, tc.line, f.types(f.novak, tc.line), tc.want)
		})
	}
}

func TestScheduleStopByItsLine(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "schedule who mon 9", "schedule forecast mon 9", "schedule forecast tue 9")
	for _, tc := range []struct{ line, want string }{
		{"schedule stop Who", "Stopped: who, every Mon at 09:00, to @novak"},
		{"schedule stop forecast", `More than one schedule sends "forecast".`},
		{"schedule stop coach", `No schedule of yours sends "coach". Try: schedules`},
		{"schedule stop 99", "There is no schedule 99 of yours."},
	} {
		holds(t, tc.line, f.types(f.novak, tc.line), tc.want)
	}
	holds(t, "another's", f.types(f.ivanov, "schedule stop forecast"), `No schedule of yours sends "forecast".`)
}
