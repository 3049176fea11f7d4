package golang_test

import "testing"

// foldCell is a recurrent cell, and what goes with it.
const foldCell = `
object Sample = R[3]
object State  = R[2]
object Sum    = R[2]
object Kind   = Fin[3]
object Loss   = R in [0, inf)
object Kept   = { weight: R[2, 2], bias: Sum }
object Taken  = { weight: R[2, 3], bias: Sum }
object Back   = { weight: R[3, 2], bias: Sample }
object Table  = R[3, 3]
arrow keep: State -> Sum given Kept = std.affine
arrow take: Sample -> Sum given Taken = std.affine
arrow tame: Sum -> State = std.tanh
arrow back: State -> Sample given Back = std.affine
arrow look: Kind -> Sample given Table = std.lookup
arrow far: State * State -> Loss = std.squared_distance
arrow cell(s: State, x: Sample) -> State given Cell { tame(keep(s) + take(x)) }
arrow meet(s: State, t: State) -> State { s + t }
`

// foldMaps folds inside of maps, in maps of maps, and over what maps make.
const foldMaps = `
arrow rows: (State * Sample ^ 3) ^ 4 -> State ^ 4 = map[4] (fold[3](cell))
arrow one: State * State ^ 4 -> State = fold[4](meet)
arrow read(s: State, x: (State * Sample ^ 3) ^ 4) -> State { one(s, rows(x)) }
arrow measure(s: State, x: (State * Sample ^ 3) ^ 4, t: State) -> Loss { far(read(s, x), t) }
arrow slope = grad measure
endo step on Adam[Cell] = grad measure >> adam(rate: 0.1)
endo plain on Cell = grad measure >> sgd(rate: 0.1)

arrow deep: (State * (State * Sample ^ 2) ^ 2) ^ 3 -> State ^ 3 = map[3] (id[State] * map[2] (fold[2](cell)) >> fold[2](meet))
arrow deepest(s: State, x: (State * (State * Sample ^ 2) ^ 2) ^ 3, y: Sample) -> Loss { far(fold[3](meet)(s, deep(x)), s) }
arrow deepSlope = grad deepest
endo down on Cell = grad deepest >> sgd(rate: 0.1)

arrow kinds: (State * Kind ^ 3) ^ 2 -> State ^ 2 given Kinds = map[2] (id[State] * map[3] look >> fold[3](cell))
arrow kindly(x: (State * Kind ^ 3) ^ 2, s: State) -> Loss { far(fold[2](meet)(s, kinds(x)), s) }
endo named on Kinds = grad kindly >> sgd(rate: 0.1)
`

// A fold inside of a map, however deep, has a gradient: compiled, checked or
// not, it is the interpreter's.
func TestFoldsInsideMaps(t *testing.T) {
	t.Parallel()
	p := compile(t, false, map[string]source{"foldmap": {text: "category foldmap\n" + foldCell + foldMaps}})
	p.requireAgreement(t, "foldmap", 3)
}
