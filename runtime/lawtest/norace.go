//go:build !race

package lawtest

const race = false
