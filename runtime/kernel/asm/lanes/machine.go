package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// machine writes instructions for vectors of one width. Everything above it is
// said once for both widths, so both compute the same bits.
type machine struct {
	*build.Context
	suffix string // of function names
	bytes  int    // in a vector
	tables tables
	labels int // used by the function so far
}

// tables are the constants of the file, by name; both widths share them.
type tables map[string]operand.Mem

type vec = reg.VecVirtual

// wide reports whether vectors are of 512 bits, with masks in registers of
// their own.
func (m *machine) wide() bool { return m.bytes == 64 }

func (m *machine) vec() vec {
	if m.wide() {
		return m.ZMM()
	}
	return m.YMM()
}

// constant is a number that fills a vector. Narrow vectors read it from 32
// bytes of memory, wide ones repeat the first 4.
type constant struct{ operand.Mem }

func (m *machine) c(x float32) constant { return m.bits(math.Float32bits(x)) }

func (m *machine) bits(b uint32) constant {
	name := fmt.Sprintf("lanes_%08x", b)
	if at, ok := m.tables[name]; ok {
		return constant{at}
	}
	at := m.StaticGlobal(name)
	m.DataAttributes(attr.RODATA | attr.NOPTR)
	for range 8 {
		m.AppendDatum(operand.U32(b))
	}
	m.tables[name] = at
	return constant{at}
}

// splat loads a constant into a register.
func (m *machine) splat(c constant) vec {
	v := m.vec()
	if m.wide() {
		m.VBROADCASTSS(c.Mem, v)
	} else {
		m.VMOVUPS(c.Mem, v)
	}
	return v
}

// setting fills a vector with a float32 parameter of the function.
func (m *machine) setting(name string) vec {
	at, err := m.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := m.vec()
	m.VBROADCASTSS(at.Addr, v)
	return v
}

// scalar loads a float32 parameter into the lowest lane.
func (m *machine) scalar(name string) vec {
	at, err := m.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := m.XMM()
	m.VMOVSS(at.Addr, v) // not Load, which writes MOVSS: that waits for the upper lanes
	return v
}

func (m *machine) zero() vec {
	v := m.vec()
	m.VXORPS(v, v, v) // avo takes VPXORD of a register with itself for a use of it
	return v
}

// op3 emits an instruction of two sources and a destination, in the order of
// Go's assembler, whose first operand may be a constant.
func (m *machine) op3(plain, broadcast func(...operand.Op), b operand.Op, rest ...operand.Op) {
	if c, ok := b.(constant); ok {
		if m.wide() {
			broadcast(append([]operand.Op{c.Mem}, rest...)...)
			return
		}
		b = c.Mem
	}
	plain(append([]operand.Op{b}, rest...)...)
}

// The first operand of these is a register; the second may be a constant.

func (m *machine) add(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VADDPS, m.VADDPS_BCST, b, a, d)
	return d
}

func (m *machine) sub(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VSUBPS, m.VSUBPS_BCST, b, a, d)
	return d
}

func (m *machine) mul(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VMULPS, m.VMULPS_BCST, b, a, d)
	return d
}

func (m *machine) div(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VDIVPS, m.VDIVPS_BCST, b, a, d)
	return d
}

func (m *machine) sqrt(a vec) vec {
	d := m.vec()
	m.VSQRTPS(a, d)
	return d
}

// larger is a where a > b and else b, which is where a NaN comes through.
func (m *machine) larger(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VMAXPS, m.VMAXPS_BCST, b, a, d)
	return d
}

// smaller is a where a < b and else b.
func (m *machine) smaller(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VMINPS, m.VMINPS_BCST, b, a, d)
	return d
}

func (m *machine) and(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VANDPS, m.VANDPS_BCST, b, a, d)
	return d
}

func (m *machine) or(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VORPS, m.VORPS_BCST, b, a, d)
	return d
}

func (m *machine) abs(a vec) vec { return m.and(a, m.bits(0x7fffffff)) }

// negAbs is -|a|.
func (m *machine) negAbs(a vec) vec { return m.or(a, m.bits(0x80000000)) }

// Fused multiply-adds overwrite their last register and return it.

// onto is c + a·b, in c.
func (m *machine) onto(c, a vec, b operand.Op) vec {
	m.op3(m.VFMADD231PS, m.VFMADD231PS_BCST, b, a, c)
	return c
}

// off is c - a·b, in c.
func (m *machine) off(c, a vec, b operand.Op) vec {
	m.op3(m.VFNMADD231PS, m.VFNMADD231PS_BCST, b, a, c)
	return c
}

// horner is p·x + c, in p.
func (m *machine) horner(p, x vec, c operand.Op) vec {
	m.op3(m.VFMADD213PS, m.VFMADD213PS_BCST, c, x, p)
	return p
}

// polynomial is c[0] + c[1]·x + … by Horner's rule.
func (m *machine) polynomial(x vec, c []float32) vec {
	p := m.splat(m.c(c[len(c)-1]))
	for i := len(c) - 2; i >= 0; i-- {
		m.horner(p, x, m.c(c[i]))
	}
	return p
}

// Integers of 32 bits in the lanes.

func (m *machine) subInt(a vec, b operand.Op) vec {
	d := m.vec()
	m.op3(m.VPSUBD, m.VPSUBD_BCST, b, a, d)
	return d
}

func (m *machine) shiftLeft(a vec, by uint8) vec {
	d := m.vec()
	m.VPSLLD(operand.U8(by), a, d)
	return d
}

func (m *machine) shiftRight(a vec, by uint8) vec {
	d := m.vec()
	m.VPSRLD(operand.U8(by), a, d)
	return d
}

func (m *machine) shiftRightSigned(a vec, by uint8) vec {
	d := m.vec()
	m.VPSRAD(operand.U8(by), a, d)
	return d
}

func (m *machine) fromInt(a vec) vec {
	d := m.vec()
	m.VCVTDQ2PS(a, d)
	return d
}

// Predicates of VCMPPS (Intel SDM, volume 2, table 3-1). The first two are
// false for NaN.
const (
	less    = 0x11 // LT_OQ
	greater = 0x1e // GT_OQ
	notLess = 0x15 // NLT_UQ
)

// test is the mask of the lanes where a predicate b holds: a register of masks
// in wide machines, a vector of ones and zeros in narrow ones.
func (m *machine) test(a vec, predicate uint8, b operand.Op) reg.Register {
	var d reg.Register = m.vec()
	if m.wide() {
		d = m.K()
	}
	plain := func(ops ...operand.Op) { m.VCMPPS(append([]operand.Op{operand.U8(predicate)}, ops...)...) }
	broadcast := func(ops ...operand.Op) { m.VCMPPS_BCST(append([]operand.Op{operand.U8(predicate)}, ops...)...) }
	m.op3(plain, broadcast, b, a, d)
	return d
}

// choose is a where the mask is set and b elsewhere.
func (m *machine) choose(mask reg.Register, a operand.Op, b vec) vec {
	d := m.vec()
	if m.wide() {
		m.op3(m.VBLENDMPS, m.VBLENDMPS_BCST, a, b, mask, d)
		return d
	}
	if c, ok := a.(constant); ok {
		a = c.Mem
	}
	m.VBLENDVPS(mask, a, b, d)
	return d
}

// keep is a where the mask is set and 0 elsewhere.
func (m *machine) keep(mask reg.Register, a operand.Op) vec {
	d := m.vec()
	if c, ok := a.(constant); ok {
		a = c.Mem
		if m.wide() {
			m.VBROADCASTSS_Z(a, mask, d)
			return d
		}
	}
	if m.wide() {
		m.VMOVUPS_Z(a, mask, d)
	} else {
		m.VANDPS(a, mask, d)
	}
	return d
}

func (m *machine) copy(a vec) vec {
	d := m.vec()
	m.VMOVAPS(a, d)
	return d
}
