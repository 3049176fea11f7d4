module github.com/ctgen-lang/ctgen/bench

go 1.25.0

replace github.com/ctgen-lang/ctgen => ../
