package kernel

// fma is x·y + z, rounded once. The compiler makes one FMADDS of it, which a
// test holds it to, unless x and y are both constants: their product must be
// exact.
func fma(x, y, z float32) float32 { return x*y + z }
