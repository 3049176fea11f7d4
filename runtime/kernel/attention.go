package kernel

import "math"

// heads are the extents of an attention: t queries and u keys of h·e numbers,
// values and results of h·f.
type heads struct {
	t, u, h, e, f int
	causal        bool // no query looks at later keys
	seen          int  // of the keys; otherwise each query looks at so many
}

// last is how many keys the queries up to t look at.
func (g *heads) last(t int) int {
	if g.causal {
		return t
	}
	return g.seen
}

// first is the first query that looks at key u.
func (g *heads) first(u int) int {
	if g.causal {
		return u
	}
	return 0
}

func (g *heads) scale() float64 { return 1 / math.Sqrt(float64(g.e)) }

// Attention assigns, for n examples and h heads, the shares p[h, u, t] at
// which queries take values, softmax over u of Σ_e q[t, h, e]·k[u, h, e] / √e,
// and y[t, h, f] = Σ_u p[h, u, t]·v[u, h, f] (Vaswani and others, 2017). q is
// [n, t, d], k [n, u, d], v [n, u, c], y [n, t, c], with d = h·e and c = h·f.
// Shares lie keys first, so that softmax goes down columns and every product
// finds its operands as they are, but for a turned block of q.
func Attention[T Float](y, p, q, k, v []T, n, t, d, u, c, h, e, f, heads int) {
	attend(y, p, q, k, v, nil, n, geometry(t, u, h, e, f, false))
}

// CausalAttention is Attention of u = t keys, where p is 0 for u > t.
func CausalAttention[T Float](y, p, q, k, v []T, n, t, d, c, h, e, f, heads int) {
	attend(y, p, q, k, v, nil, n, geometry(t, t, h, e, f, true))
}

// MaskedAttention is Attention where p is 0 wherever mask[t, u] is, throughout
// where it is 0 for all u.
func MaskedAttention[T Float](y, p, q, k, v, mask []T, n, t, d, u, c, h, e, f, heads int) {
	attend(y, p, q, k, v, mask, n, geometry(t, u, h, e, f, false))
}

func geometry(t, u, h, e, f int, causal bool) heads { return heads{t, u, h, e, f, causal, u} }

// AttentionR assigns r[t, h] = Σ_f y[t, h, f]·dy[t, h, f].
func AttentionR[T Float](r, y, dy []T, n, t, d, u, c, h, e, f, heads int) {
	SoftmaxS(r, y, dy, n, t*h, f)
}

// CausalAttentionR is AttentionR.
func CausalAttentionR[T Float](r, y, dy []T, n, t, d, c, h, e, f, heads int) {
	SoftmaxS(r, y, dy, n, t*h, f)
}

// MaskedAttentionR is AttentionR.
func MaskedAttentionR[T Float](r, y, dy []T, n, t, d, u, c, h, e, f, heads int) {
	SoftmaxS(r, y, dy, n, t*h, f)
}

// AttentionDs assigns the cotangent of the products of queries and keys,
// ds[h, u, t] = p[h, u, t]·(Σ_f dy[t, h, f]·v[u, h, f] - r[t, h]) / √e.
func AttentionDs[T Float](ds, v, p, r, dy []T, n, t, d, u, c, h, e, f, heads int) {
	attendDs(ds, v, p, r, dy, n, geometry(t, u, h, e, f, false))
}

// CausalAttentionDs is AttentionDs, where ds is 0 for u > t.
func CausalAttentionDs[T Float](ds, v, p, r, dy []T, n, t, d, c, h, e, f, heads int) {
	attendDs(ds, v, p, r, dy, n, geometry(t, t, h, e, f, true))
}

// MaskedAttentionDs is AttentionDs: where the mask is 0, so are p and ds.
func MaskedAttentionDs[T Float](ds, v, p, r, dy []T, n, t, d, u, c, h, e, f, heads int) {
	attendDs(ds, v, p, r, dy, n, geometry(t, u, h, e, f, false))
}

// AttentionDq assigns dq[t, h, e] = Σ_u ds[h, u, t]·k[u, h, e].
func AttentionDq[T Float](dq, k, ds []T, n, t, d, u, c, h, e, f, heads int) {
	gatherKeys(dq, ds, k, n, e, geometry(t, u, h, e, f, false))
}

// CausalAttentionDq is AttentionDq.
func CausalAttentionDq[T Float](dq, k, ds []T, n, t, d, c, h, e, f, heads int) {
	gatherKeys(dq, ds, k, n, e, geometry(t, t, h, e, f, true))
}

// MaskedAttentionDq is AttentionDq.
func MaskedAttentionDq[T Float](dq, k, ds []T, n, t, d, u, c, h, e, f, heads int) {
	gatherKeys(dq, ds, k, n, e, geometry(t, u, h, e, f, false))
}

// AttentionDk assigns dk[u, h, e] = Σ_t ds[h, u, t]·q[t, h, e].
func AttentionDk[T Float](dk, q, ds []T, n, t, d, u, c, h, e, f, heads int) {
	gatherQueries(dk, ds, q, n, e, geometry(t, u, h, e, f, false))
}

// CausalAttentionDk is AttentionDk.
func CausalAttentionDk[T Float](dk, q, ds []T, n, t, d, c, h, e, f, heads int) {
	gatherQueries(dk, ds, q, n, e, geometry(t, t, h, e, f, true))
}

// MaskedAttentionDk is AttentionDk.
func MaskedAttentionDk[T Float](dk, q, ds []T, n, t, d, u, c, h, e, f, heads int) {
	gatherQueries(dk, ds, q, n, e, geometry(t, u, h, e, f, false))
}

// AttentionDv assigns dv[u, h, f] = Σ_t p[h, u, t]·dy[t, h, f].
func AttentionDv[T Float](dv, p, dy []T, n, t, d, u, c, h, e, f, heads int) {
	gatherQueries(dv, p, dy, n, f, geometry(t, u, h, e, f, false))
}

// CausalAttentionDv is AttentionDv.
func CausalAttentionDv[T Float](dv, p, dy []T, n, t, d, c, h, e, f, heads int) {
	gatherQueries(dv, p, dy, n, f, geometry(t, t, h, e, f, true))
}

// MaskedAttentionDv is AttentionDv.
func MaskedAttentionDv[T Float](dv, p, dy []T, n, t, d, u, c, h, e, f, heads int) {
	gatherQueries(dv, p, dy, n, f, geometry(t, u, h, e, f, false))
}
