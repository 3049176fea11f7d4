package main

import (
	"fmt"
	"strings"
)

// assembly is the text of one file in the making.
type assembly struct{ strings.Builder }

// line adds a line as it is.
func (a *assembly) line(format string, args ...any) { fmt.Fprintf(a, format+"\n", args...) }

// op adds an instruction.
func (a *assembly) op(format string, args ...any) { a.line("\t"+format, args...) }

// label is known within its function only.
func (a *assembly) label(name string) { a.line("%s:", name) }

// function begins a leaf function without a frame whose arguments take the
// given number of bytes.
func (a *assembly) function(name, signature string, bytes int) {
	a.line("")
	a.line("// func %s%s", name, signature)
	a.line("TEXT ·%s(SB), NOSPLIT, $0-%d", name, bytes)
}

// reg is a general register. R16 to R18 and R27 to R30 are left to the linker,
// the platform and the Go runtime.
type reg int

func (r reg) String() string { return fmt.Sprintf("R%d", int(r)) }

// vec is a vector register of four float32s.
type vec int

func (v vec) String() string { return fmt.Sprintf("V%d", int(v)) }

// f is the name of v in instructions that move all or the low part of it.
func (v vec) f() string { return fmt.Sprintf("F%d", int(v)) }

func (v vec) s4() string  { return v.String() + ".S4" }
func (v vec) b16() string { return v.String() + ".B16" }

// zero clears d.
func (a *assembly) zero(d vec) { a.op("VEOR %s, %s, %s", d.b16(), d.b16(), d.b16()) }

// copy assigns d = n.
func (a *assembly) copy(d, n vec) { a.op("VORR %s, %s, %s", n.b16(), n.b16(), d.b16()) }

// fma assigns d = fma(n, m, d).
func (a *assembly) fma(d, n, m vec) { a.op("VFMLA %s, %s, %s", m.s4(), n.s4(), d.s4()) }

// everywhere loads the float32 at base + offset into all lanes of d.
func (a *assembly) everywhere(d vec, base reg, offset int, scratch reg) {
	a.op("ADD $%d, %s, %s", offset, base, scratch)
	a.op("VLD1R (%s), [%s]", scratch, d.s4())
}
