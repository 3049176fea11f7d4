package kernel

// CausalAttentionAt is what CausalAttention assigns at one place of n examples
// of t keys: p[h, u] for u up to at and 0 behind, and y[h, f] =
// Σ_u p[h, u]·v[u, h, f]. q is [n, d], k [n, t, d], v [n, t, c], y [n, c], p
// [n, h, t]. The sums are those of CausalAttention in the same order, so the
// bits are too. A place outside 0..t-1 panics.
func CausalAttentionAt[T Float](y, p, q, k, v []T, at []int32, n, d, t, c, h, e, f, heads int) {
	g := geometry(1, t, h, e, f, false)
	for i, place := range at[:n] {
		shares := p[i*h*t : (i+1)*h*t]
		_ = shares[:t][place]
		g.seen = int(place) + 1
		attendTurning(y[i*c:(i+1)*c], shares, q[i*d:(i+1)*d], k[i*t*d:(i+1)*t*d], v[i*t*c:(i+1)*t*c], nil, 1, g, nil)
	}
}

// CausalAttentionAtR assigns r[h] = Σ_f y[h, f]·dy[h, f].
func CausalAttentionAtR[T Float](r, y, dy []T, n, d, t, c, h, e, f, heads int) {
	SoftmaxS(r, y, dy, n, h, f)
}

// CausalAttentionAtDs assigns ds[h, u] = p[h, u]·(Σ_f dy[h, f]·v[u, h, f] -
// r[h]) / √e, which is 0 where p is.
func CausalAttentionAtDs[T Float](ds, v, p, r, dy []T, n, d, t, c, h, e, f, heads int) {
	attendDs(ds, v, p, r, dy, n, geometry(1, t, h, e, f, false))
}

// CausalAttentionAtDq assigns dq[h, e] = Σ_u ds[h, u]·k[u, h, e].
func CausalAttentionAtDq[T Float](dq, k, ds []T, n, d, t, c, h, e, f, heads int) {
	gatherKeys(dq, ds, k, n, e, geometry(1, t, h, e, f, false))
}

// CausalAttentionAtDk assigns dk[t, h, e] = ds[h, t]·q[h, e].
func CausalAttentionAtDk[T Float](dk, q, ds []T, n, d, t, c, h, e, f, heads int) {
	gatherQueries(dk, ds, q, n, e, geometry(1, t, h, e, f, false))
}

// CausalAttentionAtDv assigns dv[t, h, f] = p[h, t]·dy[h, f].
func CausalAttentionAtDv[T Float](dv, p, dy []T, n, d, t, c, h, e, f, heads int) {
	gatherQueries(dv, p, dy, n, f, geometry(1, t, h, e, f, false))
}
