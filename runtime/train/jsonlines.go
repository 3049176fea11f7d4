package train

import (
	"math"
	"strconv"
)

// jsonLine renders a report as one JSON object whose keys stand in a fixed
// order. What is not a number is null.
func jsonLine(event string, r *Report) string {
	b := []byte(`{"event":"` + event + `","epoch":`)
	b = strconv.AppendInt(b, int64(r.Epoch), 10)
	b = append(b, `,"step":`...)
	b = strconv.AppendInt(b, r.Step, 10)
	b = append(b, `,"loss":`...)
	b = appendReal(b, r.Loss)
	if r.Metrics != nil {
		b = append(b, `,"metrics":{`...)
		for i, f := range r.Metrics {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendFigure(b, f)
		}
		b = append(b, '}')
	}
	if v := r.Validation; v != nil {
		b = append(b, `,"validation":{"loss":`...)
		b = appendReal(b, v.Loss)
		for _, f := range v.Metrics {
			b = appendFigure(append(b, ','), f)
		}
		b = append(b, '}')
	}
	if event == "done" {
		b = append(b, `,"seconds":`...)
		b = appendReal(b, r.Seconds)
		b = append(b, `,"examples_per_second":`...)
		b = appendReal(b, r.ExamplesPerSecond)
		if r.Interrupted {
			b = append(b, `,"interrupted":true`...)
		}
	}
	return string(append(b, '}'))
}

// appendFigure writes "name":value. Names are words of the spec.
func appendFigure(b []byte, f Figure) []byte {
	b = strconv.AppendQuote(b, f.Name)
	return appendReal(append(b, ':'), f.Value)
}

func appendReal(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}
