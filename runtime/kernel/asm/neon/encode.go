package main

import "fmt"

// Instructions that Go's assembler has no name for, in the encoding of the Arm
// Architecture Reference Manual, sections C7.2 (vectors) and C7.2.199 (LDR).

// add assigns d = n + m.
func (a *assembly) add(d, n, m vec) { a.three("FADD", 0x4e20d400, d, n, m) }

// mul assigns d = n·m.
func (a *assembly) mul(d, n, m vec) { a.three("FMUL", 0x6e20dc00, d, n, m) }

// max assigns the greater of n and m to d. NaN passes through from either, and
// +0 is greater than -0.
func (a *assembly) max(d, n, m vec) { a.three("FMAX", 0x4e20f400, d, n, m) }

func (a *assembly) three(name string, code uint32, d, n, m vec) {
	a.word(code|uint32(m)<<16|uint32(n)<<5|uint32(d), "%s v%d.4s, v%d.4s, v%d.4s", name, d, n, m)
}

// fmaFirst assigns d = fma(n, the first lane of m, d). A scalar that is only
// loaded takes no slot of the multiply-add units, other than one that is
// spread over a vector.
func (a *assembly) fmaFirst(d, n, m vec) {
	a.word(0x4f801000|uint32(m)<<16|uint32(n)<<5|uint32(d), "FMLA v%d.4s, v%d.4s, v%d.s[0]", d, n, m)
}

// loadAt loads the vector at base + index, in bytes.
func (a *assembly) loadAt(d vec, base, index reg) {
	a.word(0x3ce06800|uint32(index)<<16|uint32(base)<<5|uint32(d), "LDR q%d, [x%d, x%d]", d, base, index)
}

// storeAt stores d at base + index, in bytes.
func (a *assembly) storeAt(d vec, base, index reg) {
	a.word(0x3ca06800|uint32(index)<<16|uint32(base)<<5|uint32(d), "STR q%d, [x%d, x%d]", d, base, index)
}

func (a *assembly) word(code uint32, format string, args ...any) {
	a.op("WORD $%#08x // %s", code, fmt.Sprintf(format, args...))
}
