module github.com/ctgen-lang/ctgen/bench

go 1.25.0

replace github.com/ctgen-lang/ctgen => ../

require (
	github.com/ctgen-lang/ctgen v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/alecthomas/participle/v2 v2.1.4 // indirect
	github.com/dave/jennifer v1.7.1 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

tool github.com/ctgen-lang/ctgen/cmd/ctgen
