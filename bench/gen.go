package bench

//go:generate go tool ctgen generate specs/w1a.cat specs/w1b.cat specs/w2.cat specs/w3.cat specs/u1.cat specs/u2.cat specs/u3.cat
