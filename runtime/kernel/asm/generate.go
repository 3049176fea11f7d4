// Package asm is a module of its own, for developers only: go generate in this
// folder writes the assembly of runtime/kernel, which is committed, so that
// users need neither the module nor what it requires.
package asm

//go:generate go run ./gemm -out ../gemm_amd64.s
//go:generate go run ./lanes -out ..
