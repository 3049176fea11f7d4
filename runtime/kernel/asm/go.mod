module github.com/ctgen-lang/ctgen/runtime/kernel/asm

go 1.25.0

require github.com/mmcloughlin/avo v0.6.0 // indirect
