package main

import (
	"strings"
	"text/template"
)

// The functions of the package that choose between the widths. Each has a form
// for amd64 and one for other processors, where only lanes remain.

const mapCalls = `
func {{vec .Name}}({{slices .Outs .Ins}}{{floats .Settings}}) {
	{{- cut (first .Outs) .Outs .Ins}}
	{{guard . (args .Outs .Ins .Settings)}}
	for i := 0; i < len({{first .Outs}}); i += block {
		n := min(block, len({{first .Outs}})-i)
		{{either .Name (at "i" .Outs .Ins) "n" .Settings}}
	}
}
`

const rowCalls = `
func {{vec .Name}}({{slices .Outs .Ins}}, {{.Row}} []float32, rows, s int{{floats .Settings}}) {
	{{guard . (args .Outs .Ins (list .Row) (list "rows" "s") .Settings)}}
	switch per := perCall(rows, s); {
	case s == 1:
		for i := 0; i < rows; i += block {
			n := min(block, rows-i)
			{{either (print .Name "Ones") (at "i" .Outs .Ins (list .Row)) "n" .Settings}}
		}
	case per > 0:
		for r := 0; r < rows; r += per {
			n, i := min(per, rows-r), r*s
			{{either .Name (at "i" .Outs .Ins) (print "&" .Row "[r]") "n, s" .Settings}}
		}
	case s > 0:
		for r := range rows {
			for i, end := r*s, r*s+s; i < end; i += block {
				n := min(block, end-i)
				{{either .Name (at "i" .Outs .Ins) (print "&" .Row "[r]") "1, n" .Settings}}
			}
		}
	}
}
`

const sumCalls = `
func {{vec .Name}}({{slices (list "y") .Outs .Ins}}, rows, s int, by float32{{floats .Settings}}) {
	{{guardSum . (args (list "y") .Outs .Ins (list "rows" "s" "by") .Settings)}}
	switch per := perCall(rows, s); {
	case s == 1:
		for i := 0; i < rows; i += block {
			n := min(block, rows-i)
			{{either (print .Name "Ones") (at "i" (list "y") .Outs .Ins) "n, by" .Settings}}
		}
	case per > 0:
		for r := 0; r < rows; r += per {
			n, i := min(per, rows-r), r*s
			{{either .Name "&y[r]" (at "i" .Outs .Ins) "n, s, by" .Settings}}
		}
	default:
		for r := range rows {
			var sums [16]float32
			for i, end := r*s, r*s+s; i < end; i += block {
				n := min(block, end-i)
				{{either (print .Name "Piece") "&sums[0]" (at "i" .Outs .Ins) "n" .Settings}}
			}
			y[r] = fold(&sums) / by
		}
	}
}
`

const pieceCalls = `
func {{vec .Name}}(sums *[16]float32, {{slices .Outs .Ins}}{{floats .Settings}}) {
	{{guard . (args (list "sums") .Outs .Ins .Settings)}}
	for i := 0; i < len({{first .Ins}}); i += block {
		n := min(block, len({{first .Ins}})-i)
		{{either (print .Name "Piece") "&sums[0]" (at "i" .Outs .Ins) "n" .Settings}}
	}
}
`

const softmaxCalls = `
func {{vec .Name}}(q, z, total, peak []float32, rows, k int) {
	{{guard . "q, z, total, peak, rows, k"}}
	{{either .Name "&q[0], &z[0], &total[0], &peak[0], rows, k"}}
}
`

const sharedCalls = `
func {{vec .Name}}({{slices .Outs .Ins .Shared .Numbers}}, rows, s int) {
	{{guard . (args .Outs .Ins .Shared .Numbers (list "rows" "s"))}}
	switch per := perCall(rows, s); {
	case per > 0:
		for r := 0; r < rows; r += per {
			n, i := min(per, rows-r), r*s
			{{either .Name (at "i" .Outs .Ins) (at "0" .Shared) (at "r" .Numbers) "n, s"}}
		}
	case s > 0:
		for r := range rows {
			for i, end := 0, s; i < end; i += block {
				n, at := min(block, end-i), r*s+i
				{{either .Name (at "at" .Outs .Ins) (at "i" .Shared) (at "r" .Numbers) "1, n"}}
			}
		}
	}
}
`

const sharedSumCalls = `
func {{vec .Name}}({{slices (list "y") .Ins .Shared .Numbers}}, rows, s int, by float32) {
	{{guardSum . (args (list "y") .Ins .Shared .Numbers (list "rows" "s" "by"))}}
	if per := perCall(rows, s); per > 0 {
		for r := 0; r < rows; r += per {
			n, i := min(per, rows-r), r*s
			{{either .Name "&y[r]" (at "i" .Ins) (at "0" .Shared) (at "r" .Numbers) "n, s, by"}}
		}
		return
	}
	for r := range rows {
		var sums [16]float32
		for i, end := 0, s; i < end; i += block {
			n, at := min(block, end-i), r*s+i
			{{either (print .Name "Piece") "&sums[0]" (at "at" .Ins) (at "i" .Shared) (at "r" .Numbers) "n"}}
		}
		y[r] = fold(&sums) / by
	}
}
`

const columnCalls = `
func {{vec .Name}}({{slices (list "y") .Ins .Numbers}}, rows, stride int) {
	{{guard . (args (list "y") .Ins .Numbers (list "rows" "stride"))}}
	lanes := 8 * int(active-avx2+1)
	for i := 0; i < len(y); {
		width := 4 * lanes
		if len(y)-i < width {
			width = min(lanes, len(y)-i)
		}
		per := block / width
		for r := 0; r < rows; r += per {
			n, at := min(per, rows-r), r*stride+i
			switch {
			case width > lanes && active == avx512:
				{{.Name}}AVX512(&y[i], {{at "at" .Ins}}, {{at "r" .Numbers}}, n, stride)
			case width > lanes:
				{{.Name}}AVX2(&y[i], {{at "at" .Ins}}, {{at "r" .Numbers}}, n, stride)
			case active == avx512:
				{{.Name}}PartAVX512(&y[i], {{at "at" .Ins}}, {{at "r" .Numbers}}, n, stride, width)
			default:
				{{.Name}}PartAVX2(&y[i], {{at "at" .Ins}}, {{at "r" .Numbers}}, n, stride, width)
			}
		}
		i += width
	}
}
`

const downCalls = `
func {{vec .Name}}({{slices .Outs .Ins .Heads}}, rows, cols, stride int{{floats .Settings}}) {
	{{guard . (args .Outs .Ins .Heads (list "rows" "cols" "stride") .Settings)}}
	if rows == 0 || cols == 0 {
		return
	}
	end := (rows-1)*stride + cols - 1
	{{reach "end" .Outs .Ins}}
	{{reach "cols-1" .Heads}}
	{{either .Name (at "0" .Outs .Ins .Heads) "rows, cols, stride" .Settings}}
}
`

const apartCalls = `
func {{vec .Name}}({{slices .Outs .Ins}}, planes, rows, cols, toPlane, fromPlane, toRow, fromRow int) {
	{{guard . (args .Outs .Ins (list "planes" "rows" "cols" "toPlane" "fromPlane" "toRow" "fromRow"))}}
	if planes == 0 || rows == 0 || cols == 0 {
		return
	}
	_ = to[(planes-1)*toPlane+(rows-1)*toRow+cols-1]
	_ = from[(planes-1)*fromPlane+(rows-1)*fromRow+cols-1]
	{{either .Name (at "0" .Outs .Ins) "planes, rows, cols, toPlane, fromPlane, toRow, fromRow"}}
}
`

const pairCalls = `
func {{vec .Name}}({{slices .Outs .Ins}}, rows, cols, w int) {
	{{guard . (args .Outs .Ins (list "rows" "cols" "w"))}}
	if rows == 0 || cols == 0 {
		return
	}
	{{reach "rows*cols-1" .Outs}}
	_ = x[(2*rows-1)*w+2*cols-1]
	{{either .Name (at "0" .Outs .Ins) "rows, cols, w"}}
}
`

const spreadCalls = `
func {{vec .Name}}({{slices .Outs .Ins}}, rows, cols, w int) {
	{{guard . (args .Outs .Ins (list "rows" "cols" "w"))}}
	if rows == 0 || cols == 0 {
		return
	}
	{{reach "rows*cols-1" .Ins}}
	_ = dx[(2*rows-1)*w+2*cols-1]
	{{either .Name (at "0" .Outs .Ins) "rows, cols, w"}}
}
`

// The same for processors that have lanes only.
const (
	pairPlain = `
func {{vec .Name}}({{slices .Outs .Ins}}, rows, cols, w int) {
	lanes{{capital .Name}}({{args .Outs .Ins (list "rows" "cols" "w")}})
}
`
	apartPlain = `
func {{vec .Name}}({{slices .Outs .Ins}}, planes, rows, cols, toPlane, fromPlane, toRow, fromRow int) {
	lanes{{capital .Name}}({{args .Outs .Ins (list "planes" "rows" "cols" "toPlane" "fromPlane" "toRow" "fromRow")}})
}
`
	mapPlain = `
func {{vec .Name}}({{slices .Outs .Ins}}{{floats .Settings}}) { lanes{{capital .Name}}({{args .Outs .Ins .Settings}}) }
`
	rowPlain = `
func {{vec .Name}}({{slices .Outs .Ins}}, {{.Row}} []float32, rows, s int{{floats .Settings}}) {
	lanes{{capital .Name}}({{args .Outs .Ins (list .Row) (list "rows" "s") .Settings}})
}
`
	sumPlain = `
func {{vec .Name}}({{slices (list "y") .Outs .Ins}}, rows, s int, by float32{{floats .Settings}}) {
	lanes{{capital .Name}}({{args (list "y") .Outs .Ins (list "rows" "s" "by") .Settings}})
}
`
	piecePlain = `
func {{vec .Name}}(sums *[16]float32, {{slices .Outs .Ins}}{{floats .Settings}}) {
	lanes{{capital .Name}}({{args (list "sums") .Outs .Ins .Settings}})
}
`
	sharedPlain = `
func {{vec .Name}}({{slices .Outs .Ins .Shared .Numbers}}, rows, s int) {
	lanes{{capital .Name}}({{args .Outs .Ins .Shared .Numbers (list "rows" "s")}})
}
`
	sharedSumPlain = `
func {{vec .Name}}({{slices (list "y") .Ins .Shared .Numbers}}, rows, s int, by float32) {
	lanes{{capital .Name}}({{args (list "y") .Ins .Shared .Numbers (list "rows" "s" "by")}})
}
`
	columnPlain = `
func {{vec .Name}}({{slices (list "y") .Ins .Numbers}}, rows, stride int) {
	lanes{{capital .Name}}({{args (list "y") .Ins .Numbers (list "rows" "stride")}})
}
`
	downPlain = `
func {{vec .Name}}({{slices .Outs .Ins .Heads}}, rows, cols, stride int{{floats .Settings}}) {
	lanes{{capital .Name}}({{args .Outs .Ins .Heads (list "rows" "cols" "stride") .Settings}})
}
`
	softmaxPlain = `
func {{vec .Name}}(q, z, total, peak []float32, rows, k int) { lanes{{capital .Name}}(q, z, total, peak, rows, k) }
`
)

// call is what a template of calls is about.
type call struct {
	Name                string
	Outs, Ins, Settings []string
	Row                 string
	Shared, Numbers     []string
	Heads               []string
}

var callFuncs = template.FuncMap{
	"capital": capital,
	"vec":     func(name string) string { return "vec" + capital(name) },
	"list":    func(s ...string) []string { return s },
	"first":   func(s []string) string { return s[0] },
	"slices": func(lists ...[]string) string {
		return strings.Join(join(lists...), ", ") + " []float32"
	},
	"floats": func(settings []string) string {
		if len(settings) == 0 {
			return ""
		}
		return ", " + strings.Join(settings, ", ") + " float32"
	},
	"args": func(lists ...[]string) string { return strings.Join(join(lists...), ", ") },
	"at": func(index string, lists ...[]string) string {
		var s []string
		for _, name := range join(lists...) {
			s = append(s, "&"+name+"["+index+"]")
		}
		return strings.Join(s, ", ")
	},
	"reach": func(index string, lists ...[]string) string {
		var s, blank []string
		for _, name := range join(lists...) {
			s, blank = append(s, name+"["+index+"]"), append(blank, "_")
		}
		return strings.Join(blank, ", ") + " = " + strings.Join(s, ", ")
	},
	"cut": func(length string, lists ...[]string) string {
		names := join(lists...)[1:]
		if len(names) == 0 {
			return ""
		}
		var cuts []string
		for _, name := range names {
			cuts = append(cuts, name+"[:len("+length+")]")
		}
		return "\n\t" + strings.Join(names, ", ") + " = " + strings.Join(cuts, ", ")
	},
	"guard": func(c call, arguments string) string {
		return guard("active < avx2", c, arguments)
	},
	"guardSum": func(c call, arguments string) string {
		return guard("active < avx2 || s == 0", c, arguments)
	},
	"either": func(name string, parts ...any) string {
		var list []string
		for _, p := range parts {
			switch p := p.(type) {
			case string:
				if p != "" {
					list = append(list, p)
				}
			case []string:
				list = append(list, p...)
			}
		}
		arguments := "(" + strings.Join(list, ", ") + ")"
		return "if active == avx512 {\n" + name + "AVX512" + arguments + "\n} else {\n" + name + "AVX2" + arguments + "\n}"
	},
}

func guard(condition string, c call, arguments string) string {
	return "if " + condition + " {\nlanes" + capital(c.Name) + "(" + arguments + ")\nreturn\n}"
}

func join(lists ...[]string) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
