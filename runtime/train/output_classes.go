package train

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shownClasses is the greatest number of classes of which a table is printed:
// JSON and Report hold all.
const shownClasses = 30

// classTables is what the figures say class by class: a line for each class, and
// the confusion.
func classTables(list []Figure) string {
	var by []Figure
	for _, f := range list {
		if f.Classes != nil && len(f.Classes) <= shownClasses {
			by = append(by, f)
		}
	}
	var b strings.Builder
	if len(by) > 0 {
		row := []string{"class"}
		for _, f := range by {
			row = append(row, f.Name)
		}
		rows := [][]string{row}
		for k := range by[0].Classes {
			row := []string{by[0].label(k)}
			for _, f := range by {
				row = append(row, figure(f.Classes[k]))
			}
			rows = append(rows, row)
		}
		table(&b, rows)
	}
	for _, f := range list {
		if f.Counts == nil || len(f.Counts) > shownClasses {
			continue
		}
		rows := [][]string{{f.Name}}
		for k, counts := range f.Counts {
			rows[0] = append(rows[0], f.label(k))
			row := []string{f.label(k)}
			for _, n := range counts {
				row = append(row, strconv.FormatInt(n, 10))
			}
			rows = append(rows, row)
		}
		b.WriteString("rows are the classes, columns what was predicted\n")
		table(&b, rows)
	}
	return b.String()
}

// label is how class k is called.
func (f *Figure) label(k int) string {
	if k < len(f.Labels) {
		return f.Labels[k]
	}
	return strconv.Itoa(k)
}

func table(b *strings.Builder, rows [][]string) {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(b, "%-*s", width[i], cell)
			} else {
				fmt.Fprintf(b, "  %*s", width[i], cell)
			}
		}
		b.WriteByte('\n')
	}
}

// undefinedNotes says which figures are not defined, and why.
func undefinedNotes(list []Figure, where string) []string {
	var notes []string
	for _, f := range list {
		name, _, _ := strings.Cut(f.Name, "(")
		name, _, _ = strings.Cut(name, " of ")
		if len(f.Undefined) > 0 {
			why := map[string]string{"precision": "nothing was predicted to be of it", "recall": "it does not occur"}[name]
			if why == "" {
				why = "it does not occur and was not predicted"
			}
			classes := make([]string, len(f.Undefined))
			for i, k := range f.Undefined {
				classes[i] = f.label(k)
			}
			word, of := "class ", strings.Join(classes, ", ")
			if len(classes) > 1 {
				word, why = "classes ", strings.Replace(strings.Replace(why, "it does", "they do", 1), "of it", "of them", 1)
				why = strings.Replace(why, "was not", "were not", 1)
			}
			notes = append(notes, fmt.Sprintf("%s: %s of %s%s is taken to be 0: %s", where, f.Name, word, of, why))
		}
		if math.IsNaN(f.Value) {
			why := ""
			switch name {
			case "auc":
				why = ": all targets are of one class, or a score is not a number"
			case "r2":
				why = ": the targets do not vary"
			}
			notes = append(notes, fmt.Sprintf("%s: %s is not defined%s", where, f.Name, why))
		}
	}
	return notes
}
