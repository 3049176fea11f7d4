package laws

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
)

// MarshalJSON writes null for what is not finite, which JSON has no word for.
func (g Gap) MarshalJSON() ([]byte, error) {
	if v := float64(g); math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, "%g", float64(g)), nil
}

func (g Gap) String() string { return fmt.Sprintf("%.2g", float64(g)) }

// String says how many spoilt lines were refuted, nothing where none was tried.
func (t *Tally) String() string {
	if t == nil || t.Mutants == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d spoilt lines refuted", t.Killed, t.Mutants)
}

// WriteTable writes the certificate for people.
func (c *Certificate) WriteTable(w io.Writer) error {
	var table strings.Builder
	t := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "law\tof\tline\tcases\tworst\twithin\t\t\n")
	held, failed, skipped := 0, 0, 0
	for i := range c.Checks {
		k := &c.Checks[i]
		name, of := k.Law, k.Arrow
		if of == "" {
			name, of = "law", k.Law
		}
		switch {
		case k.Skipped != "":
			skipped++
			fmt.Fprintf(t, "%s\t%s\t%s\t\t\t\tnot run: %s\n", name, of, k.Line, k.Skipped)
		case k.Holds && k.Cases == 0: // a test of compiled code, which tells its own numbers
			held++
			fmt.Fprintf(t, "%s\t%s\t%s\t\t\t\tholds\n", name, of, k.Line)
		case k.Holds:
			held++
			fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\t%s\tholds\t%s\n", name, of, k.Line, k.Cases, k.Worst, k.Within, k.Mutants)
		default:
			failed++
			fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\t%s\tFAILS\n", name, of, k.Line, k.Cases, k.Worst, k.Within)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	var b strings.Builder
	for line := range strings.Lines(table.String()) {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	for i := range c.Checks {
		if k := &c.Checks[i]; !k.Holds && k.Skipped == "" {
			fmt.Fprintf(&b, "\n%s %s fails (%s)\n%s\n", k.Law, k.Arrow, k.Line, indent(k.Fault))
		}
	}
	fmt.Fprintf(&b, "\n%d hold, %d fail, %d not run; seed %d\n", held, failed, skipped, c.Seed)
	if c.Mutants != nil {
		c.Mutants.write(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *Score) write(b *strings.Builder) {
	fmt.Fprintf(b, "%d of %d spoilt reverse lines refuted", s.Killed, s.Mutants)
	var kinds []string
	for k := range s.Kinds {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for i, k := range kinds {
		sep := ", "
		if i == 0 {
			sep = " ("
		}
		fmt.Fprintf(b, "%s%s %d", sep, k, s.Kinds[k])
	}
	if len(kinds) > 0 {
		b.WriteString(")")
	}
	b.WriteString("\n")
	for _, m := range s.Survivors {
		fmt.Fprintf(b, "  survives: %s of %s: %s\n", m.Kind, m.Prim, m.Text)
	}
}

func indent(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }
