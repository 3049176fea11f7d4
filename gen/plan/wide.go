package plan

// wideExample is how much memory, in bytes, some statement touches for one
// example of a plan whose batch outgrows the second cache.
const wideExample = 64 << 10

// wide reports whether the values of a batch outgrow the second cache. Then
// what is read soon after it was written costs less than what is kept for
// later, and statements take so long that workers may wait for each other
// between layers.
func (p *Plan) wide() bool {
	for i := range p.Ops {
		if op := &p.Ops[i]; !op.Once && p.allBatched(op.Out) && p.Bytes(op).PerExample >= wideExample {
			return true
		}
	}
	return false
}
