package plan

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Print writes the plan as text: arguments, buffers with their places, and
// every statement with its kernel, operands, rule and spec line. It returns
// the first error of w.
func (p *Plan) Print(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "plan %s", p.Name)
	if p.Span.Known() {
		fmt.Fprintf(b, "  // %s", p.Span.Line())
	}
	b.WriteByte('\n')
	p.printArgs(b)
	p.printBuffers(b)
	p.printOps(b)
	if p.Result != NoValue {
		fmt.Fprintf(b, "  returns mean %s\n", p.Values[p.Result].Name)
	}
	var flops, bytes Extent
	for i := range p.Ops {
		flops, bytes = flops.plus(p.flops(&p.Ops[i])), bytes.plus(p.Bytes(&p.Ops[i]))
	}
	fmt.Fprintf(b, "  total: %d statements, workspace %s, %s flop, %s byte\n", len(p.Ops), p.Work, flops, bytes)
	if p.Single {
		fmt.Fprintf(b, "  predicted: %.0f %% of the peak, %s\n", 100*p.Roofline(1), ridgeText)
	} else {
		fmt.Fprintf(b, "  predicted: %.0f %% of the peak at 64 examples, %.0f %% at 1, %s\n", 100*p.Roofline(64), 100*p.Roofline(1), ridgeText)
	}
	return b.Flush()
}

func (p *Plan) printArgs(w io.Writer) {
	fmt.Fprintf(w, "  arguments, %s:\n", map[bool]string{false: "n examples", true: "one example"}[p.Single])
	for _, a := range p.Args {
		v := &p.Values[a.Value]
		turned := ""
		if a.Turn != (Turn{}) {
			turned = "  turned"
		}
		fmt.Fprintf(w, "    %-10s %-24s %s%s\n", a.Role, v.Name, v.shape(), turned)
	}
}

func (p *Plan) printBuffers(w io.Writer) {
	first, touched := true, p.touched()
	for i := range p.Values {
		v := &p.Values[i]
		if v.Store == ArgStore || v.Store == WorkStore && !touched[i] {
			continue
		}
		if first {
			fmt.Fprintln(w, "  buffers:")
			first = false
		}
		at := "work[" + v.Offset.String() + "]"
		if v.Store == ViewStore {
			at = fmt.Sprintf("%s[%d]", p.Values[v.Of].Name, v.Start)
		}
		fmt.Fprintf(w, "    %-35s %-20s at %s\n", v.Name, v.shape(), at)
	}
}

// touched marks the values that some statement writes, and those behind
// views.
func (p *Plan) touched() []bool {
	t := make([]bool, len(p.Values))
	for i := range p.Bind {
		t[p.Bind[i].Out[0]] = true
	}
	for i := range p.Ops {
		for _, v := range p.Ops[i].Out {
			if v != NoValue {
				t[v] = true
			}
		}
	}
	for i := range p.Values {
		if of := p.Values[i].Of; of != NoValue {
			t[of] = true
		}
	}
	return t
}

func (p *Plan) printOps(w io.Writer) {
	if len(p.Bind) > 0 {
		fmt.Fprintln(w, "  once for a number of examples:")
	}
	for i := range p.Bind {
		fmt.Fprintf(w, "    %s(%s)\n", p.Bind[i].Callee(), p.operandText(&p.Bind[i]))
	}
	fmt.Fprintln(w, "  statements:")
	for i := range p.Ops {
		op := &p.Ops[i]
		if op.Last && (i == 0 || !p.Ops[i-1].Last) {
			fmt.Fprintln(w, "    behind the last part of a batch:")
		}
		if op.Wait {
			fmt.Fprintln(w, "    workers wait")
		}
		line := fmt.Sprintf("    %s(%s)", op.Callee(), p.operandText(op))
		why := op.Rule
		if op.Span.Known() {
			why = strings.TrimSpace(why + "  " + op.Span.Line())
		}
		for k := len(op.Via) - 1; k >= 0; k-- {
			why += " < " + viaText(op.Via[k], op.Span)
		}
		fmt.Fprintf(w, "%-64s // %s\n", line, why)
		if f := p.flops(op); f != (Extent{}) {
			fmt.Fprintf(w, "        %s flop, %s byte\n", f, p.Bytes(op))
		}
	}
}

// viaText cites a call by its line alone where it is in the file of at.
func viaText(via, at diag.Span) string {
	if via.Known() && via.Src == at.Src {
		return strconv.Itoa(via.Src.Position(via.Start).Line)
	}
	return via.Line()
}

// Callee names what the statement runs: a kernel by the convention of the
// architecture page, or the plan's own verbs.
func (op *Op) Callee() string {
	switch op.Kind {
	case Forward, Reverse, LeafStep, LeafTotal:
		return kernelName(op) + capital(op.Line) + capital(op.Form())
	case ScalarStep:
		return kernelName(op) + " scalars"
	case Hand:
		return op.Arrow.Name
	case HandReverse:
		return op.Arrow.Name + " reverse"
	}
	return op.Kind.String()
}

// Form is the suffix of the kernel's form that the statement calls: "into" for
// a range of rows that the line is added to, "columns" for a range of columns,
// "into_columns" for both, "rows" for a range of rows of what is one for the
// whole batch.
func (op *Op) Form() string {
	into := op.Kind == Reverse && (op.Add != nil || op.Share == ByRow || op.Share == ByColumn && op.addable())
	switch {
	case op.Pooled() && op.Share == ByRow:
		return "rows"
	case into && op.Share == ByColumn && len(lineOf(op.Prim.Decl, op.Line).Index) > 1:
		return "into_columns"
	case into: // of one axis, the columns are the rows
		return "into"
	case op.Share == ByColumn:
		return "columns"
	}
	return ""
}

func kernelName(op *Op) string {
	name := op.Prim.Decl.Kernel
	if name == "" {
		return op.Prim.Decl.Name + " loops "
	}
	return capital(name)
}

// capital is a name of words joined by underscores in Go's spelling.
func capital(s string) string {
	var b strings.Builder
	for _, w := range strings.Split(s, "_") {
		if w != "" {
			b.WriteString(strings.ToUpper(w[:1]) + w[1:])
		}
	}
	return b.String()
}

func (p *Plan) operandText(op *Op) string {
	var parts []string
	name := func(ids []ValueID) {
		for _, id := range ids {
			if id == NoValue {
				parts = append(parts, "_")
			} else {
				parts = append(parts, p.Values[id].Name)
			}
		}
	}
	name(op.Out)
	text := strings.Join(parts, ", ")
	parts = nil
	name(op.In)
	switch op.Kind {
	case Fill:
		parts = append(parts, fmt.Sprint(op.Number))
	case FillMean:
		parts = append(parts, fmt.Sprintf("%v/n", op.Number))
	case Part, AddPart:
		parts = append(parts, fmt.Sprintf("from %d", op.Start))
	}
	if in := strings.Join(parts, ", "); in != "" {
		text += " <- " + in
	}
	var set []string
	if op.Add != nil {
		set = append(set, "keep "+op.Add.Keep.text(p), "by "+op.Add.By.text(p))
	}
	for _, s := range op.Settings {
		if s.Value != NoValue {
			set = append(set, p.Values[s.Value].Name)
		} else {
			set = append(set, fmt.Sprint(s.Const))
		}
	}
	if len(set) > 0 {
		text += "; " + strings.Join(set, ", ")
	}
	switch {
	case op.PerExample:
		text += "; one by one"
	case op.Fold > 1 && (op.Kind == Forward || op.Kind == Reverse || op.Kind == Hand || op.Kind == HandReverse):
		text += fmt.Sprintf("; x %d", op.Fold)
	}
	return text
}

// shape renders a value's dimensions, with the batch in front.
func (v *Value) shape() string {
	var parts []string
	if v.Batched {
		parts = append(parts, "n")
	}
	for _, d := range v.Dims {
		parts = append(parts, strconv.Itoa(d))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// String renders an extent as a sum: "12*n + 40".
func (x Extent) String() string {
	examples := "n"
	if x.PerExample != 1 {
		examples = strconv.Itoa(x.PerExample) + "*n"
	}
	switch {
	case x.PerExample == 0:
		return strconv.Itoa(x.Fixed)
	case x.Fixed == 0:
		return examples
	}
	return examples + " + " + strconv.Itoa(x.Fixed)
}

func (r ArgRole) String() string {
	return [...]string{"data", "parameter", "state", "setting", "output", "cotangent"}[r]
}

func (k OpKind) String() string {
	return [...]string{"forward", "reverse", "leaf step", "leaf total", "scalar step", "advance", "accumulate", "fill", "fill", "copy", "sum", "part", "add part", "hand", "place", "gather", "hand reverse"}[k]
}
