//go:build race

package lawtest

const race = true
