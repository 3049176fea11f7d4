package main

import (
	"os"
	"path/filepath"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// extras are the files that a generated package holds where it is asked to.
type extras struct{ checked, gradients bool }

func extrasAsked(c *call) extras { return extras{c.has("checked"), c.has("gradients")} }

// extrasIn are those that the package in dir holds.
func extrasIn(dir string) extras {
	there := func(name string) bool {
		_, none := os.Stat(filepath.Join(dir, name))
		return none == nil
	}
	return extras{there(golang.CheckedFile), there(golang.GradientsFile)}
}

func (x extras) ask(o *golang.Options) { o.Checked, o.Gradients = x.checked, x.gradients }
