package kernel

// cpuid executes CPUID.
func cpuid(leaf, sub uint32) (a, b, c, d uint32)

// xgetbv reads the register of enabled processor states.
func xgetbv() (low uint32)

// best finds the widest vectors that both the processor and the operating
// system support (Intel SDM, volume 1, sections 14.3 and 15.2 to 15.4).
func best() level {
	const (
		fma, osxsave, avx         = 1 << 12, 1 << 27, 1 << 28 // leaf 1, c
		avx2Bit, bmi2             = 1 << 5, 1 << 8            // leaf 7, b
		f, dq, bw, vl             = 1 << 16, 1 << 17, 1 << 30, 1 << 31
		ymmState, zmmState uint32 = 0x06, 0xe6
	)
	top, _, _, _ := cpuid(0, 0)
	if top < 7 {
		return portable
	}
	_, _, c, _ := cpuid(1, 0)
	if want := uint32(fma | osxsave | avx); c&want != want || xgetbv()&ymmState != ymmState {
		return portable
	}
	_, b, _, _ := cpuid(7, 0)
	if want := uint32(avx2Bit | bmi2); b&want != want {
		return portable
	}
	if want := uint32(f | dq | bw | vl); b&want != want || xgetbv()&zmmState != zmmState {
		return avx2
	}
	return avx512
}
