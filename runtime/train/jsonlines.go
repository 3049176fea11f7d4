package train

import (
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// jsonLine renders a report as one JSON object whose keys stand in a fixed
// order. What is not a number is null.
func jsonLine(event string, r *Report) string {
	b := []byte(`{"event":"` + event + `","epoch":`)
	b = strconv.AppendInt(b, int64(r.Epoch), 10)
	b = append(b, `,"step":`...)
	b = strconv.AppendInt(b, r.Step, 10)
	b = appendFigures(b, r.Loss, r.Metrics, r.Validation)
	if event == "done" {
		if r.Test != nil {
			b = appendValidation(append(b, `,"test":`...), r.Test)
		}
		b = append(b, `,"seconds":`...)
		b = appendReal(b, r.Seconds)
		b = append(b, `,"examples_per_second":`...)
		b = appendReal(b, r.ExamplesPerSecond)
		if r.Stopped != "" {
			b = strconv.AppendQuote(append(b, `,"stopped":`...), r.Stopped)
		}
		if r.Kept > 0 {
			b = strconv.AppendInt(append(b, `,"kept":`...), int64(r.Kept), 10)
		}
		if len(r.Notes) > 0 {
			b = appendList(append(b, `,"notes":`...), r.Notes, appendText)
		}
		b = appendSkipped(b, r.Skipped)
		if r.Interrupted {
			b = append(b, `,"interrupted":true`...)
		}
	}
	return string(append(b, '}'))
}

// appendSkipped writes how many rows were left out and why, where that was asked
// for.
func appendSkipped(b []byte, s *data.Skipped) []byte {
	if s == nil {
		return b
	}
	b = strconv.AppendInt(append(b, `,"skipped":{"rows":`...), int64(s.Rows), 10)
	b = appendList(append(b, `,"reasons":`...), s.Reasons, func(b []byte, r data.Reason) []byte {
		b = append(b, '{')
		if r.Column > 0 {
			b = append(strconv.AppendInt(append(b, `"column":`...), int64(r.Column), 10), ',')
		}
		if r.Object != "" {
			b = append(strconv.AppendQuote(append(b, `"object":`...), r.Object), ',')
		}
		b = appendText(append(b, `"reason":`...), r.Text)
		return append(strconv.AppendInt(append(b, `,"rows":`...), int64(r.Rows), 10), '}')
	})
	return append(b, '}')
}

// appendText writes a JSON string of what may hold any bytes, such as names that
// the data gives.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// appendFigures writes what is known of a state: the loss of a training, its
// metrics and what is held out.
func appendFigures(b []byte, loss float64, metrics []Figure, v *Validation) []byte {
	b = appendReal(append(b, `,"loss":`...), loss)
	if metrics != nil {
		b = append(b, `,"metrics":{`...)
		for i, f := range metrics {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendFigure(b, f)
		}
		b = append(b, '}')
	}
	if v != nil {
		b = appendValidation(append(b, `,"validation":`...), v)
	}
	return b
}

func appendValidation(b []byte, v *Validation) []byte {
	b = appendReal(append(b, `{"loss":`...), v.Loss)
	for _, f := range v.Metrics {
		b = appendFigure(append(b, ','), f)
	}
	return append(b, '}')
}

// appendFigure writes "name":value, where a value is a number, of a figure
// class by class a list of them, of a confusion a list of its rows.
func appendFigure(b []byte, f Figure) []byte {
	b = append(strconv.AppendQuote(b, f.Name), ':')
	switch {
	case f.Classes != nil:
		return appendList(b, f.Classes, appendReal)
	case f.Counts != nil:
		return appendCounts(b, f.Counts)
	}
	return appendReal(b, f.Value)
}

func appendCounts(b []byte, counts [][]int64) []byte {
	return appendList(b, counts, func(b []byte, row []int64) []byte {
		return appendList(b, row, func(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) })
	})
}

func appendList[T any](b []byte, list []T, one func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, v)
	}
	return append(b, ']')
}

func appendReal(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}
