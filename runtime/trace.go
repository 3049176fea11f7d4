package runtime

import (
	"strconv"
	"time"
)

// Trace is what a checked run went through: each arrow with its shapes, how
// often it ran, and how long. The zero Trace is ready, and grows with the
// arrows, not with the runs. It prints as a table. It is not safe for
// concurrent use.
type Trace struct {
	root    row
	stack   []frame
	label   string // of the next arrow: which use of it this is
	round   int    // of the next arrow, in a repetition; counted from 1
	step    int
	example int
}

// row is one arrow at one place of the composition.
type row struct {
	name, line string
	in, out    string
	runs       int
	spent      time.Duration
	rows       []*row
}

// frame is an arrow that runs at the moment.
type frame struct {
	row   *row
	round int
}

// Arrow runs an arrow that is no composition of others, and checks what it
// makes. It fails with an *ArrowError. Generated code calls it.
func (t *Trace) Arrow(name, line string, in, out []Operand, do func()) error {
	if t == nil {
		t = new(Trace)
	}
	defer t.leave(t.enter(name, line, in, out))
	if err := t.input(in); err != nil {
		return err
	}
	start := time.Now()
	do()
	spent := time.Since(start)
	for _, f := range t.stack {
		f.row.spent += spent
	}
	return t.output(in, out)
}

// Composite runs an arrow that is made of others, which do handles with the
// Trace that it is given, never nil. Time is counted in those. It fails as do
// does, or with an *ArrowError. Generated code calls it.
func (t *Trace) Composite(name, line string, in, out []Operand, do func(t *Trace) error) error {
	if t == nil {
		t = new(Trace)
	}
	defer t.leave(t.enter(name, line, in, out))
	if err := t.input(in); err != nil {
		return err
	}
	if err := do(t); err != nil {
		return err
	}
	return t.output(in, out)
}

// Look checks what an arrow has made elsewhere; nothing is recorded.
// Generated code calls it.
func (t *Trace) Look(name, line string, in, out []Operand) error {
	if t == nil {
		t = new(Trace)
	}
	t.stack = append(t.stack, frame{row: &row{name: name, line: line}})
	defer t.leave(len(t.stack) - 1)
	return t.output(in, out)
}

// Use tells apart the uses of one arrow in a composite: the next arrow is the
// one called "as late", or "#2".
func (t *Trace) Use(label string) *Trace {
	if t != nil {
		t.label = label
	}
	return t
}

// Round says which repetition calls the next arrow, counted from 0.
func (t *Trace) Round(i int) *Trace {
	if t != nil {
		t.round = i + 1
	}
	return t
}

// At says which step, counted from 1, and which example of its batch comes
// next. Step 0 is none; example -1 is none.
func (t *Trace) At(step, example int) {
	if t != nil {
		t.step, t.example = step, example
	}
}

// enter puts an arrow on the stack and returns the depth below it.
func (t *Trace) enter(name, line string, in, out []Operand) int {
	if t.label != "" {
		name += " " + t.label
	}
	at := &t.root
	if n := len(t.stack); n > 0 {
		at = t.stack[n-1].row
	}
	r := at.find(name, line)
	if r.runs++; r.runs == 1 {
		r.in, r.out = shapes(in), shapes(out)
	}
	t.stack = append(t.stack, frame{r, t.round})
	t.label, t.round = "", 0
	return len(t.stack) - 1
}

// leave returns to a depth, also from below where an arrow panicked.
func (t *Trace) leave(depth int) { t.stack = t.stack[:depth] }

func (r *row) find(name, line string) *row {
	for _, c := range r.rows {
		if c.name == name && c.line == line {
			return c
		}
	}
	c := &row{name: name, line: line}
	r.rows = append(r.rows, c)
	return c
}

// input checks what the outermost arrow is given; what inner ones are given
// was checked when it was made.
func (t *Trace) input(in []Operand) error {
	if len(t.stack) > 1 {
		return nil
	}
	for i := range in {
		if err := in[i].check(); err != nil {
			e := t.blame(err)
			e.Input = true
			return e
		}
	}
	return nil
}

func (t *Trace) output(in, out []Operand) error {
	for i := range out {
		if err := out[i].check(); err != nil {
			e := t.blame(err)
			for k := range in {
				index := -1
				if in[k].size() == out[i].size() {
					index = elementOf(err)
				}
				e.Given = append(e.Given, in[k].values(index))
			}
			return e
		}
	}
	return nil
}

// blame is an error of the arrow on top of the stack.
func (t *Trace) blame(err error) *ArrowError {
	top := len(t.stack) - 1
	e := &ArrowError{Arrow: t.stack[top].name(), Line: t.stack[top].row.line, Step: t.step, Example: -1, Err: err}
	if t.step > 0 {
		e.Example = t.example
	}
	for i := top - 1; i >= 0; i-- {
		e.Path = append(e.Path, t.stack[i].name()+" ("+t.stack[i].row.line+")")
	}
	return e
}

func (f *frame) name() string {
	if f.round == 0 {
		return f.row.name
	}
	return f.row.name + ", repetition " + strconv.Itoa(f.round)
}
